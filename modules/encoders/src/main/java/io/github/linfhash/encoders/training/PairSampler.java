package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Draws pairs of different images, similar ones uniformly from all similar pairs and dissimilar ones uniformly from all
 * others, without ever listing them.
 *
 * <p>A similar pair is drawn through a label: first the label, with a weight of the number of pairs that share it, then
 * two of its images. A pair that shares s labels would come up s times as often, so it is kept with probability 1/s.
 */
final class PairSampler {
    private static final int PATIENCE = 1_000_000;

    private final Labels labels;
    private final List<int[]> groups;
    private final double[] cumulative;

    /**
     * A sampler for images with the given labels.
     *
     * @throws InputException if no two images are similar
     */
    PairSampler(Labels labels) {
        this.labels = labels;
        this.groups = groups(labels);
        this.cumulative = new double[groups.size()];
        double total = 0;
        for (int g = 0; g < cumulative.length; g++) {
            double members = groups.get(g).length;
            total += members * (members - 1) / 2;
            cumulative[g] = total;
        }
        if (total == 0) {
            throw new InputException(
                    "Siamese training needs at least two training images that share a label, but none of "
                            + labels.size() + " do.");
        }
    }

    /**
     * Draws pairs.
     *
     * @param similarShare the share of similar pairs, rounded to whole pairs; they are mixed with the others at random
     * @throws InputException if dissimilar pairs are wanted and none is found
     */
    Pairs draw(int count, double similarShare, UniformRandomProvider random) {
        boolean[] similar = shuffledFlags(count, (int) Math.round(count * similarShare), random);
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
        do {
            double at = random.nextDouble() * cumulative[cumulative.length - 1];
            int group = 0;
            while (cumulative[group] <= at) {
                group++;
            }
            int[] members = groups.get(group);
            drawDistinct(members.length, random, pair);
            pair[0] = members[pair[0]];
            pair[1] = members[pair[1]];
        } while (random.nextInt(sharedLabels(pair)) > 0);
    }

    private void drawDissimilar(UniformRandomProvider random, int[] pair) {
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            drawDistinct(labels.size(), random, pair);
            if (!labels.similar(pair[0], labels, pair[1])) {
                return;
            }
        }
        throw new InputException("Siamese training needs dissimilar pairs, but " + PATIENCE
                + " random pairs of training images all share a label.");
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
