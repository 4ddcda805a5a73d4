package io.github.linfhash.engines.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.engines.measure.Filtered;
import io.github.linfhash.engines.measure.Growth;
import io.github.linfhash.engines.measure.Made;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.Measurement.Answer;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.engines.measure.Measurer;
import io.github.linfhash.engines.pgvector.MadePgvector;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.io.program.CodeFingerprint;
import io.github.linfhash.io.program.ProgramVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The report of a measurement. */
class MeasurePageTest {
    @Test
    void itShowsWhatWasMeasured() {
        String page = MeasurePage.render(
                Made.measurement(),
                2.5,
                new MeasurePage.Provenance(
                        "./linfhash measure", "2026-01-31", ProgramVersion.of(CodeFingerprint.of(List.of("engines")))));
        assertThat(page)
                .contains(
                        "id=\"recall-latency\"",
                        "id=\"recall-bytes\"",
                        "id=\"recall-selectivity\"",
                        "hnsw-centered-bit",
                        "hnsw-bit, relaxed_order",
                        "If at most 10% of the rows match (2000 of 20000), an exact scan of them",
                        "over the first 100 queries that report. Exact scans are measured with at most 64 queries.",
                        "CREATE INDEX ON &quot;items&quot; (tenant);",
                        "ivfflat-vector: no time left of --minutes.",
                        "the index has 0.0 MB, for 0.00 at 2.50 per GB.",
                        "./linfhash measure");
        String text = MeasureListing.of(Made.measurement(), null, false);
        assertThat(text)
                .startsWith("target")
                .contains(
                        "worst tenth",
                        "hnsw-bit, relaxed_order",
                        "None of the 3 settings measured on all rows reliably reaches a recall of 99.9%; others may, as not all indexes were"
                                + " measured. The choosing queries have at best",
                        ", as 500 are too few: pass at least 7376 queries. Paste for that setting, for the table \"items\" with the key \"id\"",
                        "Paste for a recall of 95%, for the table \"items\" with the key \"id\" and the column \"embedding\":\n",
                        "SET ivfflat.probes = 8;");
    }

    @Test
    void anIndexThatIsNotUsedIsNotNeeded() {
        assertThat(MeasureListing.of(Made.scanned(), null, false))
                .contains(
                        "PostgreSQL 17.5 with pgvector 0.8.0 reaches a recall of 95% by scanning all 20000 rows, half of the time in at most 2.0 ms, as they are so few. No"
                                + " index is needed. These lines make one that it does not use, for the table",
                        "None of the 1 settings measured on all rows reliably reaches a recall of 99.9%. The choosing queries")
                .doesNotContain("others may");
    }

    @Test
    void theSizeOfALargerTablesIndexIsToldWhereTheEffortIsNot() {
        Measurement made = Made.measurement();
        Answer first = made.answers().get(0);
        Growth.Predicted bytes = new Growth.Predicted(7.5e8, 7.4e8, 7.6e8);
        Growth growth = new Growth(3_000_000, List.of(), null, null, bytes, "smaller parts contradict. ");
        Answer grown = new Answer(
                first.target(), true, first.measured(), first.recall(), first.builds(), growth, first.snippet());
        Measurement larger = Made.with(made, List.of(grown));
        assertThat(MeasureListing.of(larger, 8.0, false))
                .contains(
                        "For a recall of 95%, a table of 3000000 rows needs an index of 750.0 MB (740.0 to 760.0), for 6.00 at 8.00"
                                + " per GB.\n",
                        "For a recall of 95%, nothing else is predicted for 3000000 rows: smaller parts contradict.\n",
                        "Paste for a recall of 95% among 20000 rows, which was not measured for 3000000, for the table \"items\" with",
                        "CREATE INDEX ON \"items\" (tenant);");
        Growth.Predicted effort = new Growth.Predicted(90, 80, 100);
        Growth told = new Growth(3_000_000, List.of(), effort, new Growth.Predicted(20, 20, 20), bytes, "");
        Answer predicted = new Answer(
                first.target(), true, first.measured(), first.recall(), first.builds(), told, first.snippet());
        assertThat(MeasureListing.of(Made.with(made, List.of(predicted)), null, false))
                .contains(
                        "Paste for a recall of 95%, measured among 20000 rows, with a search setting that is predicted for 3000000,"
                                + " for the table \"items\" with");
    }

