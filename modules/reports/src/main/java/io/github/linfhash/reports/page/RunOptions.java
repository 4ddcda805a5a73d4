package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.OptionValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which options methods have at some code lengths or with some seeds alone, in sentences; nothing where there are none. */
final class RunOptions {
    private RunOptions() {}

    static Html html(List<MethodSummary> methods) {
        return Html.fragment(List.of(
                list(
                        "Some options differ by code length. A length that the protocol does not name has those of the nearest"
                                + " that it does, of two as near those of the shorter.",
                        methods.stream()
                                .flatMap(method -> ofLengths(method).stream())
                                .toList()),
                list(
                        "Some options differ by seed. They take the place of those above in the runs of that seed.",
                        methods.stream()
                                .flatMap(method -> ofSeeds(method).stream())
                                .toList())));
    }

    private static Html list(String heading, List<String> changes) {
        return changes.isEmpty()
                ? Html.fragment(List.of())
                : Html.fragment(List.of(
                        Element.of("p", heading),
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

    /** A sentence for each seed, and for lengths apart where they have not the same options. */
    private static List<String> ofSeeds(MethodSummary method) {
        List<String> changes = new ArrayList<>();
        method.optionsForSeed().forEach((seed, lengths) -> {
            Map<Map<String, OptionValue>, List<String>> same = new LinkedHashMap<>();
            lengths.forEach((bits, changed) -> {
                if (!changed.isEmpty()) {
                    same.computeIfAbsent(changed, of -> new ArrayList<>()).add(bits.toString());
                }
            });
            same.forEach((changed, bits) -> changes.add(method.label() + " with seed " + seed + " at "
                    + String.join(" and ", bits) + " bits: "
                    + changed.entrySet().stream()
                            .map(option -> option.getKey() + " = " + option.getValue())
                            .collect(Collectors.joining(", "))));
        });
        return changes;
    }
}
