package io.github.linfhash.engines.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.database.DatabaseUrl;
import io.github.linfhash.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Looks at a table of known vectors, beside loops over them; skipped without Debian's pgvector. */
@EnabledIf(PostgresServer.INSTALLED)
class PgvectorLookTest {
    private static final PostgresServer server = PostgresServer.shared();
    private static final SqlNames NAMES = new SqlNames("looked", "embedding", "id");
    private static final int ROWS = 3_000;
    private static final int DIMENSION = 16;
    private static final float[][] rows = new float[ROWS][DIMENSION];
    private static final float[][] asked = new float[12][DIMENSION];

    @BeforeAll
    static void fill() throws SQLException {
        UniformRandomProvider random = new RandomStreams(3).stream("look");
        for (float[][] all : List.of(rows, asked)) {
            for (float[] row : all) {
                for (int j = 0; j < DIMENSION; j++) {
                    row[j] = (float) random.nextDouble(-1, 1);
                }
            }
        }
        server.execute("CREATE TABLE looked (id bigint PRIMARY KEY, embedding vector(" + DIMENSION + "), tenant int)");
        StringBuilder insert = new StringBuilder("INSERT INTO looked VALUES ");
        for (int i = 0; i < ROWS; i++) {
            insert.append(i == 0 ? "" : ",").append("(" + i + ",'" + Arrays.toString(rows[i]) + "'," + i % 50 + ")");
        }
        server.execute(insert.append(", (9999, NULL, 1)").toString());
        server.execute(
                "CREATE INDEX looked_hnsw ON looked USING hnsw (embedding vector_cosine_ops) WITH (m = 4, ef_construction = 8)");
        server.execute("ANALYZE looked");
    }

    @AfterAll
    static void drop() throws SQLException {
        server.execute("DROP TABLE looked CASCADE");
    }

    private static List<String> queries() {
        return Arrays.stream(asked).map(Arrays::toString).toList();
    }

    private static Connection open() throws SQLException {
        return new Database(DatabaseUrl.parse(server.url()), Map.of()).open();
    }

    private static double distance(float[] a, float[] b) {
        double product = 0;
        for (int j = 0; j < DIMENSION; j++) {
            product += a[j] * b[j];
        }
        return 1
                - product
                        / Math.sqrt(
                                Similarity.squaredLength(a, 0, DIMENSION) * Similarity.squaredLength(b, 0, DIMENSION));
    }

