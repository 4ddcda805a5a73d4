package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.io.input.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the words that rows are labeled with, and numbers them.
 *
 * <p>Words are numbered from 0 on in their order: whole numbers by their value if all words are some, otherwise as
 * texts. {@code +1}, {@code 1} and {@code 1.0} are one word.
 *
 * <p>If every row has exactly one word, words are classes. If some row has several, each row has a set of labels, which
 * may be empty.
 */
public final class LabelWords {
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

    /** Adds a row with its words, in any order; one that is there twice counts once. */
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
        int words = (places.length + 63) / 64;
        long[] masks = new long[Math.multiplyExact(rows.size(), words)];
        for (int i = 0; i < rows.size(); i++) {
            for (int number : rows.get(i)) {
                masks[i * words + (places[number] >> 6)] |= 1L << places[number];
            }
        }
        return LabelSets.owning(rows.size(), places.length, masks);
    }
}
