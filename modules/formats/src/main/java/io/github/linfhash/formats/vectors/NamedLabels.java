package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.io.input.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Labels with the names of the classes.
 *
 * @param labels the ground truth of each row
 * @param names entry i names class or label i; empty where the file has no names
 */
public record NamedLabels(Labels labels, List<String> names) {
    public NamedLabels {
        names = List.copyOf(names);
    }

    /**
     * Returns the labels of two files with common numbers. Two labels are the same if their names are, or their numbers where a file has no
     * names. If one file contains sets of labels, those of the other become sets too.
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
        return LabelSets.ofRows(rows.size(), labels, rows::get);
    }

    /**
     * Collects the words that rows are labeled with, and numbers them.
     *
     * <p>Words are numbered from 0 on in their order: whole numbers by their value if all words are some, otherwise as
     * texts. {@code +1}, {@code 1} and {@code 1.0} are one word.
     *
     * <p>If every row has exactly one word, words are classes. If some row has several, each row has a set of labels, which
     * may be empty.
     */
    public static final class LabelWords {
        private static final int MOST_LABELS = 1 << 16;
        private static final int LONGEST_WORD = 200;

        private final String file;
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<int[]> rows = new ArrayList<>();
        private int most;
        private int firstWithout = -1;

        /** @param file the file's name, for messages */
        public LabelWords(String file) {
            this.file = file;
        }

        /** Adds a row with its words, in any order; duplicates count once. */
        public void add(List<String> words) {
            int[] row = words.size() == 1
                    ? new int[] {number(words.get(0))}
                    : words.stream().mapToInt(this::number).distinct().toArray();
            most = Math.max(most, row.length);
            if (row.length == 0 && firstWithout < 0) {
                firstWithout = rows.size();
            }
            rows.add(row);
        }

        private int number(String word) {
            Integer seen = numbers.get(word);
            if (seen != null) {
                return seen;
            }
            if (word.length() > LONGEST_WORD) {
                throw new InputException(file + " has a wrong label in row " + rows.size()
                        + " (counted from 0): expected at most " + LONGEST_WORD + " characters, found "
                        + word.length());
            }
            String key = NumberText.isWhole(word) ? Long.toString(NumberText.whole(word)) : word;
            Integer known = numbers.get(key);
            if (known == null) {
                known = numbers.size();
                numbers.put(key, known);
            }
            return known;
        }

        /** The number of rows so far. */
        public int size() {
            return rows.size();
        }

        /**
         * The labels of all rows.
         *
         * @throws InputException if there are none, if a row has none and no row has several, or if there are more than
         *     65,536 different ones in sets
         */
        public NamedLabels toLabels() {
            if (numbers.isEmpty()) {
                throw new InputException(file + " has no labels: expected at least one, found none");
            }
            if (firstWithout >= 0 && most < 2) {
                throw new InputException(file + " has no label in row " + firstWithout
                        + " (counted from 0): expected one, as no row has several, found none");
            }
            boolean whole = numbers.keySet().stream().allMatch(NumberText::isWhole);
            List<String> names = numbers.keySet().stream()
                    .sorted(whole ? Comparator.comparingLong(NumberText::whole) : Comparator.naturalOrder())
                    .toList();
            int[] places = new int[names.size()];
            for (int i = 0; i < places.length; i++) {
                places[numbers.getOrDefault(names.get(i), 0)] = i;
            }
            return new NamedLabels(most == 1 ? classes(places) : sets(places), names);
        }

        private ClassLabels classes(int[] places) {
            return ClassLabels.of(rows.stream().mapToInt(row -> places[row[0]]).toArray());
        }

        private LabelSets sets(int[] places) {
            if (places.length > MOST_LABELS) {
                throw new InputException(file + " has too many labels: expected at most " + MOST_LABELS
                        + " different ones, found " + places.length);
            }
            return LabelSets.ofRows(
                    rows.size(),
                    places.length,
                    row -> Arrays.stream(rows.get(row))
                            .map(number -> places[number])
                            .toArray());
        }
    }
}
