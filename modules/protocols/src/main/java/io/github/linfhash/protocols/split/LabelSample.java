package io.github.linfhash.protocols.split;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.StratifiedSample;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/** The labels and rows that split rules draw from. */
final class LabelSample {
    private LabelSample() {}

    static LabelSets sets(Labels labels, String kind) {
        if (labels instanceof LabelSets sets) {
            return sets;
        }
        throw new InputException("split.kind: expected class-balanced for rows of one class each, found " + kind);
    }

    static ClassLabels classes(Labels labels, String kind) {
        if (labels instanceof ClassLabels classes) {
            return classes;
        }
        throw new InputException(
                "split.kind: expected label-balanced or copied-queries for rows with sets of labels, found " + kind);
    }

    /** The labels that most rows carry, in the order of their frequency. */
    static LabelSets mostFrequent(LabelSets sets, int count) {
        if (count > sets.labels()) {
            throw new InputException(
                    "split: expected at most the data set's " + sets.labels() + " labels, found " + count);
        }
        return sets.keep(sets.mostFrequent(count));
    }

    /** The rows that carry a label, ascending. */
    static int[] carrying(LabelSets sets, int label) {
        return IntStream.range(0, sets.size())
                .filter(row -> sets.has(row, label))
                .toArray();
    }

    /** Some of the rows, ascending, drawn without replacement; all of them where there are no more than that. */
    static int[] draw(int[] rows, int count, UniformRandomProvider random) {
        if (rows.length <= count) {
            return rows;
        }
        int[] order = new PermutationSampler(random, rows.length, count).sample();
        return Arrays.stream(order).map(i -> rows[i]).sorted().toArray();
    }

    /**
     * Training rows, ascending, drawn without replacement.
     *
     * @param free rows that are a query of no seed
     * @throws InputException if there are too few
     */
    static int[] training(int[] free, int count, UniformRandomProvider random) {
        if (free.length < count) {
            throw new InputException("the split leaves too few rows to train on: expected at least " + count
                    + " that are not a query under any seed, found " + free.length);
        }
        return draw(free, count, random);
    }

    /**
     * Equally many training rows of each class, ascending.
     *
     * @param rows of the classes that are trained on
     * @param reserved rows that never train
     * @throws InputException if a class has too few rows that may train
     */
    static int[] trainingOfEachClass(
            ClassLabels labels, int[] rows, BitSet reserved, int perClass, UniformRandomProvider random) {
        BitSet places = new BitSet();
        IntStream.range(0, rows.length)
                .filter(place -> reserved.get(rows[place]))
                .forEach(places::set);
        try {
            return ascending(rows, StratifiedSample.draw(labels.select(rows), places, perClass, random), perClass);
        } catch (InputException e) {
            throw new InputException("the split leaves too few rows to train on that are a query of no seed of the"
                    + " protocol: " + e.getMessage());
        }
    }

    /** Equally many of some rows of each class among them, ascending. */
    static int[] ofEachClass(ClassLabels labels, int[] rows, int perClass, UniformRandomProvider random) {
        return ascending(rows, StratifiedSample.draw(labels.select(rows), perClass, random), perClass);
    }

    private static int[] ascending(int[] rows, List<int[]> places, int perClass) {
        return Arrays.stream(StratifiedSample.ascending(places, 0, perClass))
                .map(place -> rows[place])
                .toArray();
    }

    /** The rows that are not in a set, ascending. */
    static int[] without(int rows, BitSet set) {
        return IntStream.range(0, rows).filter(row -> !set.get(row)).toArray();
    }

    static BitSet setOf(int[] rows) {
        BitSet set = new BitSet();
        Arrays.stream(rows).forEach(set::set);
        return set;
    }
}
