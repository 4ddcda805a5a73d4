package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import java.util.List;

/** Numbers as HTML: {@code 5.6e-2} is shown as 5.6 times a power of ten. */
final class NumberHtml {
    private NumberHtml() {}

    static Html of(String text) {
        int exponent = text.indexOf('e');
        if (exponent < 0) {
            return Html.text(text);
        }
        return Html.fragment(List.of(
                Html.text(text.substring(0, exponent) + "\u00d710"),
                Element.of("sup", text.substring(exponent + 1).replace('-', '\u2212'))));
    }
}
