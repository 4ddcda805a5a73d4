package io.github.linfhash.engines.pgvector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.advisor.engine.PgvectorCodes.Kind;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.database.DatabaseUrl;
import io.github.linfhash.engines.database.VectorTables;
import io.github.linfhash.engines.measure.FilterGroups;
import io.github.linfhash.engines.measure.Filtered;
import io.github.linfhash.engines.measure.Filters;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.Made;
import io.github.linfhash.engines.measure.OperatingPoint;
import io.github.linfhash.engines.measure.Queries;
import io.github.linfhash.engines.measure.VectorCollection;
import io.github.linfhash.testing.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Timed searches of a PostgreSQL of its own, whose statistics show whether they used the index; skipped without Debian's pgvector. */
@Tag("slow")
@EnabledIf(PostgresServer.INSTALLED)
class PgvectorFiltersTest {
    private static final int ROWS = 5_000;
    private static final int DIMENSION = 768;
    private static final int QUERIES = 40;
    private static final OperatingPoint POINT = new OperatingPoint(MadePgvector.hnsw("vector", 16, 64), 200, 10);

    private static final PostgresServer server = PostgresServer.shared();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Connection connection;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Database database;

    private final FeatureMatrix vectors = random(ROWS, "vectors");
    private final FeatureMatrix raw = random(QUERIES, "queries");
    private final FilterGroups groups = Made.groups(ROWS, QUERIES);

