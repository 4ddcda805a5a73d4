package io.github.linfhash.reports.page;

import io.github.linfhash.reports.results.MethodSummary;
import io.github.linfhash.reports.results.Results;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names of methods and their rows for people. */
final class MethodNames {
    private final Map<String, String> titles = new LinkedHashMap<>();

    MethodNames(Results results) {
        for (MethodSummary method : results.protocol().methods()) {
            titles.put(method.entry(), method.label());
        }
    }

    String title(String name) {
        return titles.getOrDefault(name, name);
    }
}