    /** The exact scan loses at 10% and wins at 1% and, by chance, at 50%. */
    @Test
    void anExactScanIsAdvisedFromTheFewestRowsOn() {
        assertThat(verdict(
                        Made.filtered("hnsw-bit", "off", 0.5, 1000, 10),
                        Made.filtered("exact", null, 0.5, 1000, 9),
                        Made.filtered("hnsw-bit", "off", 0.1, 1000, 3),
                        Made.filtered("exact", null, 0.1, 1000, 5),
                        Made.filtered("hnsw-bit", "off", 0.01, 1000, 3),
                        Made.filtered("exact", null, 0.01, 1000, 1)))
                .startsWith("If at most 1.0% of the rows match (200 of 20000), an exact scan of them is faster");
    }

    @Test
    void whereNoIndexReachesTheRecallIsACaseOfItsOwn() {
        assertThat(verdict(
                        Made.filtered("hnsw-bit", "off", 0.1, 1000, 1),
                        Made.filtered("exact", null, 0.1, 1000, 5),
                        Made.filtered("hnsw-bit", "off", 0.01, 500, 1),
                        Made.filtered("exact", null, 0.01, 1000, 2)))
                .isEqualTo(
                        "Already if 10% of the rows match, an index of all rows with a recall of 99.9% is faster than an exact scan of"
                                + " them. If 1.0% of the rows match, no index of all rows reaches a recall of 99.9%: search by an exact scan of"
                                + " them.");
        List<Filtered> none = List.of(
                Made.filtered("hnsw-bit", "off", 0.1, 900, 1),
                Made.filtered("exact", null, 0.1, 1000, 5),
                Made.filtered("hnsw-bit", "off", 0.01, 500, 1),
                Made.filtered("exact", null, 0.01, 1000, 2));
        Measurement measurement = Made.with(Made.measurement(), none, List.of(), true);
        assertThat(MeasureListing.verdict(measurement))
                .isEqualTo(
                        "If 1.0% or 10% of the rows match, no index of all rows reaches a recall of 99.9%: search by an exact scan of them.");
        assertThat(MeasureJson.of(measurement, null))
                .contains("\"noIndexReaches\" : [ 0.01, 0.1 ]")
                .doesNotContain("exactWinsFrom");
        assertThat(verdict(Made.filtered("hnsw-bit", "off", 0.1, 900, 1)))
                .isEqualTo("Exact scans of the rows that match were not measured.");
    }

    private static String verdict(Filtered... filters) {
        return MeasureListing.verdict(Made.with(Made.measurement(), List.of(filters), List.of(), true));
    }

    @Test
    void whatIsNotCompleteSaysSo() {
        Measurement incomplete =
                Made.with(Made.measurement(), List.of(), List.of("searches with filters: the server is gone."), false);
        assertThat(MeasureListing.of(incomplete, null, false))
                .contains(
                        "The measurement is not complete, and the end of this listing says why.\n",
                        "\nNot measured: searches with filters: the server is gone.\n",
                        "Paste for a recall of 95%");
        assertThat(MeasureJson.of(incomplete, null)).contains("\"complete\" : false");
        assertThat(MeasurePage.render(
                        incomplete,
                        null,
                        new MeasurePage.Provenance(
                                "./linfhash measure",
                                "2026-01-31",
                                ProgramVersion.of(CodeFingerprint.of(List.of("engines"))))))
                .contains(
                        "This measurement is not complete; the list below the settings says why.",
                        "searches with filters: the server is gone.");
        assertThat(MeasureListing.of(Made.measurement(), null, false))
                .contains(
                        "Not everything was measured, and the end of this listing says why.\n",
                        "of 2 clients at once.");
    }

    @Test
    void lucenesPageAndTextHaveItsWords() {
        String page = MeasurePage.render(
                Made.luceneMeasurement(),
                null,
                new MeasurePage.Provenance(
                        "./linfhash measure", "2026-01-31", ProgramVersion.of(CodeFingerprint.of(List.of("engines")))));
        assertThat(page)
                .contains(
                        "Lucene 10.6.0 on Java 21 with the Vector API",
                        "flat-bit",
                        "k = 40, 30 rescored",
                        "merged",
                        "id=\"recall-selectivity\"",
                        "If at most 10% of the rows match (2000 of 20000), an exact scan of them",
                        "scans the rows that match by itself if at most k of them do",
                        "Query filter = new TermQuery(new Term(&quot;tenant&quot;, tenant));")
                .doesNotContain("hnsw.ef_search", "LIMIT", "index used");
        assertThat(MeasureListing.of(Made.luceneMeasurement(), null, false))
                .contains(
                        "Paste for a recall of 95%, for Lucene 10.5 or newer:",
                        "maxConn = 8, beamWidth = 200, merged",
                        "scan, 50 rescored",
                        "// Each search:\nsearcher.search(1);\n")
                .doesNotContain("psql", "PostgreSQL");
    }

