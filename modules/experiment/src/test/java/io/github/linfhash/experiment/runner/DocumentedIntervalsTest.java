package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.EvidenceFiles;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.NumberText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tables of documents show the means and half widths of the packed results that they name. */
class DocumentedIntervalsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+)` \\| (\\d+) \\| [^|]+ \\| ([0-9.]+ ± [0-9.]+) \\|");
    private static final Pattern EXCERPT =
            Pattern.compile("(?m)^([a-z-]+) +(\\d+) +3 +([0-9.]+ ±[0-9.]+) +([0-9.]+) ±[0-9.]+$");

    @Test
    void theTableShowsTheIntervalsOfTheShippedResults() throws IOException {
        Path folder = ROOT.resolve("reports/results/cifar10-e1-8ae73e77");
        Evidence evidence = EvidenceFiles.of(ResultsJson.read(ResultsJson.file(folder)), folder);
        Quantity map = StandardMetrics.quantity("map");
        String text = Files.readString(ROOT.resolve("docs/results/cifar10.md"));
        assertThat(ROW.matcher(text).results())
                .hasSizeGreaterThan(15)
                .allSatisfy(
                        row -> assertThat(row.group(3)).as(row.group()).isEqualTo(measured(evidence, map, row, " ± ")));
    }

    /** Packed results have no interval of the precision, whose mean alone is compared. */
    @Test
    void theExcerptInTheReadmeIsOfTheShippedResults() throws IOException {
        Path folder = ROOT.resolve("reports/results/fashion-mnist-e1-9bd4aaf8");
        Evidence evidence = EvidenceFiles.of(ResultsJson.read(ResultsJson.file(folder)), folder);
        Quantity map = StandardMetrics.quantity("map");
        Quantity precision = StandardMetrics.quantity("precision@2");
        String text = Files.readString(ROOT.resolve("README.md"));
        assertThat(EXCERPT.matcher(text).results()).hasSize(6).allSatisfy(row -> {
            assertThat(row.group(3)).as(row.group()).isEqualTo(measured(evidence, map, row, " ±"));
            assertThat(measured(evidence, precision, row, " ±")).as(row.group()).startsWith(row.group(4));
        });
    }

    /** The rows of docs/results/text-embeddings.md, by the names that readers are told. */
    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("OPQ", "opq"),
            Map.entry("RQ", "rq"),
            Map.entry("PCA sign, full-precision queries", "pca-sign:asymmetric"),
            Map.entry("rotated sign, full-precision queries", "rotated-sign:asymmetric"),
            Map.entry("binary, centered, full-precision queries", "sign:asymmetric"),
            Map.entry("RaBitQ, 1 bit, float16 metadata", "rabitq:bits-1-float16"),
            Map.entry("RaBitQ, 2 bits, float16 metadata", "rabitq:bits-2-float16"),
            Map.entry("RaBitQ, 3 bits, float16 metadata", "rabitq:bits-3-float16"),
            Map.entry("int8 of all 384 dimensions", "int8"),
            Map.entry("ITQ", "itq:hamming"),
            Map.entry("rotated sign", "rotated-sign:hamming"),
            Map.entry("deep l-infinity, regression", "deep-linf:regression"),
            Map.entry("deep l-infinity, contrastive without labels", "deep-linf:neighbors"),
            Map.entry("deep l-infinity, contrastive on labels", "deep-linf:tuned"));

    @Test
    void theTablesOfTextEmbeddingsShowTheMeansOfTheShippedResults() throws IOException {
        Results results = ResultsJson.read(ResultsJson.file(shipped("clinc150-minilm")));
        String number = "([0-9.]+)";
        String text = Files.readString(ROOT.resolve("docs/results/text-embeddings.md"));
        List<MatchResult> atBytes = rows(text, "(\\d+) \\| ([^|]+)" + (" \\| " + number).repeat(3));
        assertThat(atBytes)
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> assertThat(List.of(row.group(3), row.group(4), row.group(5)))
                        .as(row.group())
                        .isEqualTo(means(
                                results,
                                row.group(2),
                                8 * Integer.parseInt(row.group(1)),
                                "neighborRecall@1",
                                "neighborRecall@3",
                                "map")));
        List<MatchResult> ofEncoders = rows(text, "([^|0-9]+)" + (" \\| " + number).repeat(5));
        assertThat(ofEncoders)
                .hasSizeGreaterThan(3)
                .allSatisfy(
                        row -> assertThat(List.of(row.group(2), row.group(3), row.group(4), row.group(5), row.group(6)))
                                .as(row.group())
                                .isEqualTo(means(
                                        results,
                                        row.group(1),
                                        192,
                                        "neighborRecall@1",
                                        "neighborRecall@3",
                                        "neighborRecall@10",
                                        "map",
                                        "precisionTop10")));
    }

    private static Path shipped(String protocol) throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("reports/results"))) {
            return folders.filter(folder -> folder.getFileName().toString().matches(protocol + "-e\\d+-[0-9a-f]+"))
                    .reduce((first, second) -> {
                        throw new IllegalStateException(protocol + " has several results");
                    })
                    .orElseThrow();
        }
    }

    private static List<MatchResult> rows(String text, String cells) {
        return Pattern.compile("(?m)^\\| " + cells + " \\|$")
                .matcher(text)
                .results()
                .toList();
    }

    private static List<String> means(Results results, String code, int bits, String... metrics) {
        String entry = Objects.requireNonNull(CODES.get(code), code);
        return Arrays.stream(metrics)
                .map(metric -> results.runs(entry, bits).stream()
                        .mapToDouble(run -> Objects.requireNonNull(run.metrics().get(metric)))
                        .average()
                        .orElseThrow())
                .map(mean -> String.format(Locale.ROOT, "%.1f", 100 * mean))
                .toList();
    }

    private static String measured(Evidence evidence, Quantity quantity, MatchResult row, String sign) {
        return CellValues.summary(evidence, row.group(1), Integer.parseInt(row.group(2)), quantity)
                .map(summary -> NumberText.both(quantity, summary, sign))
                .orElse("nothing");
    }
}
