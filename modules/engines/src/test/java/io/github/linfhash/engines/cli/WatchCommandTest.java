package io.github.linfhash.engines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.testing.PostgresServer;
import io.github.linfhash.testing.ProgramInFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import picocli.CommandLine;

/** The command on a PostgreSQL of its own; skipped without Debian's pgvector. */
@EnabledIf(PostgresServer.INSTALLED)
class WatchCommandTest extends ProgramInFolder {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));
    private static final PostgresServer server = PostgresServer.shared();
    private static final int DIMENSION = 16;
    private static final String ONCE =
            "watch -q --database %s --table watched --queries F/q.npy --target 0.9 --state F/state --look 20";
    private static final String SEVERAL = ONCE + " --every 1s --budget 100% --looks ";

    private final UniformRandomProvider random = new RandomStreams(5).stream("watch");

    @BeforeEach
    void fill() throws SQLException, IOException {
        server.execute("DROP TABLE IF EXISTS watched, moved");
        server.execute("CREATE TABLE watched (id bigint PRIMARY KEY, embedding vector(" + DIMENSION + "))");
        insert(0, 2_000);
        server.execute("CREATE INDEX watched_hnsw ON watched USING hnsw (embedding vector_cosine_ops)");
        server.execute("ANALYZE watched");
        server.execute("CREATE ROLE watching LOGIN");
        server.execute("GRANT SELECT ON watched TO watching");
        float[] queries = new float[40 * DIMENSION];
        for (int q = 0; q < 40; q++) {
            System.arraycopy(vector(), 0, queries, q * DIMENSION, DIMENSION);
        }
        FeatureArrays.write(root.resolve("q.npy"), FeatureMatrix.owning(40, DIMENSION, queries));
    }

    @AfterEach
    void drop() throws SQLException {
        server.execute("DROP TABLE IF EXISTS watched, moved");
        server.execute("DROP OWNED BY watching");
        server.execute("DROP ROLE watching");
    }

    private float[] vector() {
        float[] values = new float[DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
            values[j] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private void insert(int first, int count) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO watched VALUES ");
        for (int i = 0; i < count; i++) {
            sql.append(i == 0 ? "" : ",").append("(" + (first + i) + ",'" + Arrays.toString(vector()) + "')");
        }
        server.execute(sql.toString());
    }

    @Override
    protected CommandLine program() {
        return EnginesMain.commandLine();
    }

    private static String url() {
        return server.url("postgres", "watching");
    }

    private static JsonNode last(String lines) throws IOException {
        String[] all = lines.split("\n");
        return new JsonMapper().readTree(all[all.length - 1]);
    }

    @Test
    void looksAddUpInTheStateAndItsFiles() throws Exception {
        String command = ONCE + " --format json --openmetrics F/m.prom --report F/r.html";
        for (int look = 1; look <= 3; look++) {
            String json = succeed(command, url());
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(Files.readString(HOME.resolve("docs/schemas/linfhash-watch-1.schema.json")))
                            .validate(json, InputFormat.JSON))
                    .isEmpty();
            JsonNode seen = last(json);
            assertThat(seen.get("look").asInt()).isEqualTo(look);
            assertThat(seen.get("now").get("count").asInt()).isEqualTo(20 * look);
            assertThat(seen.get("recall").asDouble()).isGreaterThan(0.9);
            assertThat(seen.get("querySource").asText()).isEqualTo("file");
        }
        var metrics = OpenMetricsText.parse(Files.readString(root.resolve("m.prom")));
        assertThat(metrics)
                .containsEntry("linfhash_watch_looks_total{table=\"watched\"}", 3.0)
                .containsEntry("linfhash_watch_queries_total{table=\"watched\"}", 60.0)
                .containsEntry("linfhash_watch_target_ratio{table=\"watched\"}", 0.9)
                .containsEntry("linfhash_watch_alarm{table=\"watched\",cause=\"graph\"}", 0.0)
                .containsKey("linfhash_watch_recall_lower_ratio{table=\"watched\",over=\"now\"}");
        assertThat(Files.readString(root.resolve("r.html")))
                .contains("Recall of watched", "<svg", "since the last change", "--database URL")
                .doesNotContain("127.0.0.1");
    }

    @Test
    void rowsAndLoggedQueriesAreSources() throws Exception {
        assertThat(last(succeed("watch -q --database %s --table watched --format json", url()))
                        .get("querySource")
                        .asText())
                .isEqualTo("rows");
        server.execute("DROP TABLE IF EXISTS moved");
        server.execute("CREATE TABLE moved AS SELECT now() AS at, embedding FROM watched LIMIT 30");
        server.execute("GRANT SELECT ON moved TO watching");
        String logged = "watch -q --database %s --table watched --state F/logged --format json --queries-sql %s";
        String sql = "SELECT embedding FROM moved WHERE at > :since";
        JsonNode seen = last(succeed(logged, url(), sql));
        assertThat(seen.get("queries").asInt()).isEqualTo(30);
        assertThat(seen.get("now").get("count").asInt()).isEqualTo(1);
        assertThat(call(logged, url(), sql)).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("No query was logged since 20");
        assertThat(badInput(logged.replace("F/logged", "F/other"), url(), "SELECT 'seven'"))
                .contains("invalid input syntax for type vector: \"seven\"");
    }

    @Test
    void anAnswerOfMeasureIsWatched() throws Exception {
        String answer = """
                {"schema": "linfhash-measure/1", "engine": "pgvector", "vectors": {"similarity": "cosine", "dimension": 16},
                 "neighbors": 5, "answers": [{"target": 0.95, "reached": false},
                 {"target": 0.8, "reached": true, "type": "hnsw-bit", "efSearch": 200, "candidates": 150}]}""";
        Files.writeString(root.resolve("measure.json"), answer);
        server.execute(
                "CREATE INDEX bits ON watched USING hnsw ((binary_quantize(embedding)::bit(16)) bit_hamming_ops)");
        server.execute("ALTER ROLE watching SET enable_seqscan = off");
        String command =
                "watch -q --database %s --table watched --queries F/q.npy --answer F/measure.json --format json";
        JsonNode seen = last(succeed(command, url()));
        assertThat(seen.get("target").asDouble()).isEqualTo(0.8);
        assertThat(seen.get("index").asText()).isEqualTo("bits");
        assertThat(seen.get("codesKnown").asBoolean()).isTrue();
        assertThat(seen.get("loss").get("codes").asDouble()).isGreaterThan(0.01);
        assertThat(badInput(command + " --k 5", url())).contains("--answer: expected none of --search-sql");
        assertThat(badInput(command + " --target 0.95", url())).contains("an answer that reached the target 0.95");
        for (String[] wrong : new String[][] {
            {"hnsw-bit", "hnsw-bits", "'type'"}, {"200", "2000", "'efSearch'"}, {"150", "0", "'candidates'"},
            {"pgvector", "lucene", "of pgvector"}, {"16", "-1", "'dimension'"}, {"cosine", "cosines", "'similarity'"}
        }) {
            Files.writeString(root.resolve("measure.json"), answer.replace(wrong[0], wrong[1]));
            assertThat(badInput(command, url())).contains(wrong[2]);
        }
    }

    /** Question marks of literals and of operators, and queries that cannot be compared with the rows. */
    @Test
    void loggedQueriesThatCannotBeSearchedAreLeftOut() throws Exception {
        server.execute(
                "CREATE TABLE moved AS SELECT now() AS at, embedding::text AS v, 'why?' AS t FROM watched LIMIT 30");
        server.execute("INSERT INTO moved VALUES (now(), '[1,2,3]', 'why?'), (now(), '"
                + Arrays.toString(new float[DIMENSION]) + "', 'why?')");
        server.execute("ALTER TABLE watched ADD tags jsonb DEFAULT '{\"a\": 1}'");
        server.execute("GRANT SELECT ON moved TO watching");
        String command = "watch -q --database %s --table watched --look 32 --format json --filter %s --queries-sql %s";
        String sql = "SELECT v FROM moved WHERE t = 'why?' AND at > :since";
        JsonNode seen = last(succeed(command, url(), "tags ? 'a'", sql));
        assertThat(seen.get("queries").asInt()).isEqualTo(30);
        assertThat(err.toString())
                .contains("2 of 32 queries were left out, as they are not of dimension 16, or are zeros,"
                        + " which have no cosine.");
        assertThat(call(command, url(), "tags ? 'a'", sql + " AND v = '[1,2,3]'"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("1 of 1 queries were left out", "; nothing was measured.");
        FeatureArrays.write(root.resolve("q.npy"), FeatureMatrix.owning(1, 3, new float[3]));
        assertThat(badInput(ONCE, url()))
                .contains("--queries: expected vectors of dimension 16, as in watched, found 3");
    }

    /** Its state was not readable, as an empty text was taken for none. */
    @Test
    void anExactScanIsWatchedFromLookToLook() throws Exception {
        server.execute("DROP INDEX watched_hnsw");
        for (int look = 1; look <= 3; look++) {
            assertThat(succeed(ONCE, url()))
                    .contains("look " + look + ": recall: this look 100.0%", "no index of vectors used");
        }
        assertThat(Files.getPosixFilePermissions(root.resolve("state")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        // A watch that has begun keeps its state, and the exit code is not that of a wrong option.
        server.execute("DELETE FROM watched");
        assertThat(call(ONCE, url())).isEqualTo(1);
        assertThat(err.toString()).contains("expected vectors, found none");
        insert(0, 300);
        assertThat(succeed(ONCE, url())).contains("look 4: recall: this look 100.0%");
        server.stop();
        try {
            assertThat(call(ONCE, url())).isEqualTo(1);
            assertThat(call(ONCE.replace("F/state", "F/new"), url())).isEqualTo(1);
            assertThat(err.toString()).contains("--database: expected a PostgreSQL server at 127.0.0.1:");
            assertThat(root.resolve("new")).doesNotExist();
        } finally {
            server.run();
        }
        assertThat(succeed(ONCE, url())).contains("look 5: recall");
    }

    /** A session that looks at ten candidates of a poor graph: the alarm has a cause and a setting that helps. */
    @Test
    void anAlarmEndsWithCodeThree() throws Exception {
        server.execute("DROP INDEX watched_hnsw");
        server.execute(
                "CREATE INDEX watched_hnsw ON watched USING hnsw (embedding vector_cosine_ops) WITH (m = 3, ef_construction = 6)");
        server.execute("ALTER ROLE watching SET hnsw.ef_search = 10");
        server.execute("ALTER ROLE watching SET enable_seqscan = off");
        assertThat(call(SEVERAL + "4", url())).as(err.toString()).isEqualTo(3);
        assertThat(out.toString())
                .containsPattern("ALARM graph \\(recall\\): (set hnsw.ef_search = [0-9]+, with|no search setting)");
        assertThat(call(ONCE, url())).isEqualTo(3);
        assertThat(out.toString()).contains("ALARM graph (recall)").doesNotContain("ef_search");
        server.execute("ALTER ROLE watching SET hnsw.ef_search = 1000");
        assertThat(succeed(ONCE + " --accept", url())).contains(": ok");
    }

    @Test
    void aDamagedStateIsNamedAndNeverReplaced() throws Exception {
        succeed(ONCE, url());
        Path state = root.resolve("state");
        String whole = Files.readString(state);
        for (String damaged : new String[] {
            "", "{}", whole.substring(0, 500), whole.replaceFirst("\"looks\":1", "\"looks\":7"), whole + "\n"
        }) {
            Files.writeString(state, damaged);
            assertThat(badInput(ONCE, url())).contains("--state: expected a whole state of 'linfhash watch'");
            assertThat(Files.readString(state)).isEqualTo(damaged);
        }
        Files.writeString(state, whole);
        assertThat(badInput(ONCE.replace("0.9 ", "0.8 "), url())).contains("with another table, search, target");
        succeed(ONCE, url());
    }

    /** The next look of a watch runs after something was done to the server. */
    private int whileWatching(Callable<?> fault, Callable<?> repair) throws Exception {
        Path state = root.resolve("state");
        Thread doing = new Thread(() -> {
            try {
                for (int i = 0; i < 1_000 && !Files.exists(state); i++) {
                    Thread.sleep(20);
                }
                fault.call();
                Thread.sleep(2_500);
                repair.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        doing.start();
        int code = call(SEVERAL + "6 --openmetrics F/m.prom", url());
        doing.join();
        return code;
    }

    @Test
    void aWatchOutlivesFaultsOfTheServer() throws Exception {
        assertThat(whileWatching(
                        () -> run("ALTER TABLE watched RENAME TO moved"),
                        () -> run("ALTER TABLE moved RENAME TO watched")))
                .isZero();
        assertThat(err.toString()).contains("refuses looking at watched: relation \"watched\" does not exist.");
        assertThat(OpenMetricsText.parse(Files.readString(root.resolve("m.prom")))
                        .get("linfhash_watch_failed_looks_total{table=\"watched\"}"))
                .isBetween(1.0, 5.0);
        Files.delete(root.resolve("state"));
        assertThat(whileWatching(
                        () -> run("REVOKE SELECT ON watched FROM watching"),
                        () -> run("GRANT SELECT ON watched TO watching")))
                .isZero();
        assertThat(err.toString()).contains("The role watching lacks a right for looking at watched");
        Files.delete(root.resolve("state"));
        assertThat(whileWatching(() -> run("DELETE FROM watched"), () -> {
                    insert(0, 2_000);
                    return 0;
                }))
                .isZero();
        assertThat(err.toString()).contains("expected vectors, found none.");
        Files.delete(root.resolve("state"));
        assertThat(whileWatching(
                        () -> {
                            server.stop();
                            return 0;
                        },
                        () -> {
                            server.run();
                            return 0;
                        }))
                .isZero();
        assertThat(err.toString()).contains("--database: expected a PostgreSQL server at 127.0.0.1:");
        // The first look is of a watch that may be wrong.
        assertThat(badInput(SEVERAL.replace("--table watched", "--table nowhere") + "2", url()))
                .contains("--state: expected the state of this watch");
        assertThat(badInput("watch --database %s --table nowhere --every 1s", url()))
                .contains("relation \"nowhere\" does not exist");
    }

    private static int run(String sql) throws SQLException {
        server.execute(sql);
        return 0;
    }

    @Test
    void twoWatchesDoNotShareAState() throws Exception {
        String[] refused = {""};
        assertThat(whileWatching(() -> refused[0] = anotherWatch(), () -> 0)).isZero();
        assertThat(refused[0]).contains("is used by another watch, process ").contains("Stop it, or name another file");
    }

    private String anotherWatch() {
        java.io.StringWriter said = new java.io.StringWriter();
        CommandLine line = program();
        line.setErr(new java.io.PrintWriter(said));
        assertThat(line.execute(
                        ONCE.replace("%s", url()).replace("F/", root + "/").split(" ")))
                .isEqualTo(2);
        return said.toString();
    }

    /** The state cannot be written where its folder has become a file: the look is printed, and the code is 1. */
    @Test
    void aStateThatCannotBeWrittenIsNamed() throws Exception {
        Files.createDirectories(root.resolve("metrics"));
        Files.writeString(root.resolve("file"), "");
        assertThat(call(ONCE + " --openmetrics /proc/linfhash.prom", url())).isEqualTo(1);
        assertThat(out.toString()).contains("look 1: recall");
        assertThat(err.toString())
                .contains("/proc/linfhash.prom could not be written: ", "It is as it was before this look.");
        assertThat(badInput(ONCE.replace("F/state", "F/none/state"), url())).contains("expected an existing folder");
    }

    @Test
    void wrongOptionsAndAnEmptyTableAreRefused() throws Exception {
        assertThat(badInput("watch --database %s --table watched --engine lucene", url()))
                .contains("--engine: expected pgvector, found lucene");
        assertThat(badInput("watch --database %s --table watched --every 10", url()))
                .contains("expected a time such as 30s");
        assertThat(badInput("watch --database %s --table watched --budget 2", url()))
                .contains("--budget: expected a share");
        assertThat(badInput("watch --database %s --table watched --target 1", url()))
                .contains("between 0 and 1");
        assertThat(badInput("watch --database %s --table watched --accept", url()))
                .contains("--accept requires --state: name the file that earlier looks wrote");
        assertThat(badInput("watch --database %s --table watched --search-sql %s", url(), "SELECT 1"))
                .contains("expected :query");
        assertThat(badInput("watch --database %s --table watched --answer F/q.npy", url()))
                .contains("q.npy");
        server.execute("DELETE FROM watched");
        assertThat(badInput("watch --database %s --table watched", url())).contains("watched");
    }
}