    /** The ids of the nearest rows of a tenant, or of all for -1. */
    private static List<Integer> nearest(float[] query, int k, int tenant) {
        return IntStream.range(0, ROWS)
                .filter(i -> tenant < 0 || i % 50 == tenant)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distance(rows[i], query)))
                .limit(k)
                .toList();
    }

    private static double recall(Connection connection, String sql, int tenant) throws SQLException {
        int hits = 0;
        for (float[] query : asked) {
            List<String> found = Database.column(connection, sql.replace(":query", "'" + Arrays.toString(query) + "'"));
            List<Integer> near = new ArrayList<>(nearest(query, 10, tenant));
            near.retainAll(found.stream().map(Integer::valueOf).toList());
            hits += near.size();
        }
        return hits / (10.0 * asked.length);
    }

    private static WatchedSearch search(WatchedSearch.Settings settings, String sql, String filter) {
        return new WatchedSearch(NAMES, Similarity.COSINE, 10, settings, sql, filter);
    }

    @Test
    void recallIsThatOfLoops() throws SQLException {
        String plain = "SELECT id FROM looked ORDER BY embedding <=> :query LIMIT 10";
        try (Connection connection = open()) {
            Database.execute(connection, "SET hnsw.ef_search = 10; SET enable_seqscan = off");
            double expected = recall(connection, plain, -1);
            assertThat(expected).isBetween(0.2, 0.99);
            for (String sql : new String[] {
                null, plain, plain.replace(":query", "':query'::vector").replace("':query'", ":'query'")
            }) {
                try (PgvectorLook look = new PgvectorLook(connection, search(null, sql, ""), 60)) {
                    PgvectorLook.Measured measured = look.measure(queries());
                    assertThat(Evidence.mean(measured.recalls())).isCloseTo(expected, within(1e-9));
                    assertThat(measured.returned()).containsOnly(1.0).hasSize(12);
                    assertThat(measured.losses().graph()).isCloseTo(1 - expected, within(1e-9));
                    assertThat(measured.plan()).isEqualTo(new PgvectorLook.Plan("looked_hnsw", "hnsw"));
                    assertThat(look.todo(AlarmCause.GRAPH, measured, 0.9))
                            .containsPattern("set hnsw.ef_search = [0-9]+, with which this look's recall is (9.|100)");
                    assertThat(look.todo(AlarmCause.GRAPH, measured, 1.1))
                            .contains(
                                    "build an index with m = 16, ef_construction = 64 or more in the place of looked_hnsw,"
                                            + " which has m = 4, ef_construction = 8");
                }
            }
        }
    }

    /** A tenant has 60 rows, of which a search of ten finds none or few. */
    @Test
    void aFilterThatEndsTooEarlyIsTheLossOfTheFilter() throws SQLException {
        try (Connection connection = open()) {
            Database.execute(connection, "SET hnsw.ef_search = 40; SET enable_seqscan = off; SET enable_sort = off");
            try (PgvectorLook look = new PgvectorLook(connection, search(null, null, "tenant = 7"), 60)) {
                PgvectorLook.Measured measured = look.measure(queries());
                double expected = recall(
                        connection, "SELECT id FROM looked WHERE tenant = 7 ORDER BY embedding <=> :query LIMIT 10", 7);
                assertThat(Evidence.mean(measured.recalls()))
                        .isCloseTo(expected, within(1e-9))
                        .isLessThan(0.3);
                assertThat(Evidence.mean(measured.returned())).isLessThan(0.3);
                assertThat(measured.losses().filter()).isGreaterThan(0.7);
            }
            try (PgvectorLook look = new PgvectorLook(connection, search(null, null, "tenant = 70"), 60)) {
                assertThatThrownBy(() -> look.measure(queries()))
                        .hasMessageContaining("that match --filter, found none");
            }
        }
    }

    /** Bits have many ties; the codes' loss is compared with the mean over random orders of equally near rows. */
    @Test
    void lossesOfCodesAreThoseOfAnExactScanOfCodes() throws SQLException {
        PgvectorCodes codes = new PgvectorCodes(PgvectorCodes.Kind.BIT, NAMES, DIMENSION, Similarity.COSINE);
        server.execute(codes.index("looked_bits", "hnsw", "m = 8, ef_construction = 64"));
        double expected = 0;
        for (float[] query : asked) {
            List<Integer> near = nearest(query, 10, -1);
            int[] differing = IntStream.range(0, ROWS)
                    .map(i -> (int) IntStream.range(0, DIMENSION)
                            .filter(j -> rows[i][j] > 0 != query[j] > 0)
                            .count())
                    .toArray();
            int bound = Arrays.stream(differing).sorted().toArray()[99];
            long nearer = Arrays.stream(differing).filter(d -> d < bound).count();
            long ties = Arrays.stream(differing).filter(d -> d == bound).count();
            for (int id : near) {
                expected += differing[id] < bound ? 1 : differing[id] == bound ? (100.0 - nearer) / ties : 0;
            }
        }
        expected /= 10.0 * asked.length;
        try (Connection connection = open()) {
            Database.execute(connection, "SET enable_seqscan = off");
            WatchedSearch.Settings settings = new WatchedSearch.Settings("hnsw", codes, 400, 100);
            try (PgvectorLook look = new PgvectorLook(connection, search(settings, null, ""), 60)) {
                PgvectorLook.Measured measured = look.measure(queries());
                assertThat(measured.codesKnown()).isTrue();
                assertThat(measured.losses().codes())
                        // Which of equally near rows are rescored is chance, and the codes lose no more than the search
                        // does.
                        .isCloseTo(Math.min(1 - expected, 1 - Evidence.mean(measured.recalls())), within(1e-9))
                        .isBetween(0.02, 0.9);
                assertThat(Evidence.mean(measured.recalls()))
                        .isCloseTo(
                                1
                                        - measured.losses().codes()
                                        - measured.losses().graph(),
                                within(1e-9));
                assertThat(measured.plan().index()).isEqualTo("looked_bits");
                assertThat(look.todo(AlarmCause.CODES, measured, 0.95)).startsWith("rescore ");
            }
        } finally {
            server.execute("DROP INDEX looked_bits");
        }
    }

    /** Chunks of one document share its key, and an exact scan finds each of them. */
    @Test
    void rowsAreCountedWhereTheirKeyIsNoKey() throws SQLException {
        SqlNames shared = new SqlNames("looked", "embedding", "tenant");
        String sql = "SELECT tenant FROM looked ORDER BY embedding <=> :query LIMIT 10";
        try (Connection connection = open()) {
            Database.execute(connection, "SET enable_indexscan = off");
            try (PgvectorLook look = new PgvectorLook(
                    connection, new WatchedSearch(shared, Similarity.COSINE, 10, null, null, ""), 60)) {
                PgvectorLook.Measured measured = look.measure(queries());
                assertThat(measured.recalls()).containsOnly(1.0);
                assertThat(measured.plan().index()).isEmpty();
            }
            try (PgvectorLook look =
                    new PgvectorLook(connection, new WatchedSearch(shared, Similarity.COSINE, 10, null, sql, ""), 60)) {
                assertThatThrownBy(() -> look.measure(queries()))
                        .hasMessage(
                                "--key-column: expected a column that tells the rows of looked apart, found one that"
                                        + " several rows share: tenant");
            }
            String nulls = sql.replace("tenant", "nullif(tenant, tenant)");
            try (PgvectorLook look = new PgvectorLook(connection, search(null, nulls, ""), 60)) {
                assertThatThrownBy(() -> look.measure(queries()))
                        .hasMessage("--search-sql: expected keys of looked in the first column, found NULL");
            }
        }
    }

    /** By cosine, a vector of zeros has no distance: no row finds it, and no query can be one. */
    @Test
    void vectorsOfZerosAreNoNeighbors() throws SQLException {
        String zeros = Arrays.toString(new float[DIMENSION]);
        server.execute("CREATE TABLE zeros AS SELECT id, CASE WHEN id % 7 = 0 THEN '" + zeros
                + "'::vector ELSE embedding END AS embedding FROM looked WHERE id < 1000");
        SqlNames names = new SqlNames("zeros", "embedding", "id");
        List<String> asked = new ArrayList<>(queries());
        asked.add(zeros);
        asked.add("[1,2,3]");
        try (Connection connection = open()) {
            try (PgvectorLook look =
                    new PgvectorLook(connection, new WatchedSearch(names, Similarity.COSINE, 10, null, null, ""), 60)) {
                assertThat(look.comparable(asked, DIMENSION)).isEqualTo(queries());
                assertThat(look.measure(queries()).recalls()).hasSize(12).containsOnly(1.0);
            }
            // More neighbors than rows with a distance.
            try (PgvectorLook look = new PgvectorLook(
                    connection, new WatchedSearch(names, Similarity.COSINE, 900, null, null, ""), 60)) {
                PgvectorLook.Measured measured = look.measure(queries());
                assertThat(measured.recalls()).containsOnly(1.0);
                assertThat(measured.returned()).containsOnly(1.0);
            }
            try (PgvectorLook look = new PgvectorLook(
                    connection, new WatchedSearch(names, Similarity.EUCLIDEAN, 10, null, null, ""), 60)) {
                assertThat(look.comparable(asked, DIMENSION)).hasSize(13).endsWith(zeros);
            }
        } finally {
            server.execute("DROP TABLE zeros");
        }
    }

    @Test
    void nothingCanBeWritten() throws SQLException {
        try (Connection connection = open();
                PgvectorLook look = new PgvectorLook(
                        connection,
                        search(
                                null,
                                "WITH gone AS (DELETE FROM looked RETURNING id) SELECT id FROM gone WHERE :query > ''",
                                ""),
                        60)) {
            assertThatThrownBy(() -> look.measure(queries())).hasMessageContaining("read-only transaction");
        }
    }
}
