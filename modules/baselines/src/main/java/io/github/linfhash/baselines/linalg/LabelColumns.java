package io.github.linfhash.baselines.linalg;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import java.util.Arrays;

/** Labels as a matrix of zeros and ones, which regressions have as their target. */
public final class LabelColumns {
    private LabelColumns() {}

    /** Which rows carry each label, C columns of l entries; of classes, those that occur, in ascending order. */
    public static boolean[][] of(Labels labels) {
        if (labels instanceof LabelSets sets) {
            boolean[][] columns = new boolean[sets.labels()][sets.size()];
            for (int c = 0; c < columns.length; c++) {
                for (int i = 0; i < sets.size(); i++) {
                    columns[c][i] = sets.has(i, c);
                }
            }
            return columns;
        }
        int[] ofRows = ((ClassLabels) labels).toArray();
        int[] classes = Arrays.stream(ofRows).sorted().distinct().toArray();
        boolean[][] columns = new boolean[classes.length][ofRows.length];
        for (int i = 0; i < ofRows.length; i++) {
            columns[Arrays.binarySearch(classes, ofRows[i])][i] = true;
        }
        return columns;
    }

    /** Returns the columns of {@link #of} as numbers, l x C, row-major. */
    public static double[] matrix(Labels labels) {
        boolean[][] columns = of(labels);
        int count = columns.length;
        double[] matrix = new double[Math.multiplyExact(labels.size(), count)];
        for (int c = 0; c < count; c++) {
            for (int i = 0; i < labels.size(); i++) {
                matrix[i * count + c] = columns[c][i] ? 1 : 0;
            }
        }
        return matrix;
    }
}
