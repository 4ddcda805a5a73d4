package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Numbers in sentences and in cells of tables are those of the source that a comment directly after them names:
 *
 * <pre>
 * 20.0%&lt;!-- = cifar10 deep-linf:as-printed map@48 --&gt;
 * 2.3 points (0.7 to 3.9)&lt;!-- = cifar10-searches ksh:tuned-map - deep-linf:tuned-map map@48 --&gt;
 * 25.2%&lt;!-- = cifar10 deep-linf:as-printed precision@2@48 --&gt;
 * 31.5%&lt;!-- = published T2 Proposed map@48 --&gt;
 * 3.3 ms&lt;!-- = docs/java.md --&gt;
 * </pre>
 *
 * <p>A source is a protocol with published results, one configuration or the difference of two, and a metric with a code length; a cell
 * of the published tables; or another file that contains the number. In a difference, "published:ROW" is of the published Table 2. The metric "nonempty precision@R" is the precision over nonempty
 * balls. A number may have an interval, "± H" or "(L to H)". Digits decide the rounding.
 */
class BoundNumbersTest {
    private static final Path ROOT = Path.of("../..");
    private static final String NUMBER = "[+-]?[0-9]+(?:,[0-9]{3})*(?:\\.[0-9]+)?";
    private static final Pattern BOUND = Pattern.compile("<!-- = ([^>]*?) -->");

    private static final Pattern SHOWN = Pattern.compile("(?<![0-9.,])(" + NUMBER + ")%?(?: ± (" + NUMBER
            + "))?(?: [a-zA-Z]+)?" + "(?: \\((" + NUMBER + ")%? to (" + NUMBER + ")%?\\))?(?:\\*\\*)?$");

    private static final Pattern OF_RESULTS =
            Pattern.compile("(\\S+) (\\S+?)(?: - (\\S+))? ((?:nonempty )?[A-Za-z]\\S*)@(\\d+)");
    private static final Pattern OF_PAPER = Pattern.compile("published (T[23]) (\\S+) (\\S+)@(\\d+)");
    private static final Pattern OF_FILE = Pattern.compile("\\S+/\\S+\\.\\w+");

    /** Before a row of the published Table 2 in a difference. */
    private static final String PAPER = "published:";

    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");

    /** Shares, and numbers with a fraction or an interval. */
    private static final Pattern MEASURED = Pattern.compile(
            "(?<![\\w.,/-])[+-]?\\d+(?:\\.\\d+%?|%|(?= ± | points| \\([+-]?[\\d.]+%? to ))(?![\\w.]*\\d)");

    /** Levels of tests and intervals, targets, and versions of programs. */
    private static final Pattern NO_MEASUREMENT = Pattern.compile(
            "(?<![\\d.])(?:0|95|99|100)%|0\\.05|(?:Apache|Maven|Java|Lucene|Python|Spark|pgvector|faiss"
                    + "|elasticsearch|opensearch|qdrant|weaviate|redis|Redis|JDK|Node|Debian|macOS|Linux|CUDA|OpenCL) [0-9][0-9.]*");

    /**
     * How many numbers in sentences of a page have no source, at most, where that is not 0: settings, examples, and measurements of which
     * no results are published. A new number needs a source.
     */
    private static final Map<String, Integer> WITHOUT_SOURCE = Map.ofEntries(
            Map.entry("docs/audit-table.md", 10),
            Map.entry("docs/decisions/0002-gist-by-partial-transforms.md", 1),
            Map.entry("docs/decisions/0009-openblas-newer-than-nd4j.md", 1),
            Map.entry("docs/decisions/0010-libwebp.md", 1),
            Map.entry("docs/decisions/0012-vector-api-as-an-extra.md", 4),
            Map.entry("docs/decisions/0013-opencl-by-lwjgl.md", 2),
            Map.entry("docs/decisions/0015-one-fixed-order-of-summation.md", 3),
            Map.entry("docs/determinism.md", 1),
            Map.entry("docs/devices.md", 2),
            Map.entry("docs/embeddings.md", 1),
            Map.entry("docs/engines.md", 1),
            Map.entry("docs/engines/sqlite-vec.md", 1),
            Map.entry("docs/formats.md", 1),
            Map.entry("docs/java.md", 2),
            Map.entry("docs/lucene.md", 4),
            Map.entry("docs/model-format.md", 1),
            Map.entry("docs/own-data.md", 1),
            Map.entry("docs/postgres.md", 10),
            Map.entry("docs/quantizers-reference.md", 1),
            Map.entry("docs/quantizers.md", 13),
            Map.entry("docs/results/nus-wide.md", 11),
            Map.entry("docs/site.md", 1),
            Map.entry("docs/spark.md", 1),
            Map.entry("docs/tuning.md", 6),
            Map.entry("docs/watch.md", 13),
            Map.entry("docs/what-is-measured.md", 1));

