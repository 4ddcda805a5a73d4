package io.github.linfhash.core.pairs;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.pairs.Pairs.IdenticalRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Draws pairs of labeled images, with replacement: similar ones uniformly from all pairs that share a label, dissimilar
 * ones uniformly from all others, without ever listing them.
 *
 * <p>A pair never joins an image with itself, nor two images with identical features, whatever their labels: the distance
 * between their codes is 0 whatever is learned, so that such a pair teaches nothing.
 *
 * <p>There are two orders to draw in, with the same chances for each pair. {@link #halves} takes pairs of any two images as
 * they come until it has enough of both kinds. {@link #mixed} knows the kind first, so that any share of them is quick,
 * and draws a similar pair through a label: first the label, with a weight of the number of pairs that share it, then two
 * of its images; a pair that shares s labels would come up s times as often, so it is kept with probability 1/s.
 */
public final class PairSampler {
    /** Draws for one pair before it is said that there is none. */
    private static final int PATIENCE = 1_000_000;

    private static final long DRAWS_PER_PAIR = 2_000;

    private final Labels labels;
    private final IdenticalRows copies;
    private final List<int[]> groups;
    private final double[] cumulative;

    /**
     * A sampler for some images.
     *
     * @param features one row for each image
     * @param labels as many
     */
    public PairSampler(FeatureMatrix features, Labels labels) {
        if (features.rows() != labels.size()) {
            throw new IllegalArgumentException(features.rows() + " images have " + labels.size() + " labels");
        }
        this.labels = labels;
        this.copies = IdenticalRows.of(features);
        this.groups = groups(labels);
        this.cumulative = new double[groups.size()];
        double total = 0;
        for (int g = 0; g < cumulative.length; g++) {
            double members = groups.get(g).length;
            total += members * (members - 1) / 2;
            cumulative[g] = total;
        }
    }

    /**
     * Draws as many similar as dissimilar pairs.
     *
     * @param each how many of each kind, at least 1
     * @param random where to draw from
     * @return the similar pairs, then the others
     * @throws InputException if one kind is missing or so rare that it was not met often enough
     */
    public Pairs halves(int each, UniformRandomProvider random) {
        int[] first = new int[Math.multiplyExact(2, each)];
        int[] second = new int[2 * each];
        int similar = 0;
        int dissimilar = 0;
        for (long draw = 0; similar < each || dissimilar < each; draw++) {
            if (draw == DRAWS_PER_PAIR * each) {
                throw tooFew(similar, dissimilar, draw);
            }
            int i = random.nextInt(labels.size());
            int j = random.nextInt(labels.size());
            if (i == j) {
                continue;
            }
            boolean alike = labels.similar(i, labels, j);
            if ((alike ? similar < each : dissimilar < each) && !copies.identical(i, j)) {
                int at = alike ? similar++ : each + dissimilar++;
                first[at] = i;
                second[at] = j;
            }
        }
        boolean[] flags = new boolean[2 * each];
        Arrays.fill(flags, 0, each, true);
        return new Pairs(first, second, flags);
    }

    private InputException tooFew(int similar, int dissimilar, long draws) {
        return new InputException(
                "among " + draws + " random pairs of the " + labels.size()
                        + " labeled training images, " + similar + " were similar and " + dissimilar
                        + " were dissimilar, not counting pairs of identical images; more of both are needed to learn from pairs: train on more images of each class");
    }

    /**
     * Draws pairs with any share of similar ones.
     *
     * @param count how many
     * @param similarShare the share of similar pairs, rounded to whole pairs; they are mixed with the others at random
     * @param random where to draw from
     * @throws InputException if a kind is wanted of which there is no pair
     */
    public Pairs mixed(int count, double similarShare, UniformRandomProvider random) {
        int wanted = (int) Math.round(count * similarShare);
        if (wanted > 0 && groups.stream().allMatch(this::areCopies)) {
            throw new InputException("Siamese training needs at least two different training images that share a label,"
                    + " but none of " + labels.size() + " do; train on more images.");
        }
        if (wanted < count && labels.size() < 2) {
            throw new InputException(
                    "Siamese training needs dissimilar pairs, but there is one training image. Raise the number of training images of the split.");
        }
        boolean[] similar = shuffledFlags(count, wanted, random);
        int[] first = new int[count];
        int[] second = new int[count];
        int[] pair = new int[2];
        for (int i = 0; i < count; i++) {
            if (similar[i]) {
                drawSimilar(random, pair);
            } else {
                drawDissimilar(random, pair);
            }
            first[i] = pair[0];
            second[i] = pair[1];
        }
        return new Pairs(first, second, similar);
    }

    private boolean areCopies(int[] members) {
        return Arrays.stream(members).allMatch(row -> copies.identical(row, members[0]));
    }

    private static boolean[] shuffledFlags(int count, int trues, UniformRandomProvider random) {
        boolean[] flags = new boolean[count];
        for (int i = 0; i < count; i++) {
            flags[i] = i < trues;
        }
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            boolean swapped = flags[i];
            flags[i] = flags[j];
            flags[j] = swapped;
        }
        return flags;
    }

    private void drawSimilar(UniformRandomProvider random, int[] pair) {
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            double at = random.nextDouble() * cumulative[cumulative.length - 1];
            int group = 0;
            while (cumulative[group] <= at) {
                group++;
            }
            int[] members = groups.get(group);
            drawDistinct(members.length, random, pair);
            pair[0] = members[pair[0]];
            pair[1] = members[pair[1]];
            if (random.nextInt(sharedLabels(pair)) == 0 && !copies.identical(pair[0], pair[1])) {
                return;
            }
        }
        throw new InputException("Siamese training needs similar pairs, but " + PATIENCE
                + " random pairs of training images that share a label are of identical images; remove copies.");
    }

    private void drawDissimilar(UniformRandomProvider random, int[] pair) {
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            drawDistinct(labels.size(), random, pair);
            if (!labels.similar(pair[0], labels, pair[1]) && !copies.identical(pair[0], pair[1])) {
                return;
            }
        }
        throw new InputException(
                "Siamese training needs dissimilar pairs, but " + PATIENCE
                        + " random pairs of training images all share a label or are identical; train on images of more classes.");
    }

    private static void drawDistinct(int size, UniformRandomProvider random, int[] pair) {
        pair[0] = random.nextInt(size);
        pair[1] = random.nextInt(size - 1);
        if (pair[1] >= pair[0]) {
            pair[1]++;
        }
    }

    private int sharedLabels(int[] pair) {
        if (!(labels instanceof LabelSets sets)) {
            return 1;
        }
        int shared = 0;
        for (int label = 0; label < sets.labels(); label++) {
            if (sets.has(pair[0], label) && sets.has(pair[1], label)) {
                shared++;
            }
        }
        return shared;
    }

    /** The images of each label that at least two images carry, in the order of the labels. */
    private static List<int[]> groups(Labels labels) {
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int row = 0; row < labels.size(); row++) {
            for (int label : labelsOf(labels, row)) {
                members.computeIfAbsent(label, unused -> new ArrayList<>()).add(row);
            }
        }
        return members.values().stream()
                .filter(rows -> rows.size() > 1)
                .map(rows -> rows.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    private static List<Integer> labelsOf(Labels labels, int row) {
        if (labels instanceof ClassLabels classes) {
            return List.of(classes.get(row));
        }
        LabelSets sets = (LabelSets) labels;
        List<Integer> carried = new ArrayList<>();
        for (int label = 0; label < sets.labels(); label++) {
            if (sets.has(row, label)) {
                carried.add(label);
            }
        }
        return carried;
    }
}
