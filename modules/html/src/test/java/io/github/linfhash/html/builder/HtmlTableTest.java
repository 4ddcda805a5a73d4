package io.github.linfhash.html.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Listing.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTableTest {
    private static String html(Listing table) {
        return Html.render(HtmlTable.of("sortable", "What <it> shows", table)).replace("\n", "");
    }

    @Test
    void columnsSayHowHeadingsAndCellsLook() {
        Listing table = Listing.of(List.of("a<b"))
                .column("key", "", Column.DATA, text -> text)
                .head("Name", text -> text)
                .column("Length", "characters", Column.NUMBER, String::length)
                .words("Note", text -> null);

        assertThat(html(table))
                .isEqualTo("<table class=\"sortable\"><caption><span>What &lt;it&gt; shows</span></caption>"
                        + "<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Length<small> characters</small></th>"
                        + "<th scope=\"col\" class=\"words\">Note</th></tr></thead>"
                        + "<tbody><tr data-key=\"a&lt;b\"><th scope=\"row\">a&lt;b</th><td>3</td>"
                        + "<td class=\"words\"></td></tr></tbody></table>");
    }

    @Test
    void aCellMayBeHtmlOrAWholeCell() {
        Listing table = Listing.of(List.of(1))
                .number("Code", one -> Element.of("code", "x"))
                .words("Whole", one -> Element.of("td", "y").with("data-value", "2"));

        assertThat(html(table)).endsWith("<tr><td><code>x</code></td><td data-value=\"2\">y</td></tr></tbody></table>");
    }

    /** On narrow screens, where the headings are not seen, a script-free style puts these names before the cells. */
    @Test
    void cellsOfStackedTablesKnowTheirColumns() {
        Listing table = Listing.of(List.of(1)).head("name", i -> "n").number("bytes", i -> i);
        assertThat(Html.render(HtmlTable.of(HtmlTable.STACKED, "", table)))
                .contains("<td data-name=\"bytes\">1</td>", "<th scope=\"row\">n</th>");
        assertThat(Html.render(HtmlTable.of("", "", table))).contains("<td>1</td>");
    }
}
