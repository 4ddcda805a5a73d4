package io.github.linfhash.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Metrics that a protocol asks for, from its file to the table and the page. */
class MetricsOnRequestTest extends ProgramOnTinyHome {
    @BeforeEach
    void addMethods() throws IOException {
        edit("methods:\n", "methods:\n  - name: spherical\n  - name: lsh\n");
    }

    private void edit(String from, String to) throws IOException {
        Path protocol = root.resolve("protocols").resolve("tiny.yaml");
        String text = Files.readString(protocol);
        assertThat(text).contains(from);
        Files.writeString(protocol, text.replace(from, to));
    }

    private RunResult reproduce(String method) throws IOException {
        Path folder = root.resolve("results");
        assertThat(run("run", "--protocol=tiny", "--methods=spherical,lsh", "--bits=8", "--seeds=0", "--out=" + folder))
                .as(err.toString())
                .isZero();
        Results results = ResultsJson.read(folder.resolve("results.json"));
        return results.runs(method, 8).get(0);
    }

    @Test
    void whoAsksHasThemAndWhoDoesNotKeepsWhatThereWas() throws IOException {
        Map<String, Double> before = reproduce("spherical").metrics();
        assertThat(before).containsKey("map").doesNotContainKeys("map@1000", "bitBias", "ownMap");
        edit(
                "bits: [8, 12]",
                "bits: [8, 12]\nmetrics: [map, map@1000, recallTop1000, lookupSuccess@2, bitBias, ownMap]");
        RunResult spherical = reproduce("spherical");
        assertThat(spherical.metrics())
                .containsAllEntriesOf(before)
                .containsKeys("map@1000", "recallTop1000", "lookupSuccess@2", "bitBias", "ownMap")
                .doesNotContainKey("bitCorrelation");
        // All 105 rows of the database are among the first 1,000.
        assertThat(spherical.metrics()).containsEntry("recallTop1000", 1.0);
        assertThat(spherical.metrics().get("map@1000")).isEqualTo(before.get("map"));
        assertThat(spherical.metrics().get("ownMap")).isBetween(0.2, 1.0).isNotEqualTo(before.get("map"));
        // Random hyperplanes have no distance of their own.
        assertThat(reproduce("lsh").metrics()).containsKey("bitBias").doesNotContainKey("ownMap");
        String table = Files.readString(root.resolve("results").resolve("table.md"));
        assertThat(table).contains("mAP@1K", "Lookup success", "Bit bias");
    }

    @Test
    void everyRunHasItsCurvesByNumberOfCandidatesAndThePageDrawsThem() throws IOException {
        RunResult run = reproduce("spherical");
        // 1, 2, 5, 10, 20, 50, 100 of 105 rows.
        double[] recall = requireNonNull(run.curves().get("candidates.recall"));
        double[] precision = requireNonNull(run.curves().get("candidates.precision"));
        assertThat(recall).hasSize(7).isSorted();
        assertThat(precision).hasSize(7);
        // 35 rows of the database are of a query's class.
        assertThat(recall[2]).isCloseTo(precision[2] * 5 / 35, within(1e-12));
        assertThat(Files.readString(root.resolve("results").resolve("index.html")))
                .contains("Recall by number of candidates, 8 bits", "candidates (logarithmic)");
    }

    @Test
    void codesThatAreGivenHaveAllThatCodesTell() throws IOException {
        edit(
                "bits: [8, 12]",
                "bits: [8, 12]\nmetrics: [map, map@1000, recallTop1000, lookupSuccess@2, bitBias, bitCorrelation]");
        RunResult run = reproduce("lsh");
        Path codes = root.resolve("codes");
        assertThat(run("split", "--protocol=tiny", "--method=lsh", "--bits=8", "--seed=0", "--out=" + codes))
                .as(err.toString())
                .isZero();
        out.getBuffer().setLength(0);
        assertThat(run(
                        "evaluate",
                        "--all-metrics",
                        "--query-codes=" + codes.resolve("query-codes.npy"),
                        "--database-codes=" + codes.resolve("database-codes.npy"),
                        "--query-labels=" + codes.resolve("query-labels.npy"),
                        "--database-labels=" + codes.resolve("database-labels.npy"),
                        "--bits=8"))
                .as(err.toString())
                .isZero();
        JsonNode metrics = new JsonMapper().readTree(out.toString()).get("metrics");
        for (String key : new String[] {"map@1000", "recallTop1000", "lookupSuccess@2", "bitBias", "bitCorrelation"}) {
            assertThat(metrics.get(key).doubleValue())
                    .as(key)
                    .isEqualTo(requireNonNull(run.metrics().get(key)));
        }
    }
}
