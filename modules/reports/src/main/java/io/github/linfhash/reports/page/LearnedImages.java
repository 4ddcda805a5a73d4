package io.github.linfhash.reports.page;

import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.OptionValue;
import io.github.linfhash.results.schema.ProtocolSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which methods learn from how many images, in a paragraph: not all that are compared see the same. */
final class LearnedImages {
    /** Supervised, and yet with statistics of all images: a kernel's anchors, bandwidth and means. */
    private static final String KSH = "ksh";

    /** The option of encoders that start from a dictionary: {@code labelled} or {@code unlabelled}. */
    private static final String ROWS = "dictionary.rows";

    private LearnedImages() {}

    static Html html(ProtocolSummary protocol) {
        String item = protocol.features().item();
        String labelled = Count.of(protocol.sizes().training(), "labelled training " + item);
        String all =
                "the features of all " + Count.of(protocol.sizes().database(), "database " + item) + " without labels";
        List<String> parts = new ArrayList<>();
        add(
                parts,
                protocol,
                method -> supervised(method) && !fromUnlabelled(method),
                "from the " + labelled + " alone");
        add(parts, protocol, method -> method.name().equals(KSH), "from the " + labelled + " and " + all);
        add(
                parts,
                protocol,
                method -> hasRows(method, "unlabelled"),
                "from the " + labelled + ", their dictionary from a draw of the database " + item
                        + "s without labels, at most" + " four times as many");
        add(parts, protocol, method -> method.supervision() == Supervision.UNSUPERVISED, "from " + all);
        add(parts, protocol, method -> method.supervision() == Supervision.DATA_INDEPENDENT, "from no " + item);
        add(
                parts,
                protocol,
                MethodSummary::madeElsewhere,
                "from what is not known here, as these codes were made elsewhere");
        String dictionary = protocol.methods().stream().anyMatch(method -> hasRows(method, "labelled"))
                ? " K-SVD, whose dictionary encoders start from, sees the labelled " + item + "s alone where " + ROWS
                        + " is labelled."
                : "";
        return Element.of("p", "What they learn from: " + String.join("; ", parts) + "." + dictionary);
    }

    private static void add(List<String> parts, ProtocolSummary protocol, Predicate<MethodSummary> fits, String what) {
        String names = protocol.methods().stream()
                .filter(fits)
                .map(MethodSummary::entry)
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            parts.add(names + " " + what);
        }
    }

    private static boolean supervised(MethodSummary method) {
        return method.supervision() == Supervision.SUPERVISED;
    }

    private static boolean fromUnlabelled(MethodSummary method) {
        return method.name().equals(KSH) || hasRows(method, "unlabelled");
    }

    private static boolean hasRows(MethodSummary method, String rows) {
        OptionValue value = method.options().get(ROWS);
        return value != null && value.toString().equals(rows);
    }
}
