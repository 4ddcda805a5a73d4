package io.github.linfhash.html.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
    @Test
    void textStaysText() {
        assertThat(Html.render(Element.of("td", "<b>&amp;\"'</b>")).strip())
                .isEqualTo("<td>&lt;b&gt;&amp;amp;&quot;&#39;&lt;/b&gt;</td>");
    }

    @Test
    void attributeValuesCannotEndTheirAttribute() {
        assertThat(Html.render(Element.of("a").with("href", "\" onclick=\"alert(1)")))
                .isEqualTo("<a href=\"&quot; onclick=&quot;alert(1)\"></a>");
    }

    @Test
    void whatNoPageMayHoldIsReplaced() {
        assertThat(Html.render(Html.text("a\u0000b\u202ec\ud800d\u2066e\ttab\nline\ud83d\ude00")))
                .isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde\ttab\nline\ud83d\ude00");
    }

    @Test
    void piecesKeepTheirOrderAndElementsAreImmutable() {
        Element empty = Element.of("code");
        Element full = empty.add("a").add(Element.of("sup", "2")).add(Html.fragment(List.of(Html.text("b"))));

        assertThat(Html.render(full)).isEqualTo("<code>a<sup>2</sup>b</code>");
        assertThat(Html.render(empty)).isEqualTo("<code></code>");
    }

    @Test
    void elementsWithoutContentHaveNoEndTag() {
        assertThat(Html.render(Element.of("meta").with("charset", "utf-8"))).isEqualTo("<meta charset=\"utf-8\">\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<b", "Td"})
    void namesThatAreNoNamesAreRefused(String name) {
        assertThatThrownBy(() -> Element.of(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "onclick", "a b", "x=\"1\""})
    void attributesThatCouldRunOrBreakSomethingAreRefused(String attribute) {
        assertThatThrownBy(() -> Element.of("td").with(attribute, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.example",
                "HTTPS://a.example/b?c=d:e#f",
                "mailto:a@b.example",
                "#",
                "#a:b",
                "a.html",
                "../a b/c.html?d=e:f#g:h"
            })
    void linksLeadToPagesAndPlacesInThem(String address) {
        assertThat(Jsoup.parse(Html.render(Element.of("a").with("href", address)))
                        .select("a")
                        .attr("href"))
                .isEqualTo(address);
    }

    /** Browsers take no notice of case, of leading spaces, and of tabs and line breaks anywhere; a backslash is a slash to them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                " javascript:alert(1)",
                "java\tscript:alert(1)",
                "javascript\n:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:x",
                "file:///etc/passwd",
                "//a.example",
                "/\\a.example",
                "\\\\a.example"
            })
    void linksOfOtherSchemesAreRefused(String address) {
        assertThatThrownBy(() -> Element.of("a").with("href", address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found '" + address + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"</style>", "a { background: url(x.png) }", "@import 'x.css';"})
    void styleSheetsStandAlone(String css) {
        assertThatThrownBy(() -> Html.style(css)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"</script>", "<!-- x"})
    void scriptsCannotEndTheirElement(String code) {
        assertThatThrownBy(() -> new Html.Script(code)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dataForScriptsCannotEndTheirElement() {
        assertThat(Html.render(Html.data("d", "{\"a\":\"</script><!--\"}")))
                .isEqualTo(
                        "<script type=\"application/json\" id=\"d\">{\"a\":\"\\u003c/script>\\u003c!--\"}</script>\n");
    }

    @Test
    void piecesStandInThePlacesOfATextAndDataStaysText() {
        Html sentence = Html.words("Rules {}, by <{}>.", Element.of("code", "a{}b"), Html.text("<b>"));

        assertThat(Html.render(sentence)).isEqualTo("Rules <code>a{}b</code>, by &lt;&lt;b&gt;&gt;.");
        assertThatThrownBy(() -> Html.words("Rules {}.")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void picturesAreOnLinesAndEmptyElementsEndThemselves() {
        Element picture = Element.of("svg").with("width", 1.005).add(Element.of("line"), Element.of("text", "a<b"));

        assertThat(Html.render(picture)).isEqualTo("<svg width=\"1\">\n<line/>\n<text>a&lt;b</text>\n</svg>\n");
    }
}
