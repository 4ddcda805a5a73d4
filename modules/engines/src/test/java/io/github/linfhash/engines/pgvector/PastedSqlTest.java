package io.github.linfhash.engines.pgvector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.engines.measure.Engine;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.OperatingPoint;
import io.github.linfhash.testing.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lines to paste for each type of index, run on a table beside others; without Debian's postgresql-17-pgvector they are skipped. */
@EnabledIf(PostgresServer.INSTALLED)
class PastedSqlTest {
    private static final int ROWS = 3_000;
    private static final int DIMENSION = 24;
    private static final String SHOP = "\"Shop\".\"order items\"";

    /** Describes a table: its rows, columns, indexes, triggers, and the size of its rows on disk. */
    private static final String STATE = """
            SELECT (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM %1$s t) || '; '
                || (SELECT string_agg(attname || ' ' || atttypid::regtype, ', ' ORDER BY attnum) FROM pg_attribute
                    WHERE attrelid = '%1$s'::regclass AND attnum > 0) || '; '
                || (SELECT string_agg(indexrelid::regclass::text, ', ' ORDER BY 1) FROM pg_index WHERE indrelid = '%1$s'::regclass) || '; '
                || (SELECT count(*) FROM pg_trigger WHERE tgrelid = '%1$s'::regclass) || ' triggers; '
                || pg_relation_size('%1$s') || ' bytes'
            """;

    private static final PostgresServer server = PostgresServer.shared();

    @BeforeAll
    static void start() throws IOException, SQLException {
        server.execute("CREATE SCHEMA \"Shop\"");
        server.execute("SELECT setseed(0.5)");
        for (String table : List.of("items", "\"Shop\".items", SHOP)) {
            server.execute("CREATE TABLE " + table
                    + " (id bigint PRIMARY KEY, \"the \"\"key\"\"\" text UNIQUE, embedding vector(" + DIMENSION
                    + "), \"its vec\" vector(" + DIMENSION + "))");
            server.execute("INSERT INTO " + table
                    + " SELECT i, 'k' || i, v, v FROM (SELECT i, (SELECT array_agg(random() * j / "
                    + DIMENSION + " + 0.2 + i * 0) FROM generate_series(1, " + DIMENSION
                    + ") j)::vector AS v FROM generate_series(1, " + ROWS + ") i)");
        }
    }

