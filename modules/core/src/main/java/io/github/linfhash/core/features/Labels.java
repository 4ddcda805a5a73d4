package io.github.linfhash.core.features;

import java.io.Serializable;

/** The ground truth of n rows: one class each, or a set of labels each. */
public sealed interface Labels extends Serializable permits ClassLabels, LabelSets {
    /** The number of rows, n. */
    int size();

    /** The labels of the chosen rows, in the order of the indices. */
    Labels select(int[] indices);

    /**
     * Whether row {@code i} of these and row {@code j} of {@code other} are similar: of the same class, or sharing a
     * label.
     *
     * @throws IllegalArgumentException if the other labels are of another kind or width
     */
    boolean similar(int i, Labels other, int j);

    /** Whether any two rows are similar. */
    boolean haveSimilarPair();

    /** Whether any two rows are not similar. */
    boolean haveDissimilarPair();

    /**
     * SHA-256, in hex, little-endian: of classes, n and the classes as int32; of label sets, n and the number of labels
     * as int32, then for each row its mask as int64, label k in bit k % 64 of number k / 64.
     */
    String sha256();
}
