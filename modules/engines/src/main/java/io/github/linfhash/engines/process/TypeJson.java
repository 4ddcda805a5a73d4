package io.github.linfhash.engines.process;

import io.github.linfhash.engines.measure.Grid;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.IndexType.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Types of indexes and their grids as JSON. */
final class TypeJson {
    private TypeJson() {}

    /** The types that an engine says it has. */
    static List<IndexType> types(Answer hello) {
        List<IndexType> types = new ArrayList<>();
        for (Answer one : hello.objects("types")) {
            String name = one.text("name");
            if (!name.matches("[a-z][a-z0-9]*-[a-z0-9-]{1,40}")) {
                throw one.wrong("types named METHOD-CODE in small letters", "'" + name + "'");
            }
            Answer parameters = one.object("parameters");
            IndexType type = new IndexType(
                    name,
                    one.flag("graph"),
                    one.flag("coded"),
                    (int) one.whole("most_dimensions", 1, Integer.MAX_VALUE),
                    parameters
                            .json()
                            .propertyStream()
                            .map(field -> parameter(parameters, field.getKey()))
                            .toList(),
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
        if (types.stream().map(IndexType::name).distinct().count() < Math.max(1, types.size())) {
            throw hello.wrong("types, each with a name of its own", types.toString());
        }
        return List.copyOf(types);
    }

    private static Parameter parameter(Answer parameters, String name) {
        if (parameters.json().path(name).asText().equals("boolean")) {
            return Parameter.flag(name);
        }
        List<Integer> ends = parameters.ascending(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return Parameter.number(name, ends.get(0), ends.get(ends.size() - 1));
    }

    private static Parameter effort(Answer effort) {
        int least = (int) effort.whole("least", 1, Integer.MAX_VALUE);
        return Parameter.number(effort.text("name"), least, (int) effort.whole("most", least, Integer.MAX_VALUE));
    }

    /** The grid of a type, as an engine describes it. A graph finds no more rows than its effort: smaller ones are left out. */
    static Grid grid(Answer answer, IndexType type, int neighbors) {
        Parameter effort = type.effort();
        List<Integer> candidates =
                answer.ascending("candidates", neighbors, Math.max(neighbors, type.mostCandidates()));
        List<Integer> efforts = (effort == null
                        ? answer.ascending("efforts", IndexType.NO_EFFORT, IndexType.NO_EFFORT)
                        : answer.ascending("efforts", effort.least(), effort.most()))
                .stream()
                        .filter(one -> !type.graph() || one >= candidates.get(0))
                        .toList();
        if (efforts.isEmpty()) {
            throw answer.wrong(
                    "an effort of " + type + " of at least its " + candidates.get(0) + " candidates", "none");
        }
        return new Grid(
                builds(answer, "builds", type),
                builds(answer, "usual", type),
                builds(answer, "larger", type),
                efforts,
                candidates);
    }

    private static List<IndexSpec> builds(Answer answer, String field, IndexType type) {
        return answer.objects(field).stream()
                .map(one -> new IndexSpec(
                        type,
                        type.parameters().stream()
                                .collect(Collectors.toMap(Parameter::name, parameter -> value(one, parameter)))))
                .toList();
    }

    private static int value(Answer build, Parameter parameter) {
        return parameter.flag()
                ? build.flag(parameter.name()) ? 1 : 0
                : (int) build.whole(parameter.name(), parameter.least(), parameter.most());
    }

    /** The parameters of a build. */
    static Map<String, Object> parameters(IndexSpec spec) {
        return spec.type().parameters().stream()
                .collect(Collectors.toMap(
                        Parameter::name,
                        one -> one.flag() ? spec.parameter(one.name()) != 0 : (Object) spec.parameter(one.name())));
    }
}
