package io.github.linfhash.html.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.DotPlot.Dot;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class DotPlotTest {
    private static Document plot(Dot... dots) {
        return Jsoup.parse(Html.render(made(dots).html("")));
    }

    private static DotPlot made(Dot... dots) {
        return new DotPlot("dots-48", "mAP of each method, 48 bits", "48 bits", "mAP, %", List.of(dots));
    }

    private static Dot dot(String name, double mean, double low, double high, int group) {
        return new Dot(name, Html.text("text of " + name), "words of " + name, mean, low, high, group);
    }

    /** The axis runs from 40 to 60, from 2 to 98 parts of a hundred. */
    @Test
    void dotsAndIntervalsAreWhereTheAxisPutsThem() {
        Document plot = plot(dot("a", 55, 50, 60, 1), dot("b", 40, 40, 40, 2));
        assertThat(plot.select("tfoot text").eachText()).containsExactly("40", "45", "50", "55", "60");
        assertThat(plot.select("circle").eachAttr("cx")).containsExactly("74%", "2%");
        assertThat(plot.select("line[stroke-width]")).hasSize(1).first().satisfies(line -> {
            assertThat(line.attr("x1")).isEqualTo("50%");
            assertThat(line.attr("x2")).isEqualTo("98%");
        });
    }

    @Test
    void groupsAreColorsAndNumbers() {
        Document plot = plot(dot("a", 3, 3, 3, 1), dot("b", 2, 2, 2, 1), dot("<c>", 1, 1, 1, 2));
        assertThat(plot.select("tbody g").eachAttr("class")).containsExactly("c0", "c0", "c1");
        assertThat(plot.select("tbody td.group").eachText()).containsExactly("1", "1", "2");
        assertThat(plot.select("tbody tr.next th").eachText()).containsExactly("<c>");
    }

    @Test
    void withoutGroupsThereIsNoColumnOfThem() {
        assertThat(plot(dot("a", 1, 1, 1, 0)).select(".group, thead th:contains(Group), g"))
                .isEmpty();
    }

    @Test
    void thePageLinksToTheFile() {
        DotPlot plot = made(dot("a", 1, 1, 1, 0));
        assertThat(Jsoup.parse(Html.render(plot.html("charts/x.svg"))).select("caption a[href='charts/x.svg']"))
                .hasSize(1);
        assertThat(plot(dot("a", 1, 1, 1, 0)).select("caption a")).isEmpty();
    }

    /** Rows do not overlap, and nothing reaches over the edge. */
    @Test
    void theFileHasTheSameDotsNamesAndNumbers() {
        Dot[] dots = {dot("a long name of a method", 55, 50, 60, 1), dot("b & c", 40, 40, 40, 2)};
        Document file = Jsoup.parse(made(dots).document(), Parser.xmlParser());
        assertThat(file.select("svg > title").text()).isEqualTo("mAP of each method, 48 bits");
        assertThat(file.select("svg svg circle").eachAttr("cx"))
                .isEqualTo(plot(dots).select("circle").eachAttr("cx"));
        assertThat(file.select("text").eachText())
                .contains("a long name of a method", "b & c", "words of b & c", "1", "2", "40", "60");
        List<Double> rows = file.select("svg svg:has(circle)").eachAttr("y").stream()
                .map(Double::valueOf)
                .toList();
        assertThat(rows.get(1) - rows.get(0)).isEqualTo(22);
        Element strip = file.expectFirst("svg svg:has(circle)");
        double right = Double.parseDouble(strip.attr("x")) + Double.parseDouble(strip.attr("width"));
        double width = Double.parseDouble(file.expectFirst("svg").attr("width"));
        assertThat(right).isLessThan(width);
        assertThat(file.expectFirst("svg").select("> text"))
                .isNotEmpty()
                .allSatisfy(
                        text -> assertThat(Double.parseDouble(text.attr("x"))).isBetween(0.0, width));
        assertThat(rows.get(1) + 22)
                .isLessThan(Double.parseDouble(file.expectFirst("svg").attr("height")));
    }

    @Test
    void aPlotWithoutDotsIsRefused() {
        assertThatThrownBy(() -> plot()).isInstanceOf(IllegalArgumentException.class);
    }
}
