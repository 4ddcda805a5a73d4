package io.github.linfhash.engines.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An index with the parameters of its build, which are those for all rows.
 *
 * @param type of index
 * @param parameters values by name, in the order of the type
 */
public record IndexSpec(IndexType type, Map<String, Integer> parameters) {
    public IndexSpec {
        Map<String, Integer> ordered = new LinkedHashMap<>();
        for (IndexType.Parameter one : type.parameters()) {
            Integer value = parameters.get(one.name());
            if (value == null) {
                throw new IllegalArgumentException(type + " lacks " + one.name());
            }
            ordered.put(one.name(), value);
        }
        parameters = Collections.unmodifiableMap(ordered);
    }

    /** The value of a parameter, which the type has. */
    public int parameter(String name) {
        return Objects.requireNonNull(parameters.get(name));
    }

    /** The parameters as text. */
    public String text() {
        return type.parameters().stream()
                .map(one -> one.text(parameter(one.name())))
                .collect(Collectors.joining(", "));
    }

    /** The type with the parameters, for sentences. */
    @Override
    public String toString() {
        List<IndexType.Parameter> all = type.parameters();
        return all.isEmpty() ? type.name() : type + " with " + text();
    }
}
