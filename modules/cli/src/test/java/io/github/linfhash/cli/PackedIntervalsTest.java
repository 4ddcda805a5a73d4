package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.Experiment;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.reports.ranking.LeaderboardFiles;
import io.github.linfhash.reports.ranking.Leaderboards;
import io.github.linfhash.reports.ranking.SubmittedResults;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.PackedQueryMetrics;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.testing.TinyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed results keep the values of single queries of their first metric alone: they have its intervals, and none of the others. */
class PackedIntervalsTest {
    @TempDir
    private static Path root;

    @BeforeAll
    static void measure() throws IOException {
        Path real = TinyHome.enter(root);
        try {
            Path protocol = root.resolve("protocols/tiny.yaml");
            Files.writeString(protocol, Files.readString(protocol).replace("seeds: [0, 1]", "seeds: [0, 1, 2]"));
            Experiment.of("tiny").with(Selection.ALL.ofMethods("ksh", "nnh")).run(root.resolve("whole"));
        } finally {
            TinyHome.leave(real);
        }
    }

    /** As the command packs them. */
    private static void pack(Path from, Path to) throws IOException {
        SubmittedResults results = SubmittedResults.readAll(List.of(from)).get(0);
        Optional<PackedQueryMetrics> queries = results.queries();
        if (queries.isPresent()) {
            queries.get().write(to);
        }
        ResultsJson.write(to.resolve(ResultsJson.PACKED_FILE), results.results().withTrainingCurvesAlone());
    }

    private static void headline(Path file, List<String> metrics) throws IOException {
        ObjectNode json = (ObjectNode) new JsonMapper().readTree(Files.readAllBytes(file));
        ArrayNode headline = ((ObjectNode) json.path("protocol")).putArray("headline");
        metrics.forEach(headline::add);
        Files.write(file, new JsonMapper().writeValueAsBytes(json));
    }

    /** Rankings round single queries before packing as packing does; pages and tables do not. */
    @ParameterizedTest
    @ValueSource(strings = {"map", "meanDistance", "meanDistance,map@10", "f1@2,precision@2"})
    void intervalsAreThoseOfBeforeOrNone(String shown) throws IOException {
        Path whole = root.resolve("whole");
        headline(whole.resolve(ResultsJson.FILE), List.of(shown.split(",", -1)));
        Path packed = root.resolve("packed " + shown);
        pack(whole, packed);
        Results all = ResultsJson.read(whole);
        Evidence before = Evidence.of(all, whole);
        Evidence after = Evidence.of(all, packed);
        assertThat(all.runs()).hasSize(12);
        int kept = 0;
        for (RunResult run : all.runs()) {
            for (String metric : run.metrics().keySet()) {
                OptionalDouble first = half(before, run, metric);
                OptionalDouble then = half(after, run, metric);
                kept += then.isPresent() && before.queries().of(run, metric).isPresent() ? 1 : 0;
                if (then.isPresent()) {
                    assertThat(then.getAsDouble())
                            .as("%s of %s, %s", metric, run.key(), packed)
                            .isCloseTo(first.orElse(-1), within(1e-4 * Math.max(1, first.orElse(0))));
                }
            }
        }
        assertThat(kept > 0)
                .isEqualTo(SubmittedResults.readAll(List.of(packed))
                        .get(0)
                        .queries()
                        .isPresent());
        Map<String, String> ofWhole = ranked(whole);
        Map<String, String> ofPacked = ranked(packed);
        assertThat(ofPacked.keySet()).isNotEmpty().isEqualTo(ofWhole.keySet());
        ofPacked.forEach((cell, half) ->
                assertThat(half).as("%s in a ranking of %s", cell, packed).isIn("", ofWhole.get(cell)));
    }

    private static OptionalDouble half(Evidence evidence, RunResult run, String metric) {
        return CellValues.summary(evidence, run.key().entry(), run.key().bits(), StandardMetrics.quantity(metric))
                .orElseThrow()
                .halfWidth();
    }

    /** The half widths of a ranking, by method, code length and metric; empty where there is none. */
    private static Map<String, String> ranked(Path folder) throws IOException {
        Leaderboards boards = Leaderboards.of(SubmittedResults.readAll(List.of(folder)), Map.of());
        List<String> lines =
                LeaderboardFiles.csv(boards.standings().get(0)).lines().toList();
        int interval = List.of(lines.get(0).split(",", -1)).indexOf("ci95");
        Map<String, String> intervals = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            intervals.put(String.join(" ", cells[2], cells[3], cells[4]), cells[interval]);
        }
        return intervals;
    }
}
