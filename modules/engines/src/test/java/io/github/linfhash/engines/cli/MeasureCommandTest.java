package io.github.linfhash.engines.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.testing.ProgramInFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command on a PostgreSQL of its own; without Debian's postgresql-17-pgvector these tests are skipped. */
class MeasureCommandTest extends ProgramInFolder {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));
    private static final int ROWS = 1_200;
    private static final int DIMENSION = 8;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static PostgresServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException, SQLException {
        assumeTrue(PostgresServer.isInstalled(), "expected Debian's packages postgresql-17 and postgresql-17-pgvector");
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected CommandLine program() {
        return EnginesMain.commandLine();
    }

    /** Nothing of ours stays in the database, whatever a test did. */
    @AfterEach
    void nothingIsLeft() throws SQLException {
        assertThat(rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'linfhash%'"))
                .isEmpty();
    }

    private static List<String> rows(String sql) throws SQLException {
        try (Connection connection = server.open()) {
            return rows(connection, sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }

    private static FeatureMatrix vectors() {
        UniformRandomProvider random = new RandomStreams(1).stream("test");
        float[] values = new float[ROWS * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.4f;
        }
        return FeatureMatrix.owning(ROWS, DIMENSION, values);
    }

    private void write() throws IOException {
        FeatureArrays.write(root.resolve("x.npy"), vectors());
    }

    /** The statements of the answer are pasted into a table of the same rows; its search finds what the answer promises. */
    @Test
    void anAnswerDoesWhatItPromises() throws IOException, SQLException {
        write();
        String json = succeed(
                "measure --engine pgvector --database %s --vectors F/x.npy --types hnsw-halfvec,ivfflat-centered-bit --target 0.9"
                        + " --minutes 1 --format json --out F/out",
                server.url());
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(HOME.resolve("docs/schemas/linfhash-measure-1.schema.json")))
                        .validate(json, InputFormat.JSON))
                .isEmpty();
        assertThat(Files.readString(root.resolve("out/measure.json"))).isEqualTo(json);
        assertThat(Files.readString(root.resolve("out/settings.csv"))).startsWith("index,built with,");
        assertThat(Files.readString(root.resolve("out/index.html")))
                .contains("hnsw-halfvec", "ivfflat-centered-bit", "--database URL")
                .doesNotContain("127.0.0.1");
        JsonNode answer = new JsonMapper().readTree(json).get("answers").get(0);
        assertThat(answer.get("reached").asBoolean()).isTrue();
        assertThat(recall(answer)).isGreaterThan(answer.get("interval").get(0).asDouble() - 0.02);
    }

    /** The share of the ten exact neighbors that the pasted search finds, which PostgreSQL itself finds by a scan. */
    private static double recall(JsonNode answer) throws SQLException {
        server.execute("DROP DATABASE IF EXISTS paste");
        server.execute("CREATE DATABASE paste");
        FeatureMatrix vectors = vectors();
        int found = 0;
        try (Connection connection = java.sql.DriverManager.getConnection(
                        "jdbc:" + server.url().replace("/postgres?", "/paste?"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION vector");
            statement.execute("CREATE TABLE items (id bigint PRIMARY KEY, embedding vector(" + DIMENSION + "))");
            for (int row = 100; row < ROWS; row++) {
                statement.addBatch("INSERT INTO items VALUES (" + row + ", '" + text(vectors, row) + "')");
            }
            statement.executeBatch();
            for (String sql : statements(answer.get("create").asText())) {
                statement.execute(sql);
            }
            for (int row = 0; row < 100; row++) {
                String query = "'" + text(vectors, row) + "'";
                List<String> exact =
                        rows(connection, "SELECT id FROM items ORDER BY (embedding <=> " + query + ") + 0 LIMIT 10");
                String[] search =
                        answer.get("search").asText().replace(":'query'", query).split(";\n");
                statement.execute(search[0]);
                statement.execute(search[1]);
                List<String> ids = rows(connection, search[2]);
                assertThat(ids).hasSize(10);
                exact.retainAll(ids);
                found += exact.size();
            }
        }
        return found / 1000.0;
    }

    private static String text(FeatureMatrix vectors, int row) {
        float[] values = new float[vectors.dimension()];
        vectors.copyRow(row, values);
        return java.util.Arrays.toString(values);
    }

    /** Statements end with the line; those of a function or a block have lines of their own. */
    private static List<String> statements(String sql) {
        List<String> statements = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        boolean quoted = false;
        for (String line : sql.split("\n")) {
            open.append(line).append('\n');
            quoted ^= (line.length() - line.replace("$$", "").length()) / 2 % 2 == 1;
            if (!quoted && line.endsWith(";")) {
                statements.add(open.toString());
                open.setLength(0);
            }
        }
        return statements;
    }

    @Test
    void vectorsOfATableAreOnlyRead() throws SQLException, IOException {
        server.execute("CREATE TABLE source (id int, v vector(" + DIMENSION + "))");
        server.execute(
                "INSERT INTO source SELECT i, (SELECT array_agg(random() + j * 0 + i * 0) FROM generate_series(1, "
                        + DIMENSION + ") j)::vector FROM generate_series(1, " + ROWS + ") i");
        server.execute("INSERT INTO source VALUES (0, NULL)");
        String before =
                rows("SELECT xmin::text || ' ' || pg_table_size('source') || ' ' || reltuples FROM pg_class WHERE relname = 'source'")
                        .get(0);
        String json = succeed(
                "measure --database %s --table source --column v --types ivfflat-vector --target 0.9 --minutes 1 --format json",
                server.url());
        JsonNode vectors = new JsonMapper().readTree(json).get("vectors");
        assertThat(vectors.get("rows").asInt()).isEqualTo(ROWS - ROWS / 10);
        assertThat(vectors.get("queriesDrawn").asBoolean()).isTrue();
        assertThat(
                        rows(
                                "SELECT xmin::text || ' ' || pg_table_size('source') || ' ' || reltuples FROM pg_class WHERE relname = 'source'"))
                .containsExactly(before);
        assertThat(badInput("measure --database %s --table nowhere", server.url()))
                .contains("relation \"nowhere\" does not exist");
        server.execute("DROP TABLE source");
    }

    @Test
    void whatIsMissingIsNamedBeforeAnythingIsBuilt() throws IOException, SQLException {
        write();
        server.execute("CREATE DATABASE bare");
        assertThat(badInput(
                        "measure --database %s --vectors F/x.npy", server.url().replace("/postgres?", "/bare?")))
                .contains(
                        "expected the extension vector in 127.0.0.1:",
                        "/bare, found none. Run CREATE EXTENSION vector");
        server.execute("CREATE ROLE guest LOGIN");
        assertThat(badInput("measure --database %s --vectors F/x.npy", server.url("postgres", "guest")))
                .contains(
                        "expected a role that may create a schema",
                        "found guest. As the owner, run GRANT CREATE ON DATABASE postgres TO guest");
        server.execute("ALTER SYSTEM SET maintenance_work_mem = '1MB'");
        server.execute("SELECT pg_reload_conf()");
        assertThat(badInput(
                        "measure --database %s --vectors F/x.npy --max-vectors 200000 --types hnsw-vector",
                        server.url() + "&options=-c%20maintenance_work_mem=64kB"))
                .contains("maintenance_work_mem is");
        server.execute("ALTER SYSTEM RESET maintenance_work_mem");
        server.execute("SELECT pg_reload_conf()");
        assertThat(badInput("measure --database %s --vectors F/x.npy", server.url("none", "guest")))
                .contains("database \"none\" does not exist");
        assertThat(badInput("measure --database postgresql://127.0.0.1:1/x --vectors F/x.npy"))
                .contains("expected a PostgreSQL server at 127.0.0.1:1, found none");
    }

    /** A schema that no process holds was left by one that was killed. */
    @Test
    void schemasOfKilledProcessesAreNamedAndRemoved() throws SQLException, IOException {
        write();
        server.execute("CREATE SCHEMA linfhash_measure_0123456789ab");
        server.execute("CREATE TABLE linfhash_measure_0123456789ab.items AS SELECT generate_series(1, 1000)");
        server.execute("CREATE SCHEMA linfhash_measure_fedcba987654");
        server.execute("CREATE SCHEMA linfhash_measure_mine");
        try (Connection other = server.open()) {
            rows(other, "SELECT pg_advisory_lock(hashtextextended('linfhash_measure_fedcba987654', 0))");
            succeed(
                    "measure --database %s --vectors F/x.npy --types ivfflat-bit --target 0.5 --minutes 1",
                    server.url());
            assertThat(err.toString())
                    .contains(
                            "linfhash_measure_0123456789ab (40 kB) is left of killed processes: 'linfhash measure --clean'")
                    .doesNotContain("fedcba");
            succeed("measure --database %s --clean", server.url());
            assertThat(err.toString())
                    .contains(
                            "Removed the schema linfhash_measure_0123456789ab (40 kB).",
                            "The schema linfhash_measure_fedcba987654 is in use and stays.");
        }
        succeed("measure --database %s --clean", server.url());
        assertThat(err.toString()).contains("Removed the schema linfhash_measure_fedcba987654");
        assertThat(rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'linfhash%'"))
                .containsExactly("linfhash_measure_mine");
        server.execute("DROP SCHEMA linfhash_measure_mine");
        succeed("measure --database %s --clean", server.url());
        assertThat(err.toString()).contains("No schema was left in 127.0.0.1:");
    }

    @Test
    void wrongOptionsAreRefused() throws IOException {
        write();
        String url = "postgresql://127.0.0.1:1/x";
        assertThat(badInput("measure --database postgresql://me:s3cret@127.0.0.1:1/x --vectors F/x.npy"))
                .contains("without a password")
                .doesNotContain("s3cret");
        assertThat(badInput("measure --database " + url)).contains("expected --vectors or --table, found neither");
        assertThat(badInput("measure --vectors F/x.npy")).contains("--database");
        assertThat(badInput("measure --database " + url + " --vectors F/x.npy --types hnsw-bits"))
                .contains("--types: expected names from hnsw-vector, hnsw-halfvec");
        assertThat(badInput("measure --database " + url + " --vectors F/x.npy --target 1.5"))
                .contains("--target: expected numbers between 0 and 1, found 1.5");
        assertThat(badInput("measure --database " + url + " --vectors F/x.npy --minutes 0"))
                .contains("--minutes: expected a number above 0");
        assertThat(badInput("measure --database " + url + " --table a;b")).contains("--table: expected a name of");
    }
}
