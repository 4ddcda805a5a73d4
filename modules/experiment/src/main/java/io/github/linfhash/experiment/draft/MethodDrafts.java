package io.github.linfhash.experiment.draft;

import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.io.binding.StrictYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The methods that can work on the data, with their default options but for the number of anchors where there are few
 * rows; and code lengths that all of them allow.
 */
final class MethodDrafts {
    private static final List<String> ANCHORED = List.of("ksh", "agh1", "agh2");
    /** These keep a matrix of d x d numbers and decompose it. */
    private static final List<String> SPECTRAL = List.of("ldahash", "ldahash-dif", "itq", "sh");

    private static final List<String> ALL = List.of(
            "ksh",
            "agh1",
            "agh2",
            "psh",
            "ldahash",
            "ldahash-dif",
            "nnh",
            "snnh",
            "deep-linf",
            "itq",
            "sh",
            "lsh",
            "class-codes");
    private static final int DEFAULT_ANCHORS = 300;
    private static final int LARGEST_SPECTRAL = 4096;
    private static final List<Integer> LENGTHS = List.of(64, 48, 32, 24, 16, 12, 8, 6, 4, 2);

    private final DataSketch data;
    private final int anchors;

    MethodDrafts(DataSketch data, SplitDraft split) {
        this.data = data;
        this.anchors = Math.min(DEFAULT_ANCHORS, split.database() / 2);
    }

    /** Two code lengths, ascending, or one where the data have no room for more. */
    List<Integer> bits() {
        // PSH and ITQ have at most as many bits as features that vary; AGH has fewer than anchors.
        int most = Math.min(data.varying(), anchors / 3);
        List<Integer> fitting = LENGTHS.stream()
                .filter(length -> length <= most)
                .limit(2)
                .sorted()
                .toList();
        return fitting.isEmpty() ? List.of(2) : fitting;
    }

    /** The lines of the list of methods. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String method : ALL) {
            if (!isLeftOut(method)) {
                lines.add("- name: " + method);
                lines.addAll(recommended(method));
            }
            if (anchors < DEFAULT_ANCHORS && ANCHORED.contains(method)) {
                lines.add("  options: {anchors: " + anchors + "}");
            }
        }
        return lines;
    }

    /** Options in a line for each group, for people who change them. */
    private static List<String> recommended(String method) {
        Map<String, Object> options = MethodRegistry.standard().recommended(method);
        List<String> lines = new ArrayList<>();
        if (!options.isEmpty()) {
            lines.add("  options:");
        }
        options.forEach((name, value) -> lines.add("    " + name + ": " + StrictYaml.toYamlFlow(value)));
        return lines;
    }

    /** What the lines do not say by themselves; sentences for people. */
    List<String> why() {
        List<String> why = new ArrayList<>();
        why.add("Those given for the trained encoders are a beginning; `./linfhash tune` searches better ones on the"
                + " training images.");
        if (anchors < DEFAULT_ANCHORS) {
            why.add("The database is small, so there are " + anchors + " anchors instead of " + DEFAULT_ANCHORS + ".");
        }
        if (SPECTRAL.stream().anyMatch(this::isLeftOut)) {
            why.add("Left out, as they decompose a matrix of " + data.dimension() + " x " + data.dimension() + ": "
                    + String.join(", ", SPECTRAL) + ".");
        }
        return why;
    }

    private boolean isLeftOut(String method) {
        return data.dimension() > LARGEST_SPECTRAL && SPECTRAL.contains(method);
    }
}
