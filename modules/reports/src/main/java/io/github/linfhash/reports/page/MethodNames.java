package io.github.linfhash.reports.page;

import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
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
