package io.github.linfhash.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Metrics that a protocol asks for, from its file to the table and the page. */
class MetricsOnRequestTest extends ProgramOnTinyHome {
    @BeforeEach
    void addMethods() throws IOException {
        edit("methods:\n", "methods:\n  - name: lsh\n");
    }

    private void edit(String from, String to) throws IOException {
        Path protocol = root.resolve("protocols").resolve("tiny.yaml");
        String text = Files.readString(protocol);
        assertThat(text).contains(from);
        Files.writeString(protocol, text.replace(from, to));
    }

    private RunResult reproduce(String method) throws IOException {
        Path folder = root.resolve("results");
        succeed("run --protocol=tiny --methods=lsh --bits=8 --seeds=0 --out=%s", folder);
        Results results = ResultsJson.read(folder.resolve("results.json"));
        return results.runs(method, 8).get(0);
    }

    @Test
    void tableAndPageShowThemAndEvaluateTellsThemOfGivenCodes() throws IOException {
        edit(
                "bits: [8, 12]",
                "bits: [8, 12]\nmetrics: [map, map@1000, recallTop1000, lookupSuccess@2, bitBias, bitCorrelation]");
        RunResult run = reproduce("lsh");
        Path results = root.resolve("results");
        assertThat(results.resolve("table.md")).content().contains("mAP@1K", "Lookup success", "Bit bias");
        assertThat(results.resolve("index.html"))
                .content()
                .contains("Recall by number of candidates, 8 bits", "candidates (logarithmic)");
        Path codes = root.resolve("codes");
        succeed("split --protocol=tiny --method=lsh --bits=8 --seed=0 --out=%s", codes);
        succeed(
                "evaluate --all-metrics --query-codes=%s --database-codes=%s --query-labels=%s --database-labels=%s --bits=8",
                codes.resolve("query-codes.npy"),
                codes.resolve("database-codes.npy"),
                codes.resolve("query-labels.npy"),
                codes.resolve("database-labels.npy"));
        JsonNode metrics = new JsonMapper().readTree(out.toString()).get("metrics");
        for (String key : new String[] {"map@1000", "recallTop1000", "lookupSuccess@2", "bitBias", "bitCorrelation"}) {
            assertThat(metrics.get(key).doubleValue())
                    .as(key)
                    .isEqualTo(requireNonNull(run.metrics().get(key)));
        }
    }
}
