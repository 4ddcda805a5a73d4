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
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import picocli.CommandLine;

/** Kept parts of a measurement that is stopped after its first build; skipped without Debian's pgvector. */
@Tag("slow")
@EnabledIf(PostgresServer.INSTALLED)
class MeasureStoppedTest extends ProgramInFolder {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));
    private static final String MEASURE =
            "measure --database %s --vectors F/x.npy --types hnsw-vector,hnsw-halfvec,hnsw-bit,ivfflat-vector"
                    + " --target 0.9 --minutes 2 --out F/out";

    private static final PostgresServer server = PostgresServer.shared();

    @BeforeEach
    void write() throws IOException {
        UniformRandomProvider random = new RandomStreams(2).stream("test");
        float[] values = new float[12_000 * 64];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.owning(12_000, 64, values));
    }

    @AfterEach
    void nothingIsLeft() throws SQLException {
        for (String schema : schemas()) {
            server.execute("DROP SCHEMA " + schema + " CASCADE");
        }
    }

    @Override
    protected CommandLine program() {
        return EnginesMain.commandLine();
    }

    private static List<String> schemas() throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = server.open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'linfhash\\_measure%'")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    /** Waits for an index, which is measured after an exact scan. */
    private void awaitFirstBuild() throws InterruptedException, IOException {
        Path settings = root.resolve("out/settings.csv");
        while (!Files.exists(settings)
                || Files.readAllLines(settings).stream().noneMatch(line -> line.matches("(hnsw|ivfflat).*"))) {
            Thread.sleep(20);
        }
    }

    /** Requires three whole files of a measurement that is not complete, and returns the reasons. */
    private String leftOut() throws IOException {
        String json = Files.readString(root.resolve("out/measure.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(HOME.resolve("docs/schemas/linfhash-measure-1.schema.json")))
                        .validate(json, InputFormat.JSON))
                .isEmpty();
        JsonNode read = new JsonMapper().readTree(json);
        assertThat(read.get("complete").asBoolean()).isFalse();
        assertThat(read.get("settings")).isNotEmpty();
        assertThat(Files.readString(root.resolve("out/settings.csv")).lines().count())
                .isGreaterThanOrEqualTo(2);
        assertThat(Files.readString(root.resolve("out/index.html")))
                .contains("This measurement is not complete", "</html>");
        JsonNode leftOut = read.get("leftOut");
        return leftOut.get(leftOut.size() - 1).asText();
    }

    /** A transaction that has not ended holds a lock in the schema: the answer is there, the schema too, and both is said. */
    @Test
    void aSchemaThatCannotBeRemovedIsNamedBesideTheAnswer() throws Exception {
        Connection other = server.open();
        Thread locking = new Thread(() -> {
            try (Statement statement = other.createStatement()) {
                awaitFirstBuild();
                statement.execute("BEGIN");
                statement.execute("CREATE TABLE " + schemas().get(0) + ".another ()");
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        locking.start();
        int code = call(
                "measure --database %s --vectors F/x.npy --types ivfflat-bit,hnsw-bit --target 0.5 --minutes 1 --out F/out",
                server.url());
        locking.join();
        List<String> left = schemas();
        other.close();
        assertThat(left).hasSize(1);
        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).startsWith("target").contains("Paste for");
        assertThat(err.toString())
                .contains("linfhash: The schema " + left.get(0)
                        + " is left (canceling statement due to lock timeout): 'linfhash measure --clean' with the same"
                        + " --database removes it.")
                .doesNotContain("Interrupted", "removed.");
        assertThat(new JsonMapper()
                        .readTree(Files.readString(root.resolve("out/measure.json")))
                        .get("complete")
                        .asBoolean())
                .isTrue();
        succeed("measure --database %s --clean", server.url());
        assertThat(schemas()).isEmpty();
    }

    /** The server stops and runs again: the answer is given from what was measured, and the schema is removed. */
    @Test
    void aServerThatStopsLeavesAnAnswer() throws Exception {
        Thread stopping = new Thread(() -> {
            try {
                awaitFirstBuild();
                server.stop();
                server.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopping.start();
        int code = call(MEASURE, server.url());
        stopping.join();
        assertThat(code).as(err.toString()).isEqualTo(1);
        assertThat(leftOut())
                .contains(", and all that was still to come: The connection to 127.0.0.1:", " was lost while ");
        assertThat(out.toString())
                .startsWith("target")
                .contains(
                        "The measurement is not complete, and the end of this listing says why.",
                        " was lost while ",
                        "CREATE INDEX");
        assertThat(err.toString()).containsPattern("linfhash: The schema linfhash_measure_[0-9a-f]{12} was removed[.]");
    }

    private Process started() throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EnginesMain.class.getName()));
        words.addAll(List.of(
                MEASURE.replace("%s", server.url()).replace("F/", root + "/").split(" ")));
        return new ProcessBuilder(words)
                .redirectOutput(root.resolve("stdout").toFile())
                .redirectError(root.resolve("stderr").toFile())
                .start();
    }

    /** The second Ctrl-C comes while the schema is being removed. */
    @Test
    void twoInterruptsLeaveAnAnswerAndNoSchema() throws Exception {
        Process process = started();
        awaitFirstBuild();
        for (int i = 0; i < 2; i++) {
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            Thread.sleep(50);
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(schemas()).isEmpty();
        assertThat(Files.readString(root.resolve("stderr")))
                .containsPattern("linfhash: The schema linfhash_measure_[0-9a-f]{12} was removed[.]");
        assertThat(leftOut()).endsWith(", and all that was still to come: interrupted.");
        assertThat(Files.readString(root.resolve("stdout")))
                .startsWith("target")
                .contains("CREATE INDEX");
    }

    @Test
    void aKilledProcessLeavesWhatItMeasured() throws Exception {
        Process process = started();
        awaitFirstBuild();
        process.destroyForcibly().waitFor();
        assertThat(leftOut()).isEqualTo("all that was still to come when this was written.");
        assertThat(schemas()).hasSize(1);
        succeed("measure --database %s --clean", server.url());
    }

    /** A role with one connection, which the measurement itself has. */
    @Test
    void aRoleWithOneConnectionIsMeasuredWithOneClient() throws Exception {
        server.execute("CREATE ROLE narrow LOGIN CONNECTION LIMIT 1");
        server.execute("GRANT CREATE ON DATABASE postgres TO narrow");
        JsonNode measured = new JsonMapper()
                .readTree(succeed(
                        "measure --database %s --vectors F/x.npy --max-vectors 2000 --types ivfflat-bit --target 0.5 --minutes 1"
                                + " --format json",
                        server.url("postgres", "narrow")));
        assertThat(measured.get("complete").asBoolean()).isTrue();
        assertThat(measured.get("settings"))
                .isNotEmpty()
                .allMatch(one -> one.get("clients").asInt() == 1);
        server.execute("DROP OWNED BY narrow");
        server.execute("DROP ROLE narrow");
    }

    /** With k = 1, half of a thousand groups of 1,980 rows are empty or nearly so. */
    @Test
    void filtersWithEmptyGroupsAreMeasured() throws Exception {
        JsonNode measured = new JsonMapper()
                .readTree(succeed(
                        "measure --database %s --vectors F/x.npy --max-vectors 1980 --k 1 --filters --types ivfflat-bit"
                                + " --target 0.5 --minutes 1 --format json",
                        server.url()));
        assertThat(measured.get("complete").asBoolean()).isTrue();
        assertThat(measured.get("filters")).hasSize(4 * 3);
        for (JsonNode one : measured.get("filters")) {
            assertThat(one.get("method").asText()).isIn("ivfflat-bit", "exact");
            assertThat(one.get("rowsWanted").asDouble()).isEqualTo(1);
        }
    }
}
