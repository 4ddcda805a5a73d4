package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.schema.MethodSummary;
import java.util.ArrayList;
import java.util.List;

/** Which options methods have at some code lengths or with some seeds alone, in sentences; nothing where there are none. */
final class RunOptions {
    private RunOptions() {}

    static Html html(List<MethodSummary> methods) {
        List<String> changes =
                methods.stream().flatMap(method -> ofLengths(method).stream()).toList();
        return changes.isEmpty()
                ? Html.fragment(List.of())
                : Html.fragment(List.of(
                        Element.of(
                                "p",
                                "Some options differ by code length. A length that the protocol does not name has those of the"
                                        + " nearest that it does, of two as near those of the shorter."),
                        Element.of("ul")
                                .with("class", "legend")
                                .addAll(changes.stream()
                                        .map(change -> Element.of("li", change))
                                        .toList())));
    }

    private static List<String> ofLengths(MethodSummary method) {
        List<String> changes = new ArrayList<>();
        method.optionsAt()
                .forEach((bits, changed) -> changed.forEach((name, value) ->
                        changes.add(method.label() + ": " + name + " = " + value + " at " + bits + " bits")));
        return changes;
    }
}
