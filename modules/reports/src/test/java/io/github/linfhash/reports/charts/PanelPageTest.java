package io.github.linfhash.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.reports.charts.PanelPage.BarPanel;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PanelPageTest {
    /** Of a panel: 170 high, bars from y = 26 to y = 146. */
    private static final double TOP = 26;

    private static final double BOTTOM = 146;

    private static Element parse(String svg) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void barsGoUpAndDownFromZeroInProportion() throws Exception {
        Element svg = parse(new PanelPage("p", List.of(new BarPanel("t", List.of(3.0, -1.0, 0.0)))).svg());
        NodeList bars = svg.getElementsByTagName("rect");
        assertThat(bars.getLength()).as("background and three bars").isEqualTo(4);
        Element up = (Element) bars.item(1);
        Element down = (Element) bars.item(2);
        // Four units on 120 points: zero is a quarter above the bottom.
        assertThat(number(up, "y")).isCloseTo(TOP, within(0.01));
        assertThat(number(up, "height")).isCloseTo(90, within(0.01));
        assertThat(number(down, "y")).isCloseTo(BOTTOM - 30, within(0.01));
        assertThat(number(down, "height")).isCloseTo(30, within(0.01));
        assertThat(((Element) bars.item(3)).getAttribute("height")).isEqualTo("0");
    }

    @Test
    void textsAreTextElementsAndStayText() throws Exception {
        String svg = new PanelPage("a <b> & \"c\"", List.of(new BarPanel("</svg><script>", List.of(1.0)))).svg();
        assertThat(svg).doesNotContain("<script").doesNotContain("<b>");
        NodeList texts = parse(svg).getElementsByTagName("text");
        assertThat(texts.item(0).getTextContent()).isEqualTo("a <b> & \"c\"");
        assertThat(texts.item(1).getTextContent()).isEqualTo("</svg><script>");
    }

    @Test
    void panelsStandInRowsOfTwo() throws Exception {
        BarPanel panel = new BarPanel("t", List.of(1.0));
        NodeList groups =
                parse(new PanelPage("p", List.of(panel, panel, panel)).svg()).getElementsByTagName("g");
        assertThat(((Element) groups.item(0)).getAttribute("transform")).isEqualTo("translate(0 34)");
        assertThat(((Element) groups.item(1)).getAttribute("transform")).isEqualTo("translate(380 34)");
        assertThat(((Element) groups.item(2)).getAttribute("transform")).isEqualTo("translate(0 204)");
    }

    @Test
    void theBytesDoNotDependOnTheLocale() {
        PanelPage page = new PanelPage("p", List.of(new BarPanel("t", List.of(0.123456, -1e-9, 2e7))));
        Locale before = Locale.getDefault();
        String here = page.svg();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(page.svg()).isEqualTo(here);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void valuesThatAreAllZeroHaveAnAxis() {
        assertThat(new PanelPage("p", List.of(new BarPanel("t", List.of(0.0, 0.0)))).svg())
                .doesNotContain("NaN");
    }

    @Test
    void valuesThatAreNoNumbersAreRefused() {
        assertThatThrownBy(() -> new BarPanel("x", List.of(1.0, Double.NaN)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("value 1 of the panel 'x' is NaN");
    }

    @Test
    void namesThatCouldRunOrBreakSomethingAreRefused() {
        assertThatThrownBy(() -> io.github.linfhash.html.builder.Element.of("script"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> io.github.linfhash.html.builder.Element.of("g").with("onload", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> io.github.linfhash.html.builder.Element.of("a b"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
