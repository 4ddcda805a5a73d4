package io.github.linfhash.data.vectors;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Labels with the names of what they are.
 *
 * @param labels the ground truth of each row
 * @param names entry i names class or label i; empty where the file has no names
 */
public record NamedLabels(Labels labels, List<String> names) {
    public NamedLabels {
        names = List.copyOf(names);
    }

    /**
     * The labels of two files under the same numbers: what has the same name, or the same number where a file has no names,
     * is the same label. If rows of one of the files have sets of labels, so have those of the other.
     *
     * @return both, in this order; nothing if one is a matrix without names, which columns of the other cannot be told in
     */
    public static Optional<List<Labels>> together(NamedLabels first, NamedLabels second) {
        if (first.names.isEmpty() && second.names.isEmpty()) {
            return Optional.of(List.of(first.labels, second.labels));
        }
        if (first.isMatrix() || second.isMatrix()) {
            return Optional.empty();
        }
        Map<String, Integer> numbers = new HashMap<>();
        List<int[]> mine = first.rows(numbers);
        List<int[]> others = second.rows(numbers);
        boolean sets = first.labels instanceof LabelSets || second.labels instanceof LabelSets;
        return Optional.of(List.of(numbered(mine, sets, numbers.size()), numbered(others, sets, numbers.size())));
    }

    private boolean isMatrix() {
        return names.isEmpty() && labels instanceof LabelSets;
    }

    /** The labels of each row by common numbers; new names get the next ones. */
    private List<int[]> rows(Map<String, Integer> numbers) {
        List<int[]> rows = new ArrayList<>();
        for (int row = 0; row < labels.size(); row++) {
            rows.add(labelsOf(row)
                    .mapToObj(label -> names.isEmpty() ? String.valueOf(label) : names.get(label))
                    .mapToInt(name -> number(name, numbers))
                    .toArray());
        }
        return rows;
    }

    private IntStream labelsOf(int row) {
        return labels instanceof LabelSets sets
                ? IntStream.range(0, sets.labels()).filter(label -> sets.has(row, label))
                : IntStream.of(((ClassLabels) labels).get(row));
    }

    private static int number(String name, Map<String, Integer> numbers) {
        return numbers.computeIfAbsent(name, unknown -> numbers.size());
    }

    private static Labels numbered(List<int[]> rows, boolean sets, int labels) {
        if (!sets) {
            return ClassLabels.of(rows.stream().mapToInt(row -> row[0]).toArray());
        }
        boolean[] indicator = new boolean[Math.multiplyExact(rows.size(), labels)];
        for (int row = 0; row < rows.size(); row++) {
            for (int label : rows.get(row)) {
                indicator[row * labels + label] = true;
            }
        }
        return LabelSets.of(rows.size(), labels, indicator);
    }
}
