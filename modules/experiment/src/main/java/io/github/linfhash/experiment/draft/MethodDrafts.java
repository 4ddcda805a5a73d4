package io.github.linfhash.experiment.draft;

import io.github.linfhash.core.method.DataShape;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.io.binding.StrictYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The methods to begin with on the data, with the options that fit them; and code lengths that all of them allow. */
final class MethodDrafts {
    private static final int MOST_ANCHORS = 300;
    private static final List<Integer> LENGTHS = List.of(64, 48, 32, 24, 16, 12, 8, 6, 4, 2);

    private final DataSketch data;
    private final DataShape shape;
    private final MethodRegistry registry;

    MethodDrafts(DataSketch data, SplitDraft split, MethodRegistry registry) {
        this.data = data;
        this.shape = new DataShape(split.database(), data.dimension());
        this.registry = registry;
    }

    /** Two code lengths, ascending, or one where the data have no room for more. */
    List<Integer> bits() {
        // PSH and ITQ have at most as many bits as features that vary; AGH has fewer than anchors.
        int most = Math.min(data.varying(), Math.min(MOST_ANCHORS, shape.database() / 2) / 3);
        List<Integer> fitting = LENGTHS.stream()
                .filter(length -> length <= most)
                .limit(2)
                .sorted()
                .toList();
        return fitting.isEmpty() ? List.of(2) : fitting;
    }

    /** The lines of the list of methods, options in a line for each group, for people who change them. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (MethodSpec<?> method : registry.all()) {
            registry.recommended(method.name(), shape).ifPresent(options -> {
                lines.add("- name: " + method.name());
                if (!options.isEmpty()) {
                    lines.add("  options:");
                }
                options.forEach((name, value) -> lines.add("    " + name + ": " + StrictYaml.toYamlFlow(value)));
            });
        }
        return lines;
    }

    /** What the lines do not say by themselves; sentences for people. */
    List<String> why() {
        List<String> why = new ArrayList<>();
        why.add("Those given for the trained encoders are a beginning; `./linfhash tune` searches better ones on the"
                + " training images.");
        List<String> fewer = names(method -> registry.recommended(method.name(), shape)
                .filter(options -> !options.equals(registry.recommended(method.name())))
                .isPresent());
        if (!fewer.isEmpty()) {
            why.add("The database is small, so there are fewer anchors than usual: " + String.join(", ", fewer) + ".");
        }
        List<String> leftOut =
                names(method -> registry.recommended(method.name(), shape).isEmpty());
        if (!leftOut.isEmpty()) {
            why.add("Left out, as they decompose a matrix of " + data.dimension() + " x " + data.dimension() + ": "
                    + String.join(", ", leftOut) + ".");
        }
        return why;
    }

    private List<String> names(Predicate<MethodSpec<?>> wanted) {
        return registry.all().stream()
                .filter(wanted)
                .<String>map(MethodSpec::name)
                .toList();
    }
}
