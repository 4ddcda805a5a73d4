package io.github.linfhash.engines.pgvector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.database.DatabaseUrl;
import io.github.linfhash.engines.measure.Measurer;
import io.github.linfhash.testing.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tables of a measurement; skipped without Debian's pgvector. */
@EnabledIf(PostgresServer.INSTALLED)
class PgvectorEngineTest {
    private static final int DIMENSION = 8;
    private static final String OURS =
            " WHERE relnamespace::regnamespace::text LIKE 'linfhash%' AND relkind IN ('r', 'i')";

    private static final PostgresServer server = PostgresServer.shared();

    private static FeatureMatrix random(int rows, String name) {
        UniformRandomProvider random = new RandomStreams(7).stream(name);
        float[] values = new float[rows * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return FeatureMatrix.owning(rows, DIMENSION, values);
    }

    /** A table that is removed at the end need not be written to the server's log. */
    @Test
    void tablesAndIndexesAreUnlogged() throws SQLException, IOException {
        List<String> notes = new ArrayList<>();
        Database database = new Database(DatabaseUrl.parse(server.url()), Map.of());
        PgvectorEngine engine = new PgvectorEngine(database, notes::add);
        try (Connection connection = server.open()) {
            engine.load(
                    new Measurer.Request(
                            random(300, "rows"),
                            random(20, "queries"),
                            false,
                            Similarity.COSINE,
                            10,
                            List.of(0.9),
                            PgvectorTypes.all(),
                            60,
                            0,
                            null,
                            0),
                    null);
            engine.makePart(100);
            assertThat(engine.all(MadePgvector.type("hnsw-bit")).build(MadePgvector.hnsw("bit", 16, 64), 60))
                    .isPresent();
            assertThat(Database.column(
                            connection, "SELECT relpersistence::text || ' ' || relname FROM pg_class" + OURS))
                    .hasSize(4)
                    .allMatch(one -> one.startsWith("u "));
            assertThat(engine.recovers()).isTrue();
            assertThat(engine.remove()).isEmpty();
            assertThat(Database.column(connection, "SELECT relname FROM pg_class" + OURS))
                    .isEmpty();
        }
        assertThat(notes).isEmpty();
    }
}
