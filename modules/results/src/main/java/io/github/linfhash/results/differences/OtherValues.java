package io.github.linfhash.results.differences;

import io.github.linfhash.results.schema.EnvironmentSummary;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of the environment and of the options of methods two results have differently. */
final class OtherValues {
    private OtherValues() {}

    static List<OtherValue> of(Results first, Results second) {
        Map<String, String> a = values(first);
        Map<String, String> b = values(second);
        Set<String> names = new LinkedHashSet<>(a.keySet());
        names.addAll(b.keySet());
        return names.stream()
                .map(name -> new OtherValue(name, a.getOrDefault(name, ""), b.getOrDefault(name, "")))
                .filter(value -> !value.first().equals(value.second()))
                .toList();
    }

    private static Map<String, String> values(Results results) {
        EnvironmentSummary environment = results.environment();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("version", environment.version());
        values.put("commit", environment.commit());
        values.put("jdk", environment.jdk());
        values.put("os", environment.os());
        values.put("cpu", environment.cpu());
        values.put("cores", Integer.toString(environment.cores()));
        values.put("backend", environment.backend());
        values.put("threads", Integer.toString(environment.threads()));
        values.put("workers", Integer.toString(environment.workers()));
        for (MethodSummary method : results.protocol().methods()) {
            method.options().forEach((name, value) -> values.put(method.entry() + "." + name, value.toString()));
            method.optionsAt()
                    .forEach((bits, changed) -> changed.forEach((name, value) ->
                            values.put(method.entry() + "." + name + " at " + bits + " bits", value.toString())));
            method.optionsForSeed()
                    .forEach((seed, lengths) ->
                            lengths.forEach((bits, changed) -> changed.forEach((name, value) -> values.put(
                                    method.entry() + "." + name + " at " + bits + " bits with seed " + seed,
                                    value.toString()))));
        }
        return values;
    }
}
