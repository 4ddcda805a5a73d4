package io.github.linfhash.core.features;

import io.github.linfhash.core.digest.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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

    /**
     * Wraps packed masks without copying them; the caller gives the array away and must not write to it again.
     *
     * @param rows n
     * @param labels the number of different labels, at least 1
     * @param masks n * ceil(labels / 64) words, row-major; label l of a row is bit l mod 64 of the row's word l / 64, and
     *     all bits beyond the last label are 0
     */
    public static LabelSets owning(int rows, int labels, long[] masks) {
        if (labels < 1 || (long) rows * wordsFor(labels) != masks.length) {
            throw new IllegalArgumentException(
                    rows + " rows of " + labels + " labels cannot have " + masks.length + " words");
        }
        LabelSets sets = new LabelSets(rows, labels, masks);
        long beyond = (labels & 63) == 0 ? 0 : -1L << labels;
        for (int word = sets.words - 1; word < masks.length; word += sets.words) {
            if ((masks[word] & beyond) != 0) {
                throw new IllegalArgumentException("a row carries a label beyond the " + labels + " labels");
            }
        }
        return sets;
    }

    /**
     * Packs lists of labels.
     *
     * @param rows n
     * @param labels the number of different labels, at least 1
     * @param labelsOf the labels of a row, each from 0 to {@code labels - 1}, in any order
     */
    public static LabelSets ofRows(int rows, int labels, IntFunction<int[]> labelsOf) {
        int words = wordsFor(labels);
        long[] masks = new long[Math.multiplyExact(rows, words)];
        for (int row = 0; row < rows; row++) {
            for (int label : labelsOf.apply(row)) {
                masks[row * words + (Objects.checkIndex(label, labels) >> 6)] |= 1L << label;
            }
        }
        return owning(rows, labels, masks);
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
    public String sha256() {
        ByteBuffer content =
                ByteBuffer.allocate(8 + Math.multiplyExact(8, masks.length)).order(ByteOrder.LITTLE_ENDIAN);
        content.putInt(rows).putInt(labels);
        content.asLongBuffer().put(masks);
        return HexFormat.of().formatHex(Digests.sha256().digest(content.array()));
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

    /**
     * Returns the rows with only some of the labels.
     *
     * @param kept the labels that stay, at least 1; label {@code kept[k]} becomes label k
     */
    public LabelSets keep(int[] kept) {
        int newWords = wordsFor(kept.length);
        long[] chosen = new long[Math.multiplyExact(rows, newWords)];
        for (int k = 0; k < kept.length; k++) {
            Objects.checkIndex(kept[k], labels);
            int word = kept[k] >> 6;
            for (int row = 0; row < rows; row++) {
                long bit = masks[row * words + word] >>> kept[k] & 1L;
                chosen[row * newWords + (k >> 6)] |= bit << k;
            }
        }
        return owning(rows, kept.length, chosen);
    }

    /** How many rows carry each label: entry l counts label l. */
    public int[] counts() {
        int[] counts = new int[labels];
        for (int row = 0; row < rows; row++) {
            for (int w = 0; w < words; w++) {
                for (long left = masks[row * words + w]; left != 0; left &= left - 1) {
                    counts[(w << 6) + Long.numberOfTrailingZeros(left)]++;
                }
            }
        }
        return counts;
    }

    /**
     * The labels that most rows carry, the most frequent first; of equally frequent ones the lower index comes first.
     *
     * @param count how many, from 1 to {@link #labels}
     */
    public int[] mostFrequent(int count) {
        Objects.checkIndex(count - 1, labels);
        int[] counts = counts();
        return IntStream.range(0, labels)
                .boxed()
                .sorted(Comparator.comparingInt((Integer label) -> -counts[label]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** How many labels a row carries. */
    public int count(int row) {
        int count = 0;
        for (int w = 0; w < words; w++) {
            count += Long.bitCount(masks[row * words + w]);
        }
        return count;
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

    @Override
    public boolean haveSimilarPair() {
        return Arrays.stream(counts()).anyMatch(rowsOfLabel -> rowsOfLabel > 1);
    }

    /** Of equal sets one is looked at, so that a collection with few different ones is quick to search. */
    @Override
    public boolean haveDissimilarPair() {
        if (Arrays.stream(counts()).anyMatch(rowsOfLabel -> rowsOfLabel == rows)) {
            return false;
        }
        Map<LongBuffer, Integer> different = new LinkedHashMap<>();
        for (int row = 0; row < rows; row++) {
            LongBuffer mask = LongBuffer.wrap(masks, row * words, words).slice();
            if (different.putIfAbsent(mask, row) != null && !similar(row, this, row)) {
                return true; // two rows without any label
            }
        }
        List<Integer> chosen = List.copyOf(different.values());
        for (int i = 1; i < chosen.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (!similar(chosen.get(i), this, chosen.get(j))) {
                    return true;
                }
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
