package io.github.linfhash.baselines.classifier;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import java.util.Arrays;

/**
 * Labels as what a regression aims at: a column for each label, 1 for the rows that carry it and 0 for the others, less
 * the column's mean.
 */
final class LabelTargets {
    private final boolean exclusive;
    private final double[] means;
    private final double[] centred;

    private LabelTargets(boolean exclusive, double[] means, double[] centred) {
        this.exclusive = exclusive;
        this.means = means;
        this.centred = centred;
    }

    /**
     * The targets of some rows.
     *
     * @throws InputException if all rows carry the same labels, so that there is nothing to tell apart
     */
    static LabelTargets of(Labels labels) {
        boolean[][] columns = labels instanceof LabelSets sets ? columns(sets) : columns((ClassLabels) labels);
        int l = labels.size();
        double[] means = new double[columns.length];
        double[] centred = new double[Math.multiplyExact(columns.length, l)];
        boolean differ = false;
        for (int c = 0; c < columns.length; c++) {
            int carriers = 0;
            for (boolean carried : columns[c]) {
                carriers += carried ? 1 : 0;
            }
            differ |= carriers > 0 && carriers < l;
            means[c] = (double) carriers / l;
            for (int i = 0; i < l; i++) {
                centred[c * l + i] = (columns[c][i] ? 1 : 0) - means[c];
            }
        }
        if (!differ) {
            throw new InputException(
                    "class-codes: expected training images of two classes or more, found the same labels on all " + l);
        }
        return new LabelTargets(labels instanceof ClassLabels, means, centred);
    }

    /** A column for each class that occurs, in ascending order. */
    private static boolean[][] columns(ClassLabels labels) {
        int[] classes = Arrays.stream(labels.toArray()).sorted().distinct().toArray();
        boolean[][] columns = new boolean[classes.length][labels.size()];
        for (int i = 0; i < labels.size(); i++) {
            columns[Arrays.binarySearch(classes, labels.get(i))][i] = true;
        }
        return columns;
    }

    private static boolean[][] columns(LabelSets sets) {
        boolean[][] columns = new boolean[sets.labels()][sets.size()];
        for (int c = 0; c < columns.length; c++) {
            for (int i = 0; i < sets.size(); i++) {
                columns[c][i] = sets.has(i, c);
            }
        }
        return columns;
    }

    /** Whether each row carries exactly one label, its class. */
    boolean exclusive() {
        return exclusive;
    }

    /** The share of rows that carry each label, as a new array. */
    double[] means() {
        return means.clone();
    }

    /** The columns one after another, each of l values, as a new array. */
    double[] centred() {
        return centred.clone();
    }

    /** The number of labels C. */
    int labels() {
        return means.length;
    }
}
