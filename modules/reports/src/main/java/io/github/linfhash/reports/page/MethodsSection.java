package io.github.linfhash.reports.page;

import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.reports.page.PageParts.Count;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.OptionValue;
import io.github.linfhash.results.schema.OptionValue.OptionOrigin;
import io.github.linfhash.results.schema.OptionValue.OptionOrigin.Source;
import io.github.linfhash.results.schema.ProtocolSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every method with its citation, and the value of every option with its origin. */
public final class MethodsSection {
    private MethodsSection() {}

    static Html html(ProtocolSummary protocol) {
        List<Configuration> methods = protocol.methods();
        return Section.folding(
                "methods",
                "Methods and their options",
                false,
                List.of(
                        LearnedImages.html(protocol),
                        runOptions(methods),
                        Element.of("div")
                                .with("class", "cards")
                                .addAll(methods.stream()
                                        .map(MethodsSection::card)
                                        .toList())));
    }

    /** A method with its citation, the options that are not the method's defaults and, folded, those that are. */
    public static Element card(Configuration method) {
        Element card = Element.of("div")
                .with("class", "card")
                .add(Element.of("h3").add(method.label() + " ").add(Element.of("code", method.entry())))
                .add(Element.of("p", method.citation() + " (" + supervision(method) + ")"));
        if (method.note() != null) {
            card = card.add(Element.of("p", method.note()));
        }
        if (method.options().isEmpty()) {
            return card.add(Element.of("p", "No options."));
        }
        // One search or protocol set many options: its command is there once, below them.
        Map<String, List<Html>> chosen = new LinkedHashMap<>();
        List<Html> defaults = new ArrayList<>();
        method.options().forEach((name, value) -> {
            OptionOrigin origin = method.origins().get(name);
            Html term = Section.code(name, value.toString());
            if (origin == null || origin.source() == Source.TUNED || origin.source() == Source.PROTOCOL) {
                chosen.computeIfAbsent(origin == null ? "" : text(origin), key -> new ArrayList<>())
                        .add(term);
            } else {
                defaults.add(term);
                defaults.add(Element.of("dd", text(origin)).with("class", "origin"));
            }
        });
        for (Map.Entry<String, List<Html>> entry : chosen.entrySet()) {
            card = card.add(Element.of("dl").addAll(entry.getValue()));
            if (!entry.getKey().isEmpty()) {
                card = card.add(Element.of("p", entry.getKey()).with("class", "origin"));
            }
        }
        return defaults.isEmpty()
                ? card
                : card.add(Section.folded(
                        Count.of(defaults.size() / 2, "option") + " with the default",
                        Element.of("dl").addAll(defaults)));
    }

    /** Which options methods have at some code lengths alone, in sentences; nothing where there are none. */
    public static Html runOptions(List<Configuration> methods) {
        List<Html> changes = new ArrayList<>();
        for (Configuration method : methods) {
            method.optionsAt()
                    .forEach((bits, changed) -> changed.forEach((name, value) -> changes.add(
                            Html.text(method.label() + ": " + name + " = " + value + " at " + bits + " bits"))));
        }
        return changes.isEmpty()
                ? Html.fragment(List.of())
                : Html.fragment(List.of(
                        Element.of(
                                "p",
                                "Some options differ by code length. A code length that the protocol does not list uses the options of the"
                                        + " nearest listed length, or of the shorter one if two are equally near."),
                        Section.list("legend", changes)));
    }

    private static String text(OptionOrigin origin) {
        return origin.source() + ": " + origin.note();
    }

    private static String supervision(Configuration method) {
        return method.supervision().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Which methods learn from how many images, in a paragraph: not all that are compared see the same. */
    private static final class LearnedImages {
        /** Supervised, and yet with statistics of all images: a kernel's anchors, bandwidth and means. */
        private static final String KSH = "ksh";

        /** The option of encoders that start from a dictionary: {@code labeled} or {@code unlabeled}. */
        private static final String ROWS = "dictionary.rows";

        private LearnedImages() {}

        static Html html(ProtocolSummary protocol) {
            String item = protocol.features().item();
            String labeled = Count.of(protocol.sizes().training(), "labeled training " + item);
            Integer others = protocol.sizes().unlabeled();
            String all = others == null
                    ? "the features of all " + Count.of(protocol.sizes().database(), "database " + item)
                            + " without labels"
                    : "the features of " + Count.of(others, item) + " without labels";
            String drawn = others == null ? "the database " + item + "s" : Count.of(others, item);
            List<String> parts = new ArrayList<>();
            add(parts, protocol, method -> supervised(method) && !fromUnlabeled(method), "only the " + labeled);
            add(parts, protocol, method -> method.name().equals(KSH), "the " + labeled + " and " + all);
            add(
                    parts,
                    protocol,
                    method -> hasRows(method, "unlabeled"),
                    "the " + labeled + ", and for the dictionary, a sample of " + drawn
                            + " without labels, at most four times as many");
            add(parts, protocol, method -> method.supervision() == Supervision.UNSUPERVISED, all);
            add(parts, protocol, method -> method.supervision() == Supervision.DATA_INDEPENDENT, "no " + item + "s");
            add(parts, protocol, Configuration::madeElsewhere, "unknown, because these are external codes");
            String dictionary = protocol.methods().stream().anyMatch(method -> hasRows(method, "labeled"))
                    ? " K-SVD, which learns the initial dictionary of the encoders, uses only the labeled " + item
                            + "s if " + ROWS + " is labeled."
                    : "";
            return Element.of("p", "Training data. " + String.join("; ", parts) + "." + dictionary);
        }

        private static void add(
                List<String> parts, ProtocolSummary protocol, Predicate<Configuration> fits, String what) {
            String names = protocol.methods().stream()
                    .filter(fits)
                    .map(one -> ofMethod(protocol, one).allMatch(fits) ? one.name() : one.entry())
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (!names.isEmpty()) {
                parts.add(names + ": " + what);
            }
        }

        /** The configurations of the method of one. */
        private static Stream<Configuration> ofMethod(ProtocolSummary protocol, Configuration one) {
            return protocol.methods().stream().filter(other -> other.name().equals(one.name()));
        }

        private static boolean supervised(Configuration method) {
            return method.supervision() == Supervision.SUPERVISED;
        }

        private static boolean fromUnlabeled(Configuration method) {
            return method.name().equals(KSH) || hasRows(method, "unlabeled");
        }

        private static boolean hasRows(Configuration method, String rows) {
            OptionValue value = method.options().get(ROWS);
            return value != null && value.toString().equals(rows);
        }
    }
}