    private static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }

    private static String state(Statement statement, String table) throws SQLException {
        return rows(statement, String.format(Locale.ROOT, STATE, table)).get(0);
    }

    private static Measurement.Vectors vectors(Similarity similarity, SqlNames names) {
        return new Measurement.Vectors(ROWS, DIMENSION, similarity, 10, 500, 500, true, 0, names);
    }

    private static Engine.Snippet snippet(IndexSpec index, int effort, int candidates, Measurement.Vectors of) {
        return PgvectorTypes.snippet(new OperatingPoint(index, effort, candidates), of);
    }

    private static String create(IndexSpec index, Measurement.Vectors of) {
        return snippet(index, 1, 10, of).create();
    }

    /** The lines behind a word in comments. */
    private static String undo(String lines) {
        return lines.lines()
                .filter(line -> line.startsWith("-- To undo: "))
                .map(line -> line.replace("-- To undo: ", ""))
                .findFirst()
                .orElseThrow();
    }

    /** Run twice, they index the named table and change nothing else, and the printed undo leaves nothing. */
    @ParameterizedTest
    @EnumSource
    void onlyTheNamedTableGetsAnIndex(Similarity similarity) throws SQLException {
        SqlNames names = new SqlNames("Shop.order items", "its vec", "\"the \"\"key\"\"\"");
        Measurement.Vectors of = vectors(similarity, names);
        try (Connection connection = server.open();
                Statement statement = connection.createStatement()) {
            String functions = rows(statement, "SELECT count(*) FROM pg_proc").get(0);
            List<String> before = List.of(state(statement, "items"), state(statement, "\"Shop\".items"));
            String shop = state(statement, SHOP);
            for (IndexType type : PgvectorTypes.all()) {
                if (type.exact()) {
                    continue;
                }
                IndexSpec index = PgvectorTypes.grid(type, ROWS, 10).builds().get(0);
                String lines = create(index, of);
                statement.execute(lines);
                statement.execute(lines);
                assertThat(rows(statement, "SELECT indexdef FROM pg_indexes WHERE indexdef ~ 'hnsw|ivfflat'"))
                        .as(type.toString())
                        .hasSize(1)
                        .allMatch(one -> one.contains(" ON " + SHOP + " USING " + PgvectorTypes.method(type)));
                List<String> searches = List.of(snippet(index, 1000, 200, of)
                        .search()
                        .replace(
                                ":'query'",
                                "'"
                                        + rows(statement, "SELECT \"its vec\" FROM " + SHOP + " WHERE id = 7")
                                                .get(0) + "'")
                        .split(";\n"));
                String search = searches.get(searches.size() - 1);
                for (String setting : searches.subList(0, searches.size() - 1)) {
                    statement.execute(setting);
                }
                statement.execute("SET enable_seqscan = off");
                assertThat(String.join("\n", rows(statement, "EXPLAIN " + search)))
                        .contains("Index Scan using \"order items_its vec_"
                                + type.toString().replace('-', '_'));
                List<String> found = rows(statement, search);
                statement.execute("RESET enable_seqscan");
                assertThat(found).hasSize(10).allMatch(key -> key.startsWith("k"));
                // The signs of all rows are equal, as no number is negative, and which rows come first is left to
                // chance.
                boolean tied = type.name().endsWith("-bit") && !type.name().endsWith("centered-bit");
                if (similarity != Similarity.DOT && !tied) {
                    assertThat(found.get(0)).as(type.toString()).isEqualTo("k7");
                }
                statement.execute(undo(lines));
                assertThat(state(statement, SHOP)).as(type.toString()).isEqualTo(shop);
            }
            assertThat(List.of(state(statement, "items"), state(statement, "\"Shop\".items")))
                    .isEqualTo(before);
            assertThat(rows(statement, "SELECT count(*) FROM pg_proc")).containsExactly(functions);
        }
    }

    /** Two tables with a column of the same name in one schema have means of their own, and a later row is found. */
    @Test
    void eachTableHasItsOwnMeanAndRowsThatComeLaterAreFound() throws SQLException {
        IndexSpec index = MadePgvector.hnsw("centered-bit", 16, 64);
        try (Connection connection = server.open();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE moved AS SELECT id, (embedding + array_fill(1, ARRAY[" + DIMENSION
                    + "])::vector) AS embedding" + " FROM items");
            String first = create(index, vectors(Similarity.EUCLIDEAN, SqlNames.EXAMPLE));
            String second = create(index, vectors(Similarity.EUCLIDEAN, new SqlNames("moved", "embedding", "id")));
            statement.execute(first + second);
            assertThat(
                            rows(
                                    statement,
                                    "SELECT count(DISTINCT pg_get_function_sqlbody(oid)) FROM pg_proc WHERE proname ~ '_embedding_bits_'"))
                    .containsExactly("2");
            // A bit is 1 for about half of the rows of either table.
            String share = "SELECT avg(bit_count(c)) / " + DIMENSION + " FROM (SELECT %s FROM %s) codes (c)";
            for (String table : List.of("items", "moved")) {
                String function = rows(
                                statement,
                                "SELECT oid::regproc FROM pg_proc WHERE proname ~ '^" + table + "_embedding_bits_'")
                        .get(0);
                assertThat(Double.parseDouble(rows(
                                        statement,
                                        String.format(
                                                Locale.ROOT,
                                                share,
                                                function + "(embedding)::bit(" + DIMENSION + ")",
                                                table))
                                .get(0)))
                        .isBetween(0.45, 0.55);
            }
            statement.execute("INSERT INTO moved SELECT -5, embedding + array_fill(9, ARRAY[" + DIMENSION
                    + "])::vector FROM moved WHERE id = 1");
            String query =
                    rows(statement, "SELECT embedding FROM moved WHERE id = -5").get(0);
            String[] search = snippet(
                            index, 400, 400, vectors(Similarity.EUCLIDEAN, new SqlNames("moved", "embedding", "id")))
                    .search()
                    .replace(":'query'", "'" + query + "'")
                    .split(";\n");
            statement.execute("SET enable_seqscan = off; " + search[0]);
            assertThat(rows(statement, search[search.length - 1])).first().isEqualTo("-5");
            // An index that is not undone still needs its function.
            statement.execute(undo(first));
            assertThat(rows(statement, "SELECT count(*) FROM pg_proc WHERE proname ~ '_embedding_bits_'"))
                    .containsExactly("1");
            statement.execute(undo(second));
            statement.execute("DROP TABLE moved");
        }
    }

    @Test
    void anExactScanNeedsNoIndex() throws SQLException {
        SqlNames names = new SqlNames("Shop.order items", "its vec", "\"the \"\"key\"\"\"");
        Engine.Snippet lines =
                snippet(MadePgvector.exact(), IndexType.NO_EFFORT, 10, vectors(Similarity.COSINE, names));
        assertThat(lines.create()).isEmpty();
        try (Connection connection = server.open();
                Statement statement = connection.createStatement()) {
            String query = rows(statement, "SELECT \"its vec\" FROM " + SHOP + " WHERE id = 7")
                    .get(0);
            assertThat(rows(statement, lines.search().replace(":'query'", "'" + query + "'")))
                    .hasSize(10)
                    .first()
                    .isEqualTo("k7");
        }
    }

    @Test
    void aMeanOfNothingIsRefused() throws SQLException {
        server.execute("CREATE TABLE bare (id int, embedding vector(3))");
        IndexSpec index = MadePgvector.ivfflat("centered-bit", 4);
        String lines = create(index, vectors(Similarity.COSINE, new SqlNames("bare", "embedding", "id")));
        assertThatThrownBy(() -> server.execute(lines))
                .hasMessageContaining("expected vectors in the table, whose mean is needed, found none");
        server.execute("DROP TABLE bare");
    }
}