    private static FeatureMatrix random(int rows, String name) {
        UniformRandomProvider random = new RandomStreams(3).stream(name);
        float[] values = new float[rows * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return FeatureMatrix.owning(rows, DIMENSION, values);
    }

    @BeforeEach
    void fill() throws SQLException, IOException {
        database = new Database(DatabaseUrl.parse(server.url()), Map.of());
        connection = database.open();
        StringBuilder columns = new StringBuilder();
        groups.columns()
                .forEach(column -> columns.append(", ").append(column.name()).append(" int"));
        Database.execute(connection, "CREATE SCHEMA made");
        Database.execute(
                connection, "CREATE TABLE made.items (id bigint, embedding vector(" + DIMENSION + ")" + columns + ")");
        VectorTables.fill(
                connection,
                "made.items",
                vectors,
                groups.columns().stream().map(FilterGroups.Column::ofRows).toList());
        Database.execute(connection, "ALTER TABLE made.items ADD PRIMARY KEY (id)");
        Database.execute(connection, "ANALYZE made.items");
    }

    @AfterEach
    void drop() throws SQLException {
        Database.execute(connection, "DROP SCHEMA made CASCADE");
        connection.close();
    }

    private PgvectorCollection table(boolean part) {
        return new PgvectorCollection(
                database,
                connection,
                new PgvectorCodes(
                        Kind.VECTOR, new SqlNames("made.items", "embedding", "id"), DIMENSION, Similarity.EUCLIDEAN),
                ROWS,
                part ? ROWS + 1 : ROWS);
    }

    private long scans() throws SQLException {
        Database.execute(connection, "SELECT pg_stat_force_next_flush()");
        return Long.parseLong(
                Database.value(
                        connection,
                        "SELECT coalesce(sum(idx_scan), 0) FROM pg_stat_user_indexes WHERE indexrelname = 'linfhash_measured'"));
    }

    /** Of a partial index of 1% of the rows, a planner that may scan them all thinks little. */
    @Test
    void partialIndexesAreUsed() throws SQLException, IOException {
        List<Long> scans = new ArrayList<>();
        List<Filtered> found = new ArrayList<>();
        Filters filters = Made.filters(vectors, raw, groups, all -> {
            found.add(all.get(all.size() - 1));
            try {
                scans.add(scans());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        new PgvectorFilters(connection, filters).measurePartial(table(false), POINT, 100);
        // An index of its own for each selectivity, which each query searches once.
        assertThat(scans).hasSize(groups.cases().size()).allMatch(count -> count == QUERIES);
        assertThat(found).extracting(Filtered::method).containsOnly("partial hnsw-vector");
        assertThat(Database.value(connection, "SHOW enable_seqscan")).isEqualTo("on");
    }

    @Test
    void aRowNamesWhatThePlanDid() throws SQLException, IOException {
        List<Filtered> found = new ArrayList<>();
        Filters filters = Made.filters(vectors, raw, groups, all -> {
            found.clear();
            found.addAll(all);
        });
        // There is no index.
        new PgvectorFilters(connection, filters).measure(table(false), POINT, List.of("off"));
        assertThat(found).extracting(Filtered::method).containsOnly("Seq Scan instead of hnsw-vector");
        assertThat(found).extracting(one -> one.recall().mean()).containsOnly(1.0);
    }

    @Test
    void anIndexThatIsNotBuiltIsNotMeasured() throws SQLException, IOException {
        List<Filtered> found = new ArrayList<>();
        // Half of the rows; a graph of ten may be built in time.
        FilterGroups half = new FilterGroups(groups.columns(), groups.cases().subList(0, 1), List.of());
        Filters filters = Made.filters(vectors, raw, half, found::addAll);
        new PgvectorFilters(connection, filters).measurePartial(table(false), POINT, 0.001);
        assertThat(found).isEmpty();
        assertThat(Made.leftOut(filters))
                .containsExactly("partial hnsw-vector of 50% of the rows: the build was stopped after 0 s.");
    }

    /** A planner that is free scans so few rows; searches that choose parameters are made to use the index. */
    @Test
    void timedSearchesOfPartsUseTheIndex() throws SQLException, IOException {
        Queries queries = Made.queries(vectors, raw);
        OperatingPoint wide = new OperatingPoint(POINT.index(), 1000, 10);
        assertThat(table(false).build(POINT.index(), 100)).isPresent();
        table(false).search(List.of(wide), queries, 0, QUERIES, 10);
        long free = scans();
        table(true).search(List.of(wide), queries, 0, QUERIES, 10);
        assertThat(scans() - free).isEqualTo(QUERIES);
        table(false).dropIndex();
    }

    /** An exact scan has no index, and its plan is none that does without one. */
    @Test
    void anExactScanUsesWhatItNeeds() throws IOException {
        Queries queries = Made.queries(vectors, raw);
        OperatingPoint scan = new OperatingPoint(MadePgvector.exact(), IndexType.NO_EFFORT, 10);
        PgvectorCollection table = table(false);
        VectorCollection.Built built = table.build(scan.index(), 100).orElseThrow();
        assertThat(built.indexBytes()).isZero();
        assertThat(built.heapBytes()).isGreaterThan((long) ROWS * DIMENSION * Float.BYTES);
        assertThat(table.plan(scan, queries, 2, 10).usesIndex()).isTrue();
        assertThat(table.plan(POINT, queries, 2, 10).usesIndex()).isFalse();
        List<int[]> found =
                table.search(List.of(scan), queries, 0, QUERIES, 10).get(0).lists();
        assertThat(Made.recall(queries, found)).isEqualTo(1);
    }

    /** A role that may have no other connection measures with its only one. */
    @Test
    void thereAreAsManyClientsAsTheServerAllows() throws SQLException, IOException {
        Queries queries = Made.queries(vectors, raw);
        assertThat(table(false)
                        .perSecond(List.of(POINT), new double[] {0.1}, queries, 10, 3)
                        .clients())
                .isEqualTo(3);
        // Half of the connections that are left, of which the server keeps three for superusers.
        int most = Integer.parseInt(Database.value(connection, "SHOW max_connections"));
        assertThat(table(false)
                        .perSecond(List.of(POINT), new double[] {0.1}, queries, 10, 1000)
                        .clients())
                .isBetween(2, (most - 3) / 2);
        server.execute("CREATE ROLE narrow LOGIN CONNECTION LIMIT 1");
        server.execute("GRANT USAGE ON SCHEMA made TO narrow");
        server.execute("GRANT SELECT ON made.items TO narrow");
        Database narrow = new Database(DatabaseUrl.parse(server.url("postgres", "narrow")), Map.of());
        try (Connection only = narrow.open()) {
            PgvectorCollection table =
                    new PgvectorCollection(narrow, only, table(false).codes(), ROWS, ROWS);
            VectorCollection.Throughput found = table.perSecond(List.of(POINT), new double[] {0.1}, queries, 10, 16);
            assertThat(found.clients()).isEqualTo(1);
            assertThat(found.perSecond()).hasSize(1).allMatch(perSecond -> perSecond > 0);
        }
        server.execute("DROP OWNED BY narrow");
        server.execute("DROP ROLE narrow");
    }
}
