package io.github.linfhash.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.engines.cli.EnginesMain;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.process.LuceneJava;
import io.github.linfhash.engines.process.ProcessEngine;
import io.github.linfhash.engines.process.SelfTest;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.testing.ProgramInFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command with the process that it starts. */
class MeasureLuceneTest extends ProgramInFolder {
    private List<Path> before = List.of();

    @Override
    protected CommandLine program() {
        return EnginesMain.commandLine();
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("linfhash-lucene-"))
                    .toList();
        }
    }

    @BeforeEach
    void write() throws IOException {
        before = folders();
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.copyOf(MadeVectors.VECTORS));
        FeatureArrays.write(root.resolve("q.npy"), FeatureMatrix.copyOf(MadeVectors.QUERIES));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(before).containsAll(folders());
    }

    @Test
    void anAnswerIsMeasuredAndChecked() throws IOException {
        assertThat(LuceneJava.isInstalled()).isTrue();
        String json =
                succeed("measure --engine lucene --vectors F/x.npy --types hnsw-int4,flat-bit,hnsw-float --target 0.9"
                        + " --minutes 20 --format json --out F/out");
        JsonNode measured = new JsonMapper().readTree(json);
        assertThat(measured.get("server").get("lucene").asText()).startsWith("10.");
        JsonNode answer = measured.get("answers").get(0);
        assertThat(answer.get("reached").asBoolean()).isTrue();
        assertThat(answer.get("recall").asDouble()).isGreaterThan(0.85);
        assertThat(answer.get("create").asText()).contains("KnnVectorsFormat format = new Lucene104");
        assertThat(measured.get("settings"))
                .extracting(one -> one.get("type").asText())
                .contains("hnsw-int4", "flat-bit", "hnsw-float");
        // An exact scan of vectors is all that a graph of them can find.
        for (JsonNode one : measured.get("settings")) {
            JsonNode loss = one.get("loss");
            assertThat(1 - loss.get("code").asDouble() - loss.get("graph").asDouble())
                    .as(one.toString())
                    .isBetween(
                            one.get("recall").asDouble() - 0.05,
                            one.get("recall").asDouble() + 0.05);
        }
        succeed("measure --engine lucene --vectors F/x.npy --check F/out/measure.json");
        assertThat(out.toString()).contains("passes", "yes");
        Files.writeString(
                root.resolve("other.json"),
                ((ObjectNode) measured).put("engine", "faiss").toString());
        assertThat(badInput("measure --engine lucene --vectors F/x.npy --check F/other.json"))
                .contains("--check: expected answers of the engine lucene, found those of faiss. Pass --engine faiss");
    }

    /** Of 1,350 rows, 0.1% are fewer than ten, so that three selectivities are left, which is said. Rows of two values have one half each. */
    @Test
    void filtersAreMeasured() throws IOException {
        JsonNode measured = new JsonMapper()
                .readTree(succeed("measure --engine lucene --vectors F/x.npy --types hnsw-int8,flat-bit --target 0.9"
                        + " --minutes 20 --format json --filters --out F/out"));
        JsonNode made = measured.get("filters");
        assertThat(made.findValues("selectivity").stream()
                        .map(JsonNode::asDouble)
                        .distinct()
                        .toList())
                .satisfiesExactlyInAnyOrder(
                        share -> assertThat(share).isEqualTo(0.5),
                        share -> assertThat(share).isEqualTo(0.1),
                        // Groups of 13.5 rows on average, without those of fewer than ten.
                        share -> assertThat(share).isBetween(0.01, 0.0125));
        assertThat(made.findValuesAsText("method")).containsOnly("hnsw-int8", "flat-bit", "exact");
        assertThat(made).hasSize(3 * 3);
        assertThat(measured.get("leftOut").get(0).asText())
                .startsWith("filters that 0.10% of the rows match: of 1350 rows, none");
        for (JsonNode one : made) {
            assertThat(one.get("rowsReturned").asDouble())
                    .isEqualTo(one.get("rowsWanted").asDouble());
            if (one.get("method").asText().equals("exact")) {
                assertThat(one.get("recall").asDouble()).isEqualTo(1);
                assertThat(one.get("worstTenth").asDouble()).isEqualTo(1);
            }
        }
        assertThat(Files.readString(root.resolve("out/index.html"))).contains("id=\"recall-selectivity\"");
        Files.writeString(root.resolve("values.txt"), "even\nodd\n".repeat(MadeVectors.ROWS / 2));
        JsonNode given = new JsonMapper()
                .readTree(
                        succeed("measure --engine lucene --vectors F/x.npy --types flat-int8 --target 0.9 --minutes 20"
                                + " --format json --filter-values F/values.txt"))
                .get("filters");
        assertThat(given).hasSize(2);
        assertThat(given.get(0).get("selectivity").asDouble()).isBetween(0.45, 0.55);
    }

    @Test
    void typesAreThoseOfTheEngine() {
        assertThat(badInput("measure --engine lucene --vectors F/x.npy --types hnsw-halfvec"))
                .contains(
                        "--types: expected names from hnsw-float, hnsw-int8, hnsw-int4, hnsw-int2, hnsw-bit, flat-float",
                        "found 'hnsw-halfvec'");
    }

    @Test
    void aBuildThatTakesTooLongIsStopped() {
        assertThat(badInput("measure --engine lucene --vectors F/x.npy --types hnsw-float --minutes 0.0001"))
                .contains("--minutes: no index could be built in this time, expected more");
    }

    /** The command removes what it says it removes, and Lucene speaks the protocol. */
    @Test
    void itPassesTheSelfTest() throws IOException {
        List<String> lines = new ArrayList<>();
        assertThat(SelfTest.run(ProcessEngine.lucene(), lines::add))
                .as(lines.toString())
                .isTrue();
    }

    /** As the system does where memory is short. */
    @Test
    void aKilledProcessIsNamedWithItsExitCode() throws IOException {
        List<ProcessHandle> others = ProcessHandle.current().children().toList();
        ProcessEngine engine = ProcessEngine.lucene();
        try {
            IndexType type = engine.types().get(0);
            assertThat(engine.grid(type, 1000, 10, 10).builds()).hasSize(12);
            List<ProcessHandle> started = ProcessHandle.current()
                    .children()
                    .filter(child -> !others.contains(child))
                    .toList();
            started.forEach(ProcessHandle::destroyForcibly);
            // The call that meets the end may come before it.
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000_000; i++) {
                            engine.grid(type, 1000, 10, 10);
                        }
                    })
                    .isInstanceOf(InputException.class)
                    .hasMessage("The process of lucene ended in \"grid\" with exit code 137");
            assertThat(engine.recovers()).isTrue();
            assertThat(engine.grid(type, 1000, 10, 10).builds()).hasSize(12);
        } finally {
            assertThat(engine.remove()).isEmpty();
        }
    }
}
