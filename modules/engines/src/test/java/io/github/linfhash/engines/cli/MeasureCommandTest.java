package io.github.linfhash.engines.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.engines.database.Checks;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.database.DatabaseUrl;
import io.github.linfhash.engines.database.VectorTables;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.testing.PostgresServer;
import io.github.linfhash.testing.ProgramInFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import picocli.CommandLine;

/** The command on a PostgreSQL of its own; without Debian's postgresql-17-pgvector these tests are skipped. */
@EnabledIf(PostgresServer.INSTALLED)
class MeasureCommandTest extends ProgramInFolder {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));
    private static final int ROWS = 1_200;
    private static final int DIMENSION = 8;

    private static final PostgresServer server = PostgresServer.shared();

    @Override
    protected CommandLine program() {
        return EnginesMain.commandLine();
    }

    /** Nothing of ours stays in the database, whatever a test did. */
    @AfterEach
    void nothingIsLeft() throws SQLException {
        List<String> left = rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'linfhash%'");
        for (String schema : left) {
            server.execute("DROP SCHEMA " + schema + " CASCADE");
        }
        assertThat(left).isEmpty();
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

    /** Returns the standard error of a command that succeeds. */
    private String progressOf(String command, Object... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            succeed(command, arguments);
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    /** The statements of the answer are pasted into a table of the same rows; its search finds what the answer promises. */
    @Test
    @Tag("slow")
    void anAnswerDoesWhatItPromises() throws IOException, SQLException {
        write();
        String json = succeed(
                "measure --engine pgvector --database %s --vectors F/x.npy --types hnsw-halfvec,ivfflat-centered-bit --target 0.9"
                        + " --minutes 1 --format json --out F/out --database-size 100000 --price-per-gb 4",
                server.url());
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(HOME.resolve("docs/schemas/linfhash-measure-1.schema.json")))
                        .validate(json, InputFormat.JSON))
                .isEmpty();
        assertThat(Files.readString(root.resolve("out/measure.json"))).isEqualTo(json);
        assertThat(Files.readString(root.resolve("out/settings.csv")))
                .startsWith("index,built with,")
                .doesNotContain("%");
        assertThat(Files.readString(root.resolve("out/index.html")))
                .contains("hnsw-halfvec", "ivfflat-centered-bit", "--database URL")
                .doesNotContain("127.0.0.1");
        succeed("measure --database %s --vectors F/x.npy --check F/out/measure.json", server.url());
        assertThat(out.toString()).contains("passes", "yes", "90%");
        Files.writeString(root.resolve("high.json"), json.replace("\"target\" : 0.9", "\"target\" : 1.1"));
        assertThat(call("measure --database %s --vectors F/x.npy --check F/high.json --format json", server.url()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("lower than its target of 110%.");
        assertThat(badInput(
                        "measure --database %s --vectors F/x.npy --check F/high.json --types hnsw-bit", server.url()))
                .contains("found --types");
        JsonNode answer = new JsonMapper().readTree(json).get("answers").get(0);
        assertThat(answer.get("growth").get("databaseSize").asLong()).isEqualTo(100_000);
        assertThat(answer.get("price").asDouble())
                .isCloseTo(4e-9 * answer.get("indexBytes").asDouble(), within(1e-12));
        assertThat(answer.get("reached").asBoolean()).isTrue();
        assertThat(recall(answer)).isGreaterThan(answer.get("interval").get(0).asDouble() - 0.02);
    }

    /** The share of the ten exact neighbors that the pasted search finds, which PostgreSQL itself finds by a scan. */
    private static double recall(JsonNode answer) throws SQLException {
        server.execute("DROP DATABASE IF EXISTS paste");
        server.execute("CREATE DATABASE paste");
        FeatureMatrix vectors = vectors();
        int found = 0;
        try (Connection connection =
                        DriverManager.getConnection("jdbc:" + server.url().replace("/postgres?", "/paste?"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION vector");
            statement.execute("CREATE TABLE items (id bigint PRIMARY KEY, embedding vector(" + DIMENSION + "))");
            for (int row = 100; row < ROWS; row++) {
                statement.addBatch("INSERT INTO items VALUES (" + row + ", '" + text(vectors, row) + "')");
            }
            statement.executeBatch();
            statement.execute(answer.get("create").asText());
            for (int row = 0; row < 100; row++) {
                String query = "'" + text(vectors, row) + "'";
                List<String> exact =
                        rows(connection, "SELECT id FROM items ORDER BY (embedding <=> " + query + ") + 0 LIMIT 10");
                String[] search =
                        answer.get("search").asText().replace(":'query'", query).split(";\n", -1);
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
        return Arrays.toString(values);
    }

    /** Of 1,080 rows, 0.1% are fewer than ten, so that three selectivities are left; a group of two values has a half each. */
    @Test
    @Tag("slow")
    void filtersAreMeasured() throws IOException {
        write();
        JsonNode made = new JsonMapper()
                .readTree(succeed(
                        "measure --database %s --vectors F/x.npy --types hnsw-vector,ivfflat-vector --target 0.9 --minutes 1"
                                + " --format json --filters",
                        server.url()))
                .get("filters");
        assertThat(made.findValues("selectivity").stream()
                        .map(JsonNode::asDouble)
                        .distinct()
                        .toList())
                .satisfiesExactlyInAnyOrder(
                        share -> assertThat(share).isEqualTo(0.5),
                        share -> assertThat(share).isEqualTo(0.1),
                        // Groups of 10.8 rows on average, without those of fewer than ten.
                        share -> assertThat(share).isBetween(0.011, 0.0135));
        assertThat(made.findValuesAsText("method"))
                .containsOnly("hnsw-vector", "partial hnsw-vector", "ivfflat-vector", "exact");
        // Three iterative scans of the graph and one partial index, two of the lists, and an exact scan.
        assertThat(made).hasSize(3 * 7);
        for (JsonNode one : made) {
            if (one.get("method").asText().equals("exact")
                    || one.path("iterativeScan").asText().equals("relaxed_order")) {
                assertThat(one.get("rowsReturned").asDouble())
                        .isEqualTo(one.get("rowsWanted").asDouble());
            }
            if (one.get("method").asText().equals("exact")) {
                assertThat(one.get("recall").asDouble()).isEqualTo(1);
                assertThat(one.get("worstTenth").asDouble()).isEqualTo(1);
            }
        }
        StringBuilder values = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            values.append(row % 2 == 0 ? "even" : "odd").append('\n');
        }
        Files.writeString(root.resolve("values.txt"), values);
        JsonNode given = new JsonMapper()
                .readTree(succeed(
                        "measure --database %s --vectors F/x.npy --types ivfflat-vector --target 0.9 --minutes 1 --format json"
                                + " --filter-values F/values.txt",
                        server.url()))
                .get("filters");
        assertThat(given).hasSize(3);
        assertThat(given.get(0).get("selectivity").asDouble()).isBetween(0.45, 0.55);
        Files.writeString(root.resolve("values.txt"), "even\n");
        Files.write(root.resolve("latin1.txt"), "caf\u00e9\n".repeat(1100).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(badInput("measure --database %s --vectors F/x.npy --filter-values F/latin1.txt", server.url()))
                .isEqualTo("linfhash: " + root.resolve("latin1.txt")
                        + " is no text: expected UTF-8, found bytes that are none; save it as UTF-8.\n");
        assertThat(badInput("measure --database %s --vectors F/x.npy --filter-values F/values.txt", server.url()))
                .contains("values.txt: expected a line for each of the 1200 vectors", "found 1");
    }

    /** The server stops while the first index is built. The exact scan before it is the answer; the schema is left, and removed when it runs again. */
    @Test
    @Tag("slow")
    void aLostConnectionIsOneSentence() throws IOException, InterruptedException {
        FeatureArrays.write(root.resolve("big.npy"), big());
        Thread stopping = new Thread(() -> {
            try {
                while (rows("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%' AND state = 'active'")
                        .isEmpty()) {
                    Thread.sleep(5);
                }
                server.stop();
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopping.start();
        int code = call("measure --database %s --vectors F/big.npy --types hnsw-vector --minutes 1", server.url());
        stopping.join();
        server.run();
        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).contains("The measurement is not complete", "\nPaste for a recall of 95%");
        assertThat(out.toString().lines().filter(line -> line.startsWith("Not measured: ")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith(
                                "Not measured: hnsw-vector with m = 16, ef_construction = 64, and all that was still to come: The connection to 127.0.0.1:")
                        .contains(" was lost while building hnsw-vector with m = 16, ef_construction = 64"));
        assertThat(err.toString().lines().filter(line -> line.startsWith("linfhash: ")))
                .singleElement()
                .satisfies(
                        line -> assertThat(line)
                                .matches(
                                        "linfhash: The schema linfhash_measure_[0-9a-f]{12} is left \\(Connection .*\\): 'linfhash measure --clean'.*"));
        succeed("measure --database %s --clean", server.url());
        assertThat(err.toString()).contains("Removed the schema linfhash_measure_");
    }

    /** An exact scan is measured beside the types that were chosen, and is the answer if it is the only one. */
    @Test
    void anExactScanIsMeasuredToo() throws IOException {
        write();
        String text = succeed(
                "measure --database %s --vectors F/x.npy --types ivfflat-vector --target 0.8 --minutes 0.3 --metrics distance-ratio",
                server.url());
        assertThat(text)
                .containsPattern("(?m)^80% +yes +ivfflat-vector ")
                .containsPattern("(?m)^exact .* 100[.]00% .* 1[.]0000 ")
                .contains("distance ratio")
                .doesNotContain("Do you need a graph?");
        JsonNode json = new JsonMapper()
                .readTree(succeed(
                        "measure --database %s --vectors F/x.npy --types exact --minutes 0.3 --format json",
                        server.url()));
        assertThat(json.get("settings")).singleElement().satisfies(one -> {
            assertThat(one.get("type").asText()).isEqualTo("exact");
            assertThat(one.get("indexBytes").asLong()).isZero();
            assertThat(one.get("recall").asDouble()).isEqualTo(1);
            assertThat(one.get("distanceRatio").asDouble()).isCloseTo(1, within(1e-4));
        });
        assertThat(json.get("answers"))
                .hasSize(2)
                .allMatch(one -> one.get("reached").asBoolean());
        assertThat(badInput(
                        "measure --database %s --vectors F/x.npy --check F/none.json --metrics distance-ratio",
                        server.url()))
                .contains("none.json");
    }

    private static FeatureMatrix big() {
        UniformRandomProvider random = new RandomStreams(2).stream("test");
        float[] values = new float[20_000 * 64];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return FeatureMatrix.owning(20_000, 64, values);
    }

    @Test
    void vectorsOfATableAreOnlyRead() throws SQLException, IOException {
        // The server itself would write to it.
        server.execute("CREATE TABLE source (id int, v vector(" + DIMENSION + ")) WITH (autovacuum_enabled = false)");
        server.execute(
                "INSERT INTO source SELECT i, (SELECT array_agg(random() + j * 0 + i * 0) FROM generate_series(1, "
                        + DIMENSION + ") j)::vector FROM generate_series(1, " + ROWS + ") i");
        server.execute("INSERT INTO source VALUES (0, NULL)");
        String before =
                rows("SELECT xmin::text || ' ' || pg_table_size('source') || ' ' || reltuples FROM pg_class WHERE relname = 'source'")
                        .get(0);
        assertThat(progressOf(
                        "measure --database %s --table source --column v --types ivfflat-centered-bit --target 0.9 --minutes 1 --format json"
                                + " --max-vectors 2147483647",
                        server.url()))
                .contains("1 of 1201 rows read from source have no vector in v and are left out.");
        String json = out.toString();
        JsonNode answer = new JsonMapper().readTree(json).get("answers").get(0);
        assertThat(answer.get("create").asText() + answer.get("search").asText())
                .contains("FROM \"source\"", "ON \"source\" USING ivfflat", "(\"v\"::vector)", "SELECT \"id\" FROM (")
                .doesNotContain("items", "embedding");
        JsonNode vectors = new JsonMapper().readTree(json).get("vectors");
        assertThat(vectors.get("rows").asInt()).isEqualTo(ROWS - ROWS / 10);
        assertThat(vectors.get("queriesDrawn").asBoolean()).isTrue();
        assertThat(
                        rows(
                                "SELECT xmin::text || ' ' || pg_table_size('source') || ' ' || reltuples FROM pg_class WHERE relname = 'source'"))
                .containsExactly(before);
        assertThat(badInput("measure --database %s --table nowhere", server.url()))
                .contains("relation \"nowhere\" does not exist");
        assertThat(badInput("measure --database %s --table source --column v --key-column uuid", server.url()))
                .contains("source has no column uuid. Pass its key as --key-column");
        server.execute("DROP TABLE source");
    }

    /** Rows are in random order when they are compared, so that their numbers say nothing to the user. */
    @Test
    void aFaultyRowIsNamedByItsKey() throws SQLException, IOException {
        server.execute(
                "CREATE TABLE faulty AS SELECT 'no ' || i AS \"Name\", ARRAY[i, 1, 2]::vector AS v FROM generate_series(1, 500) i");
        server.execute("UPDATE faulty SET v = '[0, 0, 0]' WHERE \"Name\" = 'no 321'");
        String measure = "measure --database %s --table faulty --column v --key-column Name";
        assertThat(badInput(measure, server.url()))
                .contains(
                        "faulty.v: expected non-zero vectors for cosine similarity, found only zeros in the row with Name = no 321");
        server.execute("UPDATE faulty SET v = '[1, 2]' WHERE \"Name\" = 'no 321'");
        assertThat(badInput(measure, server.url()))
                .contains(
                        "faulty.v: expected vectors of one dimension, found 3 and 2, the latter in the row with the key no 321");
        server.execute("UPDATE faulty SET v = NULL");
        assertThat(badInput(measure, server.url())).contains("faulty.v: expected vectors, found 500 rows without one");
        server.execute("DROP TABLE faulty");
    }

    /** The statistics are of 1,000 rows, and the table has 30,000 now: a sample of 500 is not all of them. */
    @Test
    void aTableThatHasGrownIsSampled() throws SQLException, IOException {
        server.execute("CREATE TABLE grown (v vector(2)) WITH (autovacuum_enabled = false)");
        String rows = "INSERT INTO grown SELECT ARRAY[i, -i]::vector(2) FROM generate_series(1, %d) i";
        server.execute(String.format(Locale.ROOT, rows, 1_000));
        server.execute("ANALYZE grown");
        server.execute(String.format(Locale.ROOT, rows, 29_000));
        try (Connection connection = server.open()) {
            // 550 rows are expected, with a standard deviation of 23; the estimate of the pages is a few percent off.
            assertThat(VectorTables.sample(connection, new SqlNames("grown", "v", "v"), null, 500, 0, 60)
                            .vectors()
                            .rows())
                    .isBetween(400, 750);
        }
        server.execute("DROP TABLE grown");
    }

    /** A role that may only read the table gets a sample of it for {@code advise}. */
    @Test
    void aSampleOfATableIsSaved() throws SQLException, IOException {
        server.execute(
                "CREATE TABLE numbers AS SELECT i, ARRAY[i, -i, i / 2.0]::vector(3) AS v FROM generate_series(1, "
                        + ROWS + ") i");
        server.execute("CREATE ROLE reader LOGIN");
        server.execute("GRANT SELECT ON numbers TO reader");
        String measure = "measure --database %s --table numbers --column v --max-vectors 300 --save-vectors F/s.npy";
        String url = server.url("postgres", "reader");
        succeed(measure, url);
        assertThat(err.toString()).contains("wrote 300 vectors of dimension 3 to ");
        FeatureMatrix sample = FeatureArrays.read(root.resolve("s.npy"));
        Set<Float> seen = new HashSet<>();
        float[] row = new float[3];
        for (int r = 0; r < sample.rows(); r++) {
            sample.copyRow(r, row);
            assertThat(row).containsExactly(row[0], -row[0], row[0] / 2);
            seen.add(row[0]);
        }
        assertThat(seen).hasSize(300).allMatch(i -> i >= 1 && i <= ROWS);
        assertThat(Collections.max(seen)).isGreaterThan(0.8f * ROWS);
        assertThat(badInput(measure, url)).contains("--save-vectors: expected a new file, or --force");
        server.execute("CREATE VIEW \"seen numbers\" AS SELECT i AS id, v FROM numbers");
        server.execute("GRANT SELECT ON \"seen numbers\" TO reader");
        assertThat(call(
                        "measure --database %s --table %s --column v --max-vectors 300 --save-vectors F/view.npy",
                        url, "seen numbers"))
                .as(err.toString())
                .isZero();
        assertThat(FeatureArrays.read(root.resolve("view.npy")).rows()).isEqualTo(300);
        server.execute("DROP VIEW \"seen numbers\"");
        assertThat(badInput(measure + " --force --target 0.9", url)).contains("found --target");
        assertThat(badInput(measure.replace(".npy", ".csv"), url)).contains("expected a name that ends in .npy");
        write();
        assertThat(badInput("measure --database %s --vectors F/x.npy --save-vectors F/s.npy", url))
                .contains("--save-vectors requires --table: name the table that it samples");
        server.execute("DROP TABLE numbers");
        server.execute("DROP ROLE reader");
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
        succeed(
                "measure --database %s --vectors F/x.npy --types hnsw-vector --target 0.5 --minutes 1",
                server.url() + "&options=-c%20maintenance_work_mem=64kB");
        assertThat(err.toString())
                .containsPattern(
                        "The server's maintenance_work_mem is too small for the largest index; this command's session sets [12] MB.");
        assertThat(badInput("measure --database %s --vectors F/x.npy", server.url("none", "guest")))
                .contains("database \"none\" does not exist");
        assertThat(badInput("measure --database postgresql://127.0.0.1:1/x --vectors F/x.npy"))
                .contains("expected a PostgreSQL server at 127.0.0.1:1, found none");
    }

    /** A server gives 64 MB; whose memory cannot be seen gets no more than 256 MB, as its shared_buffers are smaller. */
    @Test
    void aSessionSetsTheMemoryOfBuildsWithinLimits() throws SQLException {
        server.execute("CREATE ROLE careful LOGIN");
        try (Connection connection = server.open();
                Connection other = DriverManager.getConnection("jdbc:" + server.url("postgres", "careful"))) {
            Checks seen = new Checks(new Database(DatabaseUrl.parse(server.url()), Map.of()), connection);
            Checks unseen =
                    new Checks(new Database(DatabaseUrl.parse(server.url("postgres", "careful")), Map.of()), other);
            assertThat(seen.raisedBuildMemory(64 << 20)).isEmpty();
            assertThat(unseen.raisedBuildMemory(256 << 20)).hasValue(256);
            assertThatThrownBy(() -> unseen.raiseBuildMemory((256 << 20) + 1))
                    .hasMessageStartingWith(
                            "maintenance_work_mem is 64 MB, but the largest index needs 257 MB to be built in memory. That is more"
                                    + " than 256 MB, the server's shared_buffers or 256 MB, which a session sets by itself.")
                    .hasMessageContaining("PGOPTIONS='-c maintenance_work_mem=257MB'");
            assertThatThrownBy(() -> seen.raiseBuildMemory(1L << 50))
                    .hasMessageContaining(
                            " MB, a quarter of the memory of this machine, which a session sets by itself.");
            unseen.raiseBuildMemory(94 << 20);
            assertThat(rows(other, "SHOW maintenance_work_mem")).containsExactly("94MB");
        }
        assertThat(rows("SHOW maintenance_work_mem")).containsExactly("64MB");
        server.execute("DROP ROLE careful");
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
                    .containsPattern(
                            "linfhash_measure_0123456789ab \\([0-9]+ kB\\) is left of killed processes: 'linfhash measure --clean'")
                    .doesNotContain("fedcba");
            succeed("measure --database %s --clean", server.url());
            assertThat(err.toString())
                    .contains(
                            "Removed the schema linfhash_measure_0123456789ab (",
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
        assertThat(badInput("measure --database %s --vectors F/x.npy --types hnsw-bits", server.url()))
                .contains("--types: expected names from hnsw-vector, hnsw-halfvec");
        assertThat(badInput("measure --database " + url + " --vectors F/x.npy --target 1.5"))
                .contains("--target: expected numbers between 0 and 1, found 1.5");
        assertThat(badInput("measure --database " + url + " --vectors F/x.npy --minutes 0"))
                .contains("--minutes: expected a number above 0");
        assertThat(badInput("measure --database " + url + " --table a;b")).contains("--table: expected a name of");
    }
}
