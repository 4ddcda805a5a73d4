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
 * The l x l matrix S0 of pairwise similarity, +1 for similar rows and -1 for others, as a product that never forms it.
 *
 * <p>Rows of equal labels have equal rows of S0, so the product works on the g different labels: a class, or a set of
 * labels. Which of them are similar is one bit a pair. The sum of a vector over the similar labels adds one entry of a
 * table for every eight of them: the table holds the sums of all 256 subsets of those eight. The cost is O(l + g^2 / 8)
 * and the memory g^2 / 8 bytes; both are exact for sets as well, where sharing a label has no low rank.
 *
 * <p>A row without any label is similar to none, itself included, as {@link Labels#similar} says.
 */
final class PairSimilarity {
    private static final int CHUNK = 8;
    private static final int SUBSETS = 1 << CHUNK;

    private final int[] groupOf;
    private final int groups;
    private final int chunks;
    private final byte[] similar;

    private PairSimilarity(int[] groupOf, int groups, byte[] similar) {
        this.groupOf = groupOf;
        this.groups = groups;
        this.chunks = chunksOf(groups);
        this.similar = similar;
    }

    private static int chunksOf(int groups) {
        return (groups + CHUNK - 1) / CHUNK;
    }

    /** The similarity of each pair of the labelled rows. */
    static PairSimilarity of(Labels labels) {
        int[] groupOf = new int[labels.size()];
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
        return new PairSimilarity(groupOf, distinct.size(), similarities(distinct));
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
        int chunks = chunksOf(distinct.size());
        byte[] bits = new byte[Math.multiplyExact(distinct.size(), chunks)];
        for (int i = 0; i < distinct.size(); i++) {
            for (int j = 0; j < distinct.size(); j++) {
                if (distinct.similar(i, distinct, j)) {
                    bits[i * chunks + j / CHUNK] |= (byte) (1 << j % CHUNK);
                }
            }
        }
        return bits;
    }

    /** The number of rows l. */
    int size() {
        return groupOf.length;
    }

    /** The length of the sums of a vector over the groups; zeros fill the last chunk. */
    int sums() {
        return chunks * CHUNK;
    }

    /** Sets the sums of v over the rows of each group, where v holds the entries of the rows from {@code first} on. */
    void sum(int first, double[] v, double[] sums) {
        Arrays.fill(sums, 0);
        for (int i = 0; i < v.length; i++) {
            sums[groupOf[first + i]] += v[i];
        }
    }

    /** For the sums of a vector v over the groups, weight * S0 v: a value for all rows of each group. */
    double[] product(double weight, double[] sums) {
        double total = Vectors.sum(sums);
        double[] ofGroup = sumsOfSimilar(subsetSums(sums));
        for (int group = 0; group < groups; group++) {
            ofGroup[group] = weight * (2 * ofGroup[group] - total);
        }
        return ofGroup;
    }

    /** Sets the result, entries of the rows from {@code first} on, to the values of their groups. */
    void spread(double[] ofGroup, int first, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = ofGroup[groupOf[first + i]];
        }
    }

    /** For the sums of a vector v over the groups, v' S0 v. */
    double quadraticForm(double[] sums) {
        double total = Vectors.sum(sums);
        return 2 * Vectors.dot(sumsOfSimilar(subsetSums(sums)), sums) - total * total;
    }

    /** For each chunk of eight groups, the sum of each subset; a subset's sum is one addition to a smaller subset's. */
    private double[] subsetSums(double[] sums) {
        double[] table = new double[chunks * SUBSETS];
        for (int chunk = 0; chunk < chunks; chunk++) {
            for (int subset = 1; subset < SUBSETS; subset++) {
                int lowest = Integer.numberOfTrailingZeros(subset);
                table[chunk * SUBSETS + subset] =
                        table[chunk * SUBSETS + (subset & (subset - 1))] + sums[chunk * CHUNK + lowest];
            }
        }
        return table;
    }

    private double[] sumsOfSimilar(double[] table) {
        double[] result = new double[groups];
        for (int group = 0; group < groups; group++) {
            double sum = 0;
            for (int chunk = 0; chunk < chunks; chunk++) {
                sum += table[chunk * SUBSETS + (similar[group * chunks + chunk] & 0xff)];
            }
            result[group] = sum;
        }
        return result;
    }
}