    /** Programs write or check their numbers: {@code ci/which-quantizer.py}, the audit, and the studies of intervals. */
    private static final List<String> CHECKED_ELSEWHERE =
            List.of("docs/which-quantizer.md", "docs/errata.md", "docs/statistics.md");

    private final Map<String, Evidence> read = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    void areThoseOfTheirSource() throws IOException {
        int compared = 0;
        for (Map.Entry<String, String> page : pages().entrySet()) {
            for (MatchResult bound : BOUND.matcher(page.getValue()).results().toList()) {
                String before = page.getValue()
                        .substring(Math.max(0, bound.start() - 120), bound.start())
                        .replaceAll("\\s+", " ");
                compare(page.getKey(), before, bound.group(1));
                compared++;
            }
        }
        assertThat(wrong).isEmpty();
        // Comments that are lost, or not understood, are noticed here.
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void haveASource() throws IOException {
        Map<String, List<String>> more = new TreeMap<>();
        for (Map.Entry<String, String> page : pages().entrySet()) {
            List<String> numbers = withoutSource(page.getValue());
            if (numbers.size() > WITHOUT_SOURCE.getOrDefault(page.getKey(), 0)) {
                more.put(page.getKey(), numbers);
            }
        }
        assertThat(more).isEmpty();
    }

    @Test
    void aNumberWithoutACommentIsFound() {
        assertThat(withoutSource(
                        "It finds 73.1% of them, 2 ± 1 points more, at the 95% level, with Java 17.1 and `--x 0.3`."))
                .containsExactly("73.1%", "2", "1");
        assertThat(withoutSource("It finds 73.1%<!-- = a b c@48 -->.")).isEmpty();
        compare("page", "It leads by 3.3", "docs/no/such.md");
        compare("page", "It leads by ", "cifar10 nnh:tuned map@48");
        compare("page", "It has 99.9%", "published T2 KSH map@48");
        assertThat(wrong).hasSize(3);
    }

    private static List<String> withoutSource(String page) {
        String prose = FENCE.matcher(page)
                .replaceAll("")
                .lines()
                .filter(line -> !line.strip().startsWith("|"))
                .reduce("", (all, line) -> all + line + "\n");
        StringBuilder rest = new StringBuilder();
        int from = 0;
        for (MatchResult bound : BOUND.matcher(prose).results().toList()) {
            String text = prose.substring(from, bound.start());
            Matcher shown = SHOWN.matcher(text);
            rest.append(shown.find() ? text.substring(0, shown.start()) : text);
            from = bound.end();
        }
        String unbound = COMMENT.matcher(rest.append(prose.substring(from))).replaceAll("");
        unbound = NO_MEASUREMENT
                .matcher(unbound.replaceAll("`[^`]*`", "").replaceAll("]\\([^)]*\\)", "]"))
                .replaceAll("");
        return MEASURED.matcher(unbound).results().map(MatchResult::group).toList();
    }

    private void compare(String page, String before, String source) {
        Matcher shown = SHOWN.matcher(before);
        if (!shown.find()) {
            wrong.add(page + ": expected a number before the comment '" + source + "', found '" + before + "'");
            return;
        }
        String place = page + ", '" + shown.group() + "', " + source;
        Matcher results = OF_RESULTS.matcher(source);
        Matcher paper = OF_PAPER.matcher(source);
        try {
            if (paper.matches()) {
                double published =
                        published(paper.group(1), paper.group(2), paper.group(3), Integer.parseInt(paper.group(4)));
                check(place, shown.group(1), published / 100);
            } else if (OF_FILE.matcher(source).matches()) {
                Path file = ROOT.resolve(source);
                if (!Files.exists(file)
                        || !Pattern.compile("(?<![0-9.])" + Pattern.quote(shown.group(1)) + "(?!\\.?[0-9])")
                                .matcher(Files.readString(file))
                                .find()) {
                    wrong.add(place + ": not in this file");
                }
            } else if (results.matches()) {
                compare(place, shown, results);
            } else {
                wrong.add(place + ": not a source");
            }
        } catch (IOException e) {
            throw new IllegalStateException(place, e);
        }
    }

    private void compare(String place, MatchResult shown, MatchResult source) throws IOException {
        Evidence evidence = evidence(source.group(1));
        int bits = Integer.parseInt(source.group(5));
        String first = source.group(2);
        String second = source.group(3);
        if (second != null && (first.startsWith(PAPER) || second.startsWith(PAPER))) {
            check(
                    place,
                    shown.group(1),
                    mean(evidence, first, source.group(4), bits) - mean(evidence, second, source.group(4), bits));
            return;
        }
        CellValues values = values(evidence, first, source.group(4), bits);
        if (second != null) {
            values = values.minus(values(evidence, second, source.group(4), bits));
        }
        if (values.isEmpty()) {
            wrong.add(place + ": no such results");
            return;
        }
        Summary summary = values.tested();
        if (quantity(source.group(4)).kind() == Quantity.Kind.NUMBER) {
            check(place, shown.group(1), summary.mean() / 100);
            return;
        }
        check(place, shown.group(1), summary.mean());
        if (shown.group(2) != null) {
            check(place, shown.group(2), summary.halfWidth().orElseThrow());
        }
        if (shown.group(3) != null) {
            CrossedMean interval = summary.interval().orElseThrow();
            check(place, shown.group(3), interval.low());
            check(place, shown.group(4), interval.high());
        }
    }

    private static double mean(Evidence evidence, String row, String metric, int bits) throws IOException {
        return row.startsWith(PAPER)
                ? published("T2", row.substring(PAPER.length()), metric, bits) / 100
                : values(evidence, row, metric, bits).summary().mean();
    }

    private static Quantity quantity(String metric) {
        return StandardMetrics.quantity(metric.replaceFirst("^nonempty ", ""));
    }

    private static CellValues values(Evidence evidence, String row, String metric, int bits) {
        List<RunResult> runs = evidence.results().runs(row, bits);
        if (metric.startsWith("nonempty precision@")) {
            String radius = metric.substring(metric.indexOf('@'));
            return CellValues.of(
                    runs,
                    run -> run.metrics().get("precision" + radius)
                            / (1 - run.metrics().get("emptyBalls" + radius)));
        }
        return CellValues.ofMetric(runs, quantity(metric), evidence.results().protocol(), evidence.queries());
    }

    private static double published(String table, String row, String metric, int bits) throws IOException {
        String start = table + ",";
        String middle = "," + row + "," + bits + "," + metric + ",";
        return Files.readAllLines(ROOT.resolve("reports/published/wang2016-tables-2-and-3.csv")).stream()
                .filter(line -> line.startsWith(start) && line.contains(middle))
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[5]))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no published cell " + start + middle));
    }

    /** A fraction, in percent, within half of the last digit that is shown. */
    private void check(String place, String shown, double measured) {
        BigDecimal number = new BigDecimal(shown.replace(",", ""));
        double unit = number.scale() > 0 ? number.ulp().doubleValue() : 1;
        if (Math.abs(number.doubleValue() - 100 * measured) > 0.5 * unit + 1e-9) {
            wrong.add(place + ": is " + 100 * measured);
        }
    }

    private Evidence evidence(String protocol) throws IOException {
        Evidence known = read.get(protocol);
        if (known != null) {
            return known;
        }
        Path folder = DocumentedTablesTest.shipped(protocol);
        Evidence evidence = Evidence.of(ResultsJson.read(ResultsJson.file(folder)), folder);
        read.put(protocol, evidence);
        return evidence;
    }

    private static Map<String, String> pages() throws IOException {
        Map<String, String> pages = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            for (Path file : Stream.concat(Stream.of(ROOT.resolve("README.md")), files)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList()) {
                String name = ROOT.relativize(file).toString();
                if (!name.matches("docs/(?:node_modules|reference|\\.vitepress)/.*")
                        && !CHECKED_ELSEWHERE.contains(name)) {
                    pages.put(name, Files.readString(file));
                }
            }
        }
        return pages;
    }
}
