package io.github.linfhash.html.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.DotPlot.Dot;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class DotPlotTest {
    private static Document plot(Dot... dots) {
        return Jsoup.parse(Html.render(new DotPlot("48 bits", "mAP, %", List.of(dots)).html()));
    }

    private static Dot dot(String name, double mean, double low, double high, int group) {
        return new Dot(Html.text(name), Html.text("text of " + name), mean, low, high, group);
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
    void aPlotWithoutDotsIsRefused() {
        assertThatThrownBy(() -> plot()).isInstanceOf(IllegalArgumentException.class);
    }
}
