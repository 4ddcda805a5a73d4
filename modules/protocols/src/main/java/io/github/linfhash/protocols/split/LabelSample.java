package io.github.linfhash.protocols.split;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/** What rules draw from. */
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

    static void requirePositive(String key, int value) {
        if (value < 1) {
            throw new InputException("split." + key + ": expected at least 1, found " + value);
        }
    }
}
