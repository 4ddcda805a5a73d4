package io.github.linfhash.results.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.published.PrintedPercent.PercentText;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTableTest {
    private final SummaryTable table = SummaryTable.of(SampleResults.comparison());

    @ParameterizedTest
    @CsvSource({
        "0.3148, 31.48",
        "1, 100.00",
        "0, 0.00",
        "0.001, 0.10",
        "0.00099, 9.9e-2",
        "0.0009951, 0.10",
        "0.00056, 5.6e-2",
        "0.00000051, 5.1e-5",
        "0.00000000001, 1.0e-9",
        "0.000000000001, 1.0e-10",
    })
    void fractionsArePrintedInPercentAsThePaperDoes(double fraction, String text) {
        assertThat(PercentText.of(fraction)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.3148, 0.0042, 0.42",
        "0.0070, 0.00004, <0.01",
        "0.0070, 0.00005, 0.01",
        "0.0070, 0, 0.00",
        "0.00056, 0.00012, 1.2e-2",
        "0.00056, 0.000001, <0.1e-2",
        "0.00000051, 0.0000012, 1.2e-4",
        "0.000023, 0.00253, 0.25",
    })
    void aSpreadHasTheLastDigitOfItsMean(double mean, double spread, String text) {
        assertThat(PercentText.spread(mean, spread)).isEqualTo(text);
    }

    /** Packed results keep the queries of mAP alone: precision has no interval that leaves its queries out. */
    @Test
    void aMeanOverQueriesThatWereLeftOutHasNoInterval() {
        Results results = SampleResults.comparison();
        Evidence packed = new Evidence(
                results,
                (run, metric) -> metric.equals("map")
                        ? Optional.of(new double[] {
                            run.metrics().get(metric), run.metrics().get(metric) + 0.01
                        })
                        : Optional.empty());
        assertThat(interval(packed, "map")).isPresent();
        assertThat(interval(packed, "precision@2")).isEmpty();
        assertThat(interval(packed, "f1@2")).isPresent();
        assertThat(interval(Evidence.without(results), "precision@2")).isPresent();
    }

    /** Of all kinds of means over queries, also where packing kept no queries at all. */
    @ParameterizedTest
    @CsvSource({
        "meanDistance, false",
        "neighborRecall@3, false",
        "precisionTop10, false",
        "map@1000, false",
        "lookupSuccess@2, false",
        "uniqueCodes, true",
        "f1@2, true"
    })
    void packingLeavesNoIntervalOverSeedsAlone(String metric, boolean kept) {
        Results sample = SampleResults.comparison();
        Results results = new Results(
                sample.protocol(),
                sample.environment(),
                sample.runs().stream()
                        .filter(run -> !run.failed())
                        .map(run -> {
                            Map<String, Double> metrics = new TreeMap<>(run.metrics());
                            metrics.put(metric, 0.3 + 0.01 * run.key().seed());
                            return run.with(metrics, Map.of(), run.seconds());
                        })
                        .toList());
        assertThat(interval(Evidence.without(results), metric)).isPresent();
        assertThat(interval(new Evidence(results, QueryValues.LEFT_OUT), metric).isPresent())
                .isEqualTo(kept);
        QueryValues first = (run, key) -> key.equals("map") ? Optional.of(new double[] {0.1, 0.2}) : Optional.empty();
        assertThat(interval(new Evidence(results, first), metric).isPresent()).isEqualTo(kept);
    }

    private static Optional<CrossedMean> interval(Evidence evidence, String metric) {
        return CellValues.summary(evidence, "ksh", 48, StandardMetrics.quantity(metric))
                .orElseThrow()
                .interval();
    }

    /** 0.0023% with the half width 0.253% is 0.00 \u00b10.25, not 2.3e-3 \u00b1253.0e-3. */
    @ParameterizedTest
    @CsvSource({
        "0.000023, 0.00253, <0.01",
        "0.00000051, 0.0000012, 0.5e-4",
        "0.00056, 0.00012, 5.6e-2",
        "0.3148, 0.0042, 31.48",
        "0, 0.00253, 0.00",
    })
    void aMeanHasTheUnitOfALargerSpread(double mean, double spread, String text) {
        assertThat(PercentText.mean(mean, spread)).isEqualTo(text);
    }

    @Test
    void theTextHasOneAlignedLineForEachMethodAndLength() {
        List<String> lines = table.text().lines().toList();

        assertThat(lines.get(0))
                .startsWith("method")
                .contains("bits", "runs", "map", "f1@0")
                .endsWith("uniqueCodes");
        assertThat(lines.get(1)).startsWith("ksh ").contains(" 48 ", "35.00 \u00b10.50", "9049 \u00b12");
        assertThat(lines.get(6)).startsWith("deep-linf ").contains("2 of 3");
        assertThat(lines.subList(0, 9).stream().map(String::length).distinct()).hasSize(1);
    }

    @Test
    void theTextSaysWhyARunFailed() {
        assertThat(table.text())
                .contains("Means in percent \u00b1 half width of the 95% interval")
                .endsWith("failed: deep-linf-64-seed2: " + SampleResults.FAILURE + "\n");
    }

    @Test
    void csvHasFractionsAndDeviations() throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = format.parse(new StringReader(table.csv()))) {
            List<CSVRecord> rows = parser.getRecords();
            assertThat(rows).hasSize(8);
            assertThat(rows.get(0).get("method")).isEqualTo("ksh");
            assertThat(Double.parseDouble(rows.get(0).get("map"))).isCloseTo(0.350, within(1e-12));
            assertThat(Double.parseDouble(rows.get(0).get("map.sd"))).isCloseTo(0.002, within(1e-12));
            assertThat(rows.get(5).get("measured")).isEqualTo("2");
            assertThat(rows.get(5).get("failed")).isEqualTo("1");
        }
    }

    @Test
    void noMethodIsAFormulaInTheCsv() {
        assertThat(SummaryTable.of(SampleResults.everythingCalled("=HYPERLINK(1)"))
                        .csv()
                        .lines()
                        .skip(1))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("'=HYPERLINK(1),"));
    }

    @Test
    void jsonHasFractionsAndDeviations() throws IOException {
        JsonNode rows = new ObjectMapper().readTree(table.json());

        assertThat(rows).hasSize(8);
        assertThat(rows.get(5).get("failed").intValue()).isEqualTo(1);
        JsonNode map = rows.get(0).get("metrics").get("map");
        assertThat(map.get("mean").doubleValue()).isCloseTo(0.350, within(1e-12));
        assertThat(map.get("sd").doubleValue()).isCloseTo(0.002, within(1e-12));
        assertThat(map.get("n").intValue()).isEqualTo(3);
    }

    @Test
    void aSingleSeedHasNoDeviationInAnyForm() throws IOException {
        Results sample = SampleResults.comparison();
        SummaryTable single = SummaryTable.of(new Results(
                sample.protocol(), sample.environment(), sample.runs().subList(0, 1)));

        assertThat(single.text().lines().toList().get(1)).contains("34.80").doesNotContain("\u00b1");
        assertThat(single.csv().lines().toList().get(1)).startsWith("ksh,48,1,0,0.348,,0.174,,");
        assertThat(new ObjectMapper()
                        .readTree(single.json())
                        .at("/0/metrics/map/sd")
                        .isNull())
                .isTrue();
    }

    @Test
    void syntheticDataIsMarkedInEveryForm() throws IOException {
        SummaryTable synthetic = SummaryTable.of(SampleResults.synthetic());

        assertThat(synthetic.text()).startsWith("SYNTHETIC: the features were generated");
        assertThat(synthetic.csv().lines().toList().get(0)).endsWith(",synthetic");
        assertThat(synthetic.csv().lines().skip(1)).allMatch(line -> line.endsWith(",true"));
        assertThat(new ObjectMapper().readTree(synthetic.json()).findValues("synthetic"))
                .hasSize(8)
                .allMatch(JsonNode::booleanValue);
        assertThat(table.text()).doesNotContain("SYNTHETIC");
        assertThat(table.csv().lines().skip(1)).allMatch(line -> line.endsWith(",false"));
    }

    @Test
    void aRowWhoseRunsAllFailedHasNoNumbers() {
        Results sample = SampleResults.comparison();
        SummaryTable failed = SummaryTable.of(
                SampleResults.withRuns(sample, sample.runs().stream().filter(run -> run.failed())));

        assertThat(failed.text().lines().toList().get(1)).contains("0 of 1").endsWith("-");
        assertThat(failed.csv()).isEqualTo("method,bits,measured,failed,synthetic\ndeep-linf,64,0,1,false\n");
        assertThat(failed.json()).contains("\"metrics\": { }");
    }
}
