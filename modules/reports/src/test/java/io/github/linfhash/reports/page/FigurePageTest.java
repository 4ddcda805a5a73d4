package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.html.charts.Figure;
import io.github.linfhash.reports.figures.ResultFigures;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import org.junit.jupiter.api.Test;

class FigurePageTest {

    @Test
    void onThePapersDataSetItDoesNotSayThatThePaperPrintsNothing() {
        assertThat(page(SampleResults.reproduction()))
                .contains("Measured on CIFAR-10.", "This page shows no published numbers.")
                .doesNotContain("The paper prints no numbers");
    }

    @Test
    void syntheticDataAreSaidToBeSo() {
        assertThat(page(SampleResults.synthetic()))
                .contains("<title>SYNTHETIC: ", "SYNTHETIC: the features of CIFAR-10 were generated.")
                .doesNotContain("Measured on");
    }

    private static String page(Results results) {
        Figure figure = ResultFigures.of(Evidence.without(results)).get(0);
        return SamplePage.withoutCode(FigurePage.render(figure, results, SamplePage.PROVENANCE));
    }
}
