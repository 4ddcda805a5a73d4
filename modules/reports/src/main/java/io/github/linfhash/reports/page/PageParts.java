package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.QuantityText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.List;
import java.util.Locale;

/** Small parts that pages share. */
public final class PageParts {
    private PageParts() {}

    /** Counted things in words. */
    public static final class Count {
        private Count() {}

        /** The number with thousands separated, and the noun in its plural where needed. */
        public static String of(long number, String noun) {
            return of(number) + " " + noun + (number == 1 ? "" : "s");
        }

        /** The number with thousands separated. */
        public static String of(long number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
    }

    /** Numbers as HTML: {@code 5.6e-2} is shown as 5.6 times a power of ten. */
    public static final class NumberHtml {
        private NumberHtml() {}

        public static Html of(String text) {
            int exponent = text.indexOf('e');
            if (exponent < 0) {
                return Html.text(text);
            }
            return Html.fragment(List.of(
                    Html.text(text.substring(0, exponent) + "\u00d710"),
                    Element.of("sup", text.substring(exponent + 1).replace('-', '\u2212'))));
        }

        /**
         * How far the interval of a mean reaches, small behind a sign, or its tuning runs where these fall into two groups; nothing where that is
         * not known.
         */
        public static List<Html> spread(String sign, Quantity quantity, Summary summary) {
            String half = QuantityText.halfWidth(quantity, summary);
            return half.isEmpty()
                    ? QuantityText.groups(quantity, summary)
                            .map(runs -> List.of(Html.text(" "), (Html) Element.of("small", runs)))
                            .orElse(List.of())
                    : List.of(Html.text(" "), Element.of("small").add(sign).add(of(half)));
        }
    }

    /** The title of a page, which begins with a mark where the data are synthetic. */
    public static final class PageTitle {
        private PageTitle() {}

        public static String of(Results results) {
            return synthetic(results) + results.protocol().title();
        }

        /** The mark of synthetic data; empty for real data. */
        public static String synthetic(Results results) {
            return results.protocol().dataset().synthetic() ? "SYNTHETIC: " : "";
        }
    }
}
