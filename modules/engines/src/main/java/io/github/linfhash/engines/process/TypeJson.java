package io.github.linfhash.engines.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.linfhash.engines.measure.Grid;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.IndexType.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Types of indexes and their grids as JSON. */
final class TypeJson {
    private TypeJson() {}

    /** The types that an engine says it has. */
    static List<IndexType> types(Answer hello) {
        Set<String> names = new HashSet<>();
        List<IndexType> types = new ArrayList<>();
        for (Answer one : hello.objects("types")) {
            String name = one.text("name");
            if (!name.matches("[a-z][a-z0-9]*-[a-z0-9-]{1,40}") || !names.add(name)) {
                throw one.wrong("types named METHOD-CODE in small letters, each once", "'" + name + "'");
            }
            List<Parameter> parameters = new ArrayList<>();
            Answer given = one.object("parameters");
            for (Map.Entry<String, JsonNode> field : given.json().properties()) {
                parameters.add(parameter(given, field.getKey(), field.getValue()));
            }
            IndexType type = new IndexType(
                    name,
                    one.flag("graph"),
                    one.flag("coded"),
                    (int) one.whole("most_dimensions", 1, Integer.MAX_VALUE),
                    parameters,
                    one.json().has("effort") ? effort(one.object("effort")) : null,
                    (int) one.whole("most_candidates", 1, Integer.MAX_VALUE));
            String twice = type.doubleKey();
            if (twice != null) {
                throw one.wrong(
                        "parameters of " + name + " whose keys differ from one another and from those of measure.json",
                        "'" + twice + "'");
            }
            types.add(type);
        }
        if (types.isEmpty()) {
            throw hello.wrong("types with at least one type", "none");
        }
        return List.copyOf(types);
    }

    private static Parameter parameter(Answer parameters, String name, JsonNode found) {
        if (found.isTextual() && found.asText().equals("boolean")) {
            return Parameter.flag(name);
        }
        List<Integer> ends = parameters.ascending(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (ends.size() != 2) {
            throw parameters.wrong(name + " as \"boolean\", or the least and the most", found.toString());
        }
        return Parameter.number(name, ends.get(0), ends.get(1));
    }

    private static Parameter effort(Answer effort) {
        int least = (int) effort.whole("least", 1, Integer.MAX_VALUE);
        return Parameter.number(effort.text("name"), least, (int) effort.whole("most", least, Integer.MAX_VALUE));
    }

    /** What an engine says is tried of a type. */
    static Grid grid(Answer answer, IndexType type, int neighbors) {
        List<IndexSpec> builds = builds(answer, "builds", type);
        if (builds.isEmpty()) {
            throw answer.wrong("builds with at least one object", "none");
        }
        Parameter effort = type.effort();
        return new Grid(
                builds,
                builds(answer, "usual", type),
                builds(answer, "larger", type),
                effort == null
                        ? answer.ascending("efforts", IndexType.NO_EFFORT, IndexType.NO_EFFORT)
                        : answer.ascending("efforts", effort.least(), effort.most()),
                answer.ascending("candidates", neighbors, Math.max(neighbors, type.mostCandidates())));
    }

    private static List<IndexSpec> builds(Answer answer, String field, IndexType type) {
        List<IndexSpec> all = new ArrayList<>();
        for (Answer one : answer.objects(field)) {
            Map<String, Integer> values = new HashMap<>();
            for (Parameter parameter : type.parameters()) {
                String name = parameter.name();
                values.put(
                        name,
                        parameter.flag()
                                ? one.flag(name) ? 1 : 0
                                : (int) one.whole(name, parameter.least(), parameter.most()));
            }
            all.add(new IndexSpec(type, values));
        }
        return all;
    }

    /** The parameters of a build. */
    static Map<String, Object> parameters(IndexSpec spec) {
        Map<String, Object> values = new HashMap<>();
        for (Parameter parameter : spec.type().parameters()) {
            int value = spec.parameter(parameter.name());
            values.put(parameter.name(), parameter.flag() ? (Object) (value != 0) : (Object) value);
        }
        return values;
    }
}
