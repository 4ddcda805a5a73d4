package io.github.linfhash.baselines.kernel;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The target that is left for the next bit of KSH, S = N S0 - Y'Y (Liu et al. 2012, section 3.2), as products that never form
 * it: S0 is the l x l matrix of pairwise similarity, +1 for similar rows and -1 for others, and the t rows of Y are the bits
 * found so far, entries +1 and -1. A row without any label is similar to none, itself included, as {@link Labels#similar}
 * says.
 *
 * <p>Rows of equal labels have equal rows of S0, so products work on the g different labels: a class, or a set of labels.
 * Which of them are similar is one bit a pair. The sum of a vector over the similar labels adds one entry of a table for
 * every eight of them: the table holds the sums of all 256 subsets of those eight. A class, which is similar to itself alone,
 * needs none. The cost is O(l + g^2 / 8) and the memory g^2 / 8 bytes; both are exact for sets as well, where sharing a label
 * has no low rank.
 *
 * <p>Eight bits of a row of labeled data are one byte, too. A product with eight rows of Y adds each entry of the vector to
 * the one of 256 sums that its byte names, and a product with eight columns adds to each entry the one of 256 values that its
 * byte names: an addition for each byte in place of eight, and a 64th of the memory that the matrix would take.
 *
 * <p>Sums over rows are always those of the upper half of the rows plus those of the lower half. Not safe for threads.
 */
final class ResidualSimilarity {
    private static final int BITS = Byte.SIZE;
    private static final int PATTERNS = 1 << BITS;

    private final int bits;
    private final int[] groupOf;
    private final int groups;
    private final int chunks;
    private final byte[] similar;

    /** Whether each group is similar to itself alone, as classes are. */
    private final boolean alone;

    private final byte[][] patterns;
    private final double[] even = new double[PATTERNS];
    private final double[] odd = new double[PATTERNS];
    private int found;

    /**
     * The target of the first bit.
     *
     * @param labels of the l rows
     * @param bits N
     */
    ResidualSimilarity(Labels labels, int bits) {
        this.bits = bits;
        this.groupOf = new int[labels.size()];
        List<Integer> representatives = new ArrayList<>();
        Map<Object, Integer> known = new HashMap<>();
        for (int i = 0; i < groupOf.length; i++) {
            Integer group = known.putIfAbsent(key(labels, i), representatives.size());
            if (group == null) {
                group = representatives.size();
                representatives.add(i);
            }
            groupOf[i] = group;
        }
        Labels distinct = labels.select(
                representatives.stream().mapToInt(Integer::intValue).toArray());
        this.groups = distinct.size();
        this.chunks = bytes(groups);
        this.similar = similarities(distinct);
        this.alone = labels instanceof ClassLabels;
        this.patterns = new byte[bytes(bits)][labels.size()];
    }

    private static int bytes(int bits) {
        return (bits + BITS - 1) / BITS;
    }

    private static Object key(Labels labels, int row) {
        if (labels instanceof ClassLabels classes) {
            return classes.get(row);
        }
        LabelSets sets = (LabelSets) labels;
        BitSet key = new BitSet(sets.labels());
        for (int label = 0; label < sets.labels(); label++) {
            key.set(label, sets.has(row, label));
        }
        return key;
    }

    private static byte[] similarities(Labels distinct) {
        int chunks = bytes(distinct.size());
        byte[] similar = new byte[Math.multiplyExact(distinct.size(), chunks)];
        for (int i = 0; i < distinct.size(); i++) {
            for (int j = 0; j < distinct.size(); j++) {
                if (distinct.similar(i, distinct, j)) {
                    similar[i * chunks + j / BITS] |= (byte) (1 << j % BITS);
                }
            }
        }
        return similar;
    }

    /** The number of rows l. */
    int size() {
        return groupOf.length;
    }

    /** The number of bits N. */
    int bits() {
        return bits;
    }

    /** Where the lower half of the rows begins. */
    int half() {
        return size() / 2;
    }

    /** All that products with S need to know of a vector: its sums over the groups, and its products with the bits found. */
    static final class Sums {
        private final double[] ofGroups;
        private final double[] withFound;

        private Sums(int groups, int bits) {
            ofGroups = new double[groups];
            withFound = new double[bits];
        }
    }

    /** Returns the sums of v that products with S need. */
    Sums sums(double[] v) {
        Sums sums = new Sums(chunks * BITS, bits);
        add(v, 0, half(), sums);
        add(v, half(), size(), sums);
        return sums;
    }

    /** Adds the sums over the rows from {@code from} to before {@code to}. */
    private void add(double[] v, int from, int to, Sums sums) {
        double[] ofGroups = new double[sums.ofGroups.length];
        for (int i = from; i < to; i++) {
            ofGroups[groupOf[i]] += v[i];
        }
        for (int group = 0; group < ofGroups.length; group++) {
            sums.ofGroups[group] += ofGroups[group];
        }
        for (int first = 0; first < found; first += BITS) {
            double[] ofPatterns = sumsOfPatterns(patterns[first / BITS], v, from, to);
            // Bit by bit from the highest: rows with the bit are the upper half, and then both halves become one.
            for (int bit = BITS - 1; bit >= 0; bit--) {
                int half = 1 << bit;
                double difference = 0;
                for (int p = 0; p < half; p++) {
                    difference += ofPatterns[half + p] - ofPatterns[p];
                    ofPatterns[p] += ofPatterns[half + p];
                }
                if (first + bit < found) {
                    sums.withFound[first + bit] += difference;
                }
            }
        }
    }

    /** The sum of v over the rows of each pattern; two tables, so that neighbors need not wait for each other. */
    private double[] sumsOfPatterns(byte[] pattern, double[] v, int from, int to) {
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
        int i = from;
        for (; i + 1 < to; i += 2) {
            even[pattern[i] & 0xff] += v[i];
            odd[pattern[i + 1] & 0xff] += v[i + 1];
        }
        if (i < to) {
            even[pattern[i] & 0xff] += v[i];
        }
        for (int p = 0; p < PATTERNS; p++) {
            even[p] += odd[p];
        }
        return even;
    }

    /** v' S v. */
    double quadraticForm(double[] v) {
        return quadraticForm(sums(v));
    }

    /** v' S v, for the sums of v. */
    double quadraticForm(Sums sums) {
        double total = sum(sums.ofGroups);
        double ofPairs = 2 * dot(sumsOfSimilar(sums.ofGroups), sums.ofGroups) - total * total;
        return bits * ofPairs - dot(sums.withFound, sums.withFound);
    }

    /** S v, as a new array of l. */
    double[] times(double[] v) {
        double[] result = new double[v.length];
        multiply(sums(v), result);
        return result;
    }

    /** Sets the result to S v, for the sums of v. */
    void multiply(Sums sums, double[] result) {
        double total = sum(sums.ofGroups);
        double[] ofGroup = sumsOfSimilar(sums.ofGroups);
        for (int group = 0; group < groups; group++) {
            ofGroup[group] = bits * (2 * ofGroup[group] - total);
        }
        for (int i = 0; i < result.length; i++) {
            result[i] = ofGroup[groupOf[i]];
        }
        for (int first = 0; first < found; first += BITS) {
            subtract(patterns[first / BITS], combinations(sums.withFound, first), result);
        }
    }

    /** For each group, the sum over the groups that are similar to it. */
    private double[] sumsOfSimilar(double[] sums) {
        if (alone) {
            return Arrays.copyOf(sums, groups);
        }
        double[] table = subsetSums(sums);
        double[] result = new double[groups];
        for (int group = 0; group < groups; group++) {
            double sum = 0;
            for (int chunk = 0; chunk < chunks; chunk++) {
                sum += table[chunk * PATTERNS + (similar[group * chunks + chunk] & 0xff)];
            }
            result[group] = sum;
        }
        return result;
    }

    /** For each chunk of eight groups, the sum of each subset; a subset's sum is one addition to a smaller subset's. */
    private double[] subsetSums(double[] sums) {
        double[] table = new double[chunks * PATTERNS];
        for (int chunk = 0; chunk < chunks; chunk++) {
            for (int subset = 1; subset < PATTERNS; subset++) {
                int lowest = Integer.numberOfTrailingZeros(subset);
                table[chunk * PATTERNS + subset] =
                        table[chunk * PATTERNS + (subset & (subset - 1))] + sums[chunk * BITS + lowest];
            }
        }
        return table;
    }

    /** For each pattern of eight bits, the sum of their weights with the signs that it gives them. */
    private double[] combinations(double[] weights, int first) {
        double[] values = even;
        values[0] = 0;
        int known = Math.min(BITS, found - first);
        for (int bit = 0; bit < known; bit++) {
            values[0] -= weights[first + bit];
        }
        for (int pattern = 1; pattern < 1 << known; pattern++) {
            int lowest = Integer.numberOfTrailingZeros(pattern);
            values[pattern] = values[pattern & (pattern - 1)] + 2 * weights[first + lowest];
        }
        return values;
    }

    private static void subtract(byte[] pattern, double[] values, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] -= values[pattern[i] & 0xff];
        }
    }

    /** Takes a found bit away from the target: l entries, each +1 or -1. */
    void deflate(double[] bit) {
        byte[] pattern = patterns[found / BITS];
        int flag = 1 << found % BITS;
        for (int i = 0; i < pattern.length; i++) {
            if (bit[i] > 0) {
                pattern[i] |= (byte) flag;
            }
        }
        found++;
    }

    private static double sum(double[] v) {
        double sum = 0;
        for (double entry : v) {
            sum += entry;
        }
        return sum;
    }

    /** u.v; four running sums, since one alone would wait for each addition. */
    static double dot(double[] u, double[] v) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < u.length; i += 4) {
            s0 += u[i] * v[i];
            s1 += u[i + 1] * v[i + 1];
            s2 += u[i + 2] * v[i + 2];
            s3 += u[i + 3] * v[i + 3];
        }
        for (; i < u.length; i++) {
            s0 += u[i] * v[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
