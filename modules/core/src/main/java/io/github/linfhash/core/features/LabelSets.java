package io.github.linfhash.core.features;

import java.util.Arrays;
import java.util.Objects;

/** A set of labels for each row, kept as bit masks; two rows are similar if they share at least one label. */
public final class LabelSets implements Labels {
    private final int rows;
    private final int labels;
    private final int words;
    private final long[] masks;

    private LabelSets(int rows, int labels, long[] masks) {
        this.rows = rows;
        this.labels = labels;
        this.words = wordsFor(labels);
        this.masks = masks;
    }

    /**
     * Packs a 0/1 matrix.
     *
     * @param rows n
     * @param labels the number of different labels, at least 1
     * @param indicator n * labels entries, row-major; true where the row carries the label
     */
    public static LabelSets of(int rows, int labels, boolean[] indicator) {
        if (labels < 1 || (long) rows * labels != indicator.length) {
            throw new IllegalArgumentException(
                    rows + " rows of " + labels + " labels cannot have " + indicator.length + " entries");
        }
        int words = wordsFor(labels);
        long[] masks = new long[rows * words];
        for (int i = 0; i < rows; i++) {
            for (int label = 0; label < labels; label++) {
                if (indicator[i * labels + label]) {
                    masks[i * words + (label >> 6)] |= 1L << label;
                }
            }
        }
        return new LabelSets(rows, labels, masks);
    }

    private static int wordsFor(int labels) {
        return (labels + 63) >> 6;
    }

    /** The number of different labels. */
    public int labels() {
        return labels;
    }

    /** Whether a row carries a label. */
    public boolean has(int row, int label) {
        Objects.checkIndex(label, labels);
        return (masks[row * words + (label >> 6)] >>> label & 1L) != 0;
    }

    @Override
    public int size() {
        return rows;
    }

    @Override
    public LabelSets select(int[] indices) {
        long[] chosen = new long[indices.length * words];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(masks, indices[i] * words, chosen, i * words, words);
        }
        return new LabelSets(indices.length, labels, chosen);
    }

    @Override
    public boolean similar(int i, Labels other, int j) {
        if (!(other instanceof LabelSets that) || that.labels != labels) {
            throw new IllegalArgumentException(
                    "label sets can be compared with sets of the same " + labels + " labels");
        }
        for (int w = 0; w < words; w++) {
            if ((masks[i * words + w] & that.masks[j * words + w]) != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sets flag i to 1 where row {@code first + i} shares a label with the other's row {@code query} and to 0 elsewhere,
     * for i below size.
     */
    void markSharing(LabelSets queries, int query, int first, int size, byte[] flags) {
        if (words == 1) {
            markSharing(queries.masks[query], first, size, flags);
            return;
        }
        for (int i = 0; i < size; i++) {
            long shared = 0;
            for (int w = 0; w < words; w++) {
                shared |= masks[(first + i) * words + w] & queries.masks[query * words + w];
            }
            flags[i] = oneIfNotZero(shared);
        }
    }

    private void markSharing(long wanted, int first, int size, byte[] flags) {
        for (int i = 0; i < size; i++) {
            flags[i] = oneIfNotZero(masks[first + i] & wanted);
        }
    }

    // Without a branch: which rows share a label is beyond what a processor can predict.
    private static byte oneIfNotZero(long bits) {
        return (byte) ((bits | -bits) >>> 63);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelSets that
                && rows == that.rows
                && labels == that.labels
                && Arrays.equals(masks, that.masks);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(masks);
    }
}
