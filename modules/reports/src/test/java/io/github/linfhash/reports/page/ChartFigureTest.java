package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Charts in a page. */
class ChartFigureTest {
    @Test
    void everyChartHasAPictureItsDataAndATable() throws IOException {
        Document document = Jsoup.parse(SamplePage.WHOLE);
        assertThat(document.select("figure.plot").eachAttr("id"))
                .containsExactly(
                        "precision-recall-48",
                        "precision-recall-64",
                        "precision-radius-48",
                        "recall-radius-48",
                        "precision-radius-64",
                        "recall-radius-64",
                        "quantization-48",
                        "quantization-64",
                        "loss-48",
                        "loss-64");
        for (Element figure : document.select("figure.plot")) {
            assertThat(figure.select("svg polyline")).isNotEmpty();
            JsonNode data = new JsonMapper()
                    .readTree(figure.select("script[type=application/json]")
                            .get(0)
                            .data());
            assertThat(data.get("series")).hasSize(4);
            assertThat(figure.select("details table thead th")).hasSize(1 + 4);
            assertThat(figure.select("details table tbody tr"))
                    .hasSameSizeAs(data.get("series").get(0).get("points"));
        }
    }

    @Test
    void pointsOfAChartAreTheMeansOverSeeds() throws IOException {
        JsonNode data = new JsonMapper()
                .readTree(Jsoup.parse(SamplePage.WHOLE)
                        .expectFirst("#data-precision-radius-48")
                        .data());
        // ksh at 48 bits: mAP .348, .350, .352; precision falls to a quarter of it at radius N.
        JsonNode points = data.get("series").get(0).get("points");
        assertThat(points).hasSize(49);
        assertThat(points.get(0).get(1).asDouble()).isCloseTo(35, within(1e-9));
        assertThat(points.get(48).get(1).asDouble()).isCloseTo(8.75, within(1e-9));
        assertThat(points.get(0).get(3).asDouble()).isCloseTo(35 + 0.2 * 4.303 / Math.sqrt(3), within(1e-3));
        assertThat(points.get(0).get(2).asDouble()).isCloseTo(35 - 0.2 * 4.303 / Math.sqrt(3), within(1e-3));
    }
}
