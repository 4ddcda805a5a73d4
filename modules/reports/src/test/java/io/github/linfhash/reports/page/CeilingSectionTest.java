package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class CeilingSectionTest {
    private static Document page(Results results) {
        return Jsoup.parse(ComparisonPage.render(results, SamplePage.TABLES, SamplePage.PROVENANCE));
    }

    /** The sample with a mAP by real outputs, 0.1 above that of the codes, for one method. */
    private static Results withOutputs(String method) {
        return withOutputs(method, 0.1, SampleResults.comparison());
    }

    private static Results withOutputs(String method, double above, Results sample) {
        List<RunResult> runs = new ArrayList<>();
        for (RunResult run : sample.runs()) {
            Map<String, Double> metrics = new LinkedHashMap<>(run.metrics());
            if (run.key().method().equals(method) && !run.failed()) {
                metrics.put("realMap", metrics.getOrDefault("map", Double.NaN) + above);
            }
            runs.add(run.with(metrics, run.curves(), run.seconds()));
        }
        return new Results(sample.protocol(), sample.environment(), runs);
    }

    @Test
    void theBestRankingByOutputsIsNamedWithWhatItsCodesKeep() {
        // ITQ is the fourth of the sample's methods: 0.36 + bits / 1000 + the mean of seed / 500.
        Element section = page(withOutputs("itq"))
                .selectXpath("//section[@aria-labelledby='ceiling']")
                .get(0);

        assertThat(section.select("p").get(0).text())
                .contains("ITQ has the highest mAP: 52.60. Its codes of 64 bits reach 42.60.");
        assertThat(section.select("tbody tr").eachText())
                .containsExactly("ITQ 48 51.00 41.00 10.00", "ITQ 64 52.60 42.60 10.00");
        assertThat(section.text()).doesNotContain("classifier baseline");
    }

    @Test
    void rowsOfAMethodStandOneByOne() {
        Element section = page(withOutputs("deep-linf", 0.1, SampleResults.rows()))
                .selectXpath("//section[@aria-labelledby='ceiling']")
                .get(0);

        assertThat(section.select("p").get(0).text()).contains("Deep l-infinity encoder, tuned has the highest mAP");
        assertThat(section.select("tbody th").eachText())
                .contains("Deep l-infinity encoder, as printed", "Deep l-infinity encoder, tuned");
    }

    @Test
    void classCodesAreExplainedWhereTheyAre() {
        Results sample = withOutputs("itq");
        ProtocolSummary p = sample.protocol();
        List<Configuration> methods = p.methods().stream()
                .map(m -> m.name().equals("itq")
                        ? new Configuration(
                                "class-codes",
                                "Classifier baseline",
                                m.citation(),
                                m.supervision(),
                                m.options(),
                                m.origins())
                        : m)
                .toList();
        List<RunResult> runs = sample.runs().stream()
                .map(run -> !run.key().method().equals("itq")
                        ? run
                        : new RunResult(
                                new RunKey(
                                        "class-codes",
                                        run.key().bits(),
                                        run.key().seed()),
                                run.splitHash(),
                                run.codesHash(),
                                run.parameters(),
                                run.modelBytes(),
                                run.metrics(),
                                run.curves(),
                                run.seconds(),
                                run.failure(),
                                run.device()))
                .toList();
        Results results = new Results(
                new ProtocolSummary(
                        p.name(),
                        p.title(),
                        p.hash(),
                        p.publishedTable(),
                        p.dataset(),
                        p.features(),
                        p.sizes(),
                        p.conventions(),
                        p.headline(),
                        p.shown(),
                        p.bits(),
                        p.seeds(),
                        methods),
                sample.environment(),
                runs);

        assertThat(page(results)
                        .selectXpath("//section[@aria-labelledby='ceiling']")
                        .text())
                .contains("measures how well a method classifies, not how well it hashes");
    }

    @Test
    void withoutRealOutputsThereIsNoSuchSection() {
        assertThat(page(SampleResults.comparison()).select("#ceiling")).isEmpty();
    }

    @Test
    void aNegativeLossIsExplained() {
        Element section = page(withOutputs("itq", -0.02, SampleResults.comparison()))
                .selectXpath("//section[@aria-labelledby='ceiling']")
                .get(0);
        assertThat(section.select("tbody tr").eachText()).contains("ITQ 48 39.00 41.00 -2.00");
        assertThat(section.text()).contains("A negative loss means that the codes rank better");
        assertThat(page(withOutputs("itq", -1e-6, SampleResults.comparison()))
                        .selectXpath("//section[@aria-labelledby='ceiling']")
                        .text())
                .contains("ITQ 48 41.00 41.00 0.00")
                .doesNotContain("A negative loss");
    }
}
