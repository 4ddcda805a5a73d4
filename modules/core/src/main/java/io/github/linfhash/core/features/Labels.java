package io.github.linfhash.core.features;

/** The ground truth of n rows: one class each, or a set of labels each. */
public sealed interface Labels permits ClassLabels, LabelSets {
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
}
