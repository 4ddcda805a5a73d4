package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.OptionOrigin;
import io.github.linfhash.results.schema.OptionValue;
import io.github.linfhash.results.schema.ProtocolSummary;
import java.util.List;
import java.util.Locale;

/** Every method with its citation, and the value of every option with where it comes from. */
final class MethodsSection {
    private MethodsSection() {}

    static Html html(ProtocolSummary protocol) {
        List<MethodSummary> methods = protocol.methods();
        return Section.of("methods", "Methods and their options")
                .add(LearnedImages.html(protocol))
                .add(RunOptions.html(methods))
                .add(Element.of("div")
                        .with("class", "cards")
                        .addAll(methods.stream().map(MethodsSection::card).toList()));
    }

    private static Element card(MethodSummary method) {
        List<Html> options = method.options().entrySet().stream()
                .map(option -> option(method, option.getKey(), option.getValue()))
                .toList();
        Element card = Element.of("div")
                .with("class", "card")
                .add(Element.of("h3").add(method.label() + " ").add(Element.of("code", method.entry())))
                .add(Element.of("p", method.citation() + " (" + supervision(method) + ")"));
        if (method.note() != null) {
            card = card.add(Element.of("p", method.note()));
        }
        return options.isEmpty()
                ? card.add(Element.of("p", "No options."))
                : card.add(Element.of("dl").addAll(options));
    }

    private static Html option(MethodSummary method, String name, OptionValue value) {
        Html term = Section.code(name, value.toString());
        OptionOrigin origin = method.origins().get(name);
        return origin == null
                ? term
                : Html.fragment(List.of(
                        term,
                        Element.of("dd", origin.source() + ": " + origin.note()).with("class", "origin")));
    }

    private static String supervision(MethodSummary method) {
        return method.supervision().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
