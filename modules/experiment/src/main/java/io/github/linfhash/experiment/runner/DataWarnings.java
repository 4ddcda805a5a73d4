package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Sentences about labels and vectors that are allowed, and that their user may not have meant. */
public final class DataWarnings {
    private DataWarnings() {}

    /** Names negative classes, and sets of labels that are classes in truth. */
    public static List<String> of(Labels labels) {
        if (labels instanceof ClassLabels classes) {
            long negative =
                    Arrays.stream(classes.toArray()).filter(label -> label < 0).count();
            return negative == 0
                    ? List.of()
                    : List.of(negative + " of " + labels.size() + " labels are negative and count as classes;"
                            + " leave these rows out if a negative label means that a row is unlabeled");
        }
        LabelSets sets = (LabelSets) labels;
        boolean oneEach = sets.labels() > 1 && IntStream.range(0, sets.size()).allMatch(row -> sets.count(row) == 1);
        return oneEach
                ? List.of("each row has exactly one of " + sets.labels() + " labels; if these are classes, pass the"
                        + " number of its class for each row instead of a matrix, as some methods need classes")
                : List.of();
    }

    /**
     * The same, and names vectors of zeros where they are to be scaled.
     *
     * @param raw n x d, before any preprocessing
     * @param scaled whether each vector is scaled to Euclidean length 1
     */
    static List<String> of(Labels labels, FeatureMatrix raw, boolean scaled) {
        List<String> all = new ArrayList<>(of(labels));
        int[] zero = scaled ? zeros(raw) : new int[0];
        if (zero.length > 0) {
            all.add(zero.length + " of " + raw.rows() + " vectors are zero, the first in row " + zero[0]
                    + " (counted from 0); leave them out, as preprocessing.normalize: l2 needs a direction");
        }
        return all;
    }

    private static int[] zeros(FeatureMatrix raw) {
        float[] row = new float[raw.dimension()];
        return IntStream.range(0, raw.rows())
                .filter(i -> {
                    raw.copyRow(i, row);
                    for (float value : row) {
                        if (value != 0) {
                            return false;
                        }
                    }
                    return true;
                })
                .toArray();
    }
}