    /** The scan of 20 ms at the 95th percentile has no bytes, so that it has no place in the chart of sizes. */
    @Test
    void anExactScanIsComparedWithAGraph() {
        String sentence =
                "Do you need a graph? At a recall of 95%, hnsw-centered-bit takes 2.00 ms at the median. As fast: an exact scan up to about 4000 rows.";
        Measurement measurement = Made.withScan();
        assertThat(MeasureListing.of(measurement, null, false)).contains(sentence + "\n", "\nexact ");
        assertThat(MeasurePage.render(
                        measurement,
                        null,
                        new MeasurePage.Provenance(
                                "./linfhash measure",
                                "2026-01-31",
                                ProgramVersion.of(CodeFingerprint.of(List.of("engines"))))))
                .contains(sentence, "id=\"recall-bytes\"");
        assertThat(MeasureListing.of(Made.measurement(), null, false)).doesNotContain("Do you need a graph?");
    }

    @Test
    void anIndexOfMoreThanTwiceTheSpeedIsNamedBesideTheSmallest() {
        Measured smallest = Made.measured(MadePgvector.ivfflat("bit", 100), 8, 990, 300_000, 8, true);
        Measured faster = Made.measured(MadePgvector.hnsw("halfvec", 16, 64), 100, 990, 800_000, 3, true);
        Measured asFast = Made.measured(MadePgvector.hnsw("halfvec", 16, 64), 100, 990, 800_000, 4, true);
        Measured lacking = Made.measured(MadePgvector.hnsw("bit", 16, 64), 10, 900, 400_000, 1, true);
        assertThat(MeasureListing.of(Made.of(List.of(smallest, faster, lacking), List.of(), List.of()), null, false))
                .containsOnlyOnce("the smallest index is not the fastest")
                .contains(
                        "For a recall of 95%, the smallest index is not the fastest: hnsw-halfvec with m = 16, ef_construction = 64,"
                                + " hnsw.ef_search = 100, 10 rescored takes 1.50 ms at the median instead of 4.00, and 0.8 MB instead of 0.3.\n");
        assertThat(MeasureListing.of(Made.of(List.of(smallest, asFast, lacking), List.of(), List.of()), null, false))
                .doesNotContain("not the fastest");
    }

    @Test
    void ratiosAreShownIfAskedFor() {
        assertThat(MeasureListing.settings(Made.measurement(), true).text()).contains("distance ratio", "1.0010");
        assertThat(MeasureListing.of(Made.measurement(), null, true)).contains("distance ratio", "1.0010");
        assertThat(MeasureListing.of(Made.measurement(), null, false)).doesNotContain("distance ratio", "1.0010");
    }

    /** The bound of Clopper and Pearson for n of n: 0.025^(1/72) = 0.9501, 0.025^(1/71) = 0.9494, 0.025^(1/368) = 0.9900, 0.025^(1/367) below it. */
    @Test
    void fewQueriesCannotShowAHighRecall() {
        assertThat(Measurer.neededQueries(0.95)).isEqualTo(72);
        assertThat(Measurer.neededQueries(0.99)).isEqualTo(368);
    }

    @Test
    void ticksAreRound() {
        assertThat(MeasurePage.logarithmic("x", lines(0.3, 7)).ticks()).containsExactly(0.2, 0.5, 1.0, 2.0, 5.0, 10.0);
        assertThat(MeasurePage.logarithmic("x", lines(1, 1)).ticks()).containsExactly(1.0, 2.0);
        assertThat(MeasurePage.logarithmic("x", lines(20, 210)).ticks())
                .containsExactly(20.0, 50.0, 100.0, 200.0, 500.0);
        assertThat(MeasurePage.logarithmic("x", lines(0.1, 50)).ticks())
                .containsExactly(0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0);
    }

    private static Map<String, List<LinePoint>> lines(double least, double most) {
        return Map.of("a", List.of(LinePoint.of(least, 1)), "b", List.of(LinePoint.of(most, 1)));
    }
}
