package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.CounterStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Draws the images of a step: B different ones uniformly, or B / P of each of P classes. A step's draw depends on the
 * stream, the epoch and the step alone, so that steps can be drawn in any order and anywhere.
 */
final class BatchSampler {
    private final int images;
    private final CounterStream stream;
    private final int drawn;
    private final int classes;
    private final List<int[]> members;

    /**
     * A sampler.
     *
     * @param stream where draws come from
     */
    BatchSampler(Labels labels, BatchOptions options, CounterStream stream) {
        this.images = labels.size();
        this.stream = stream;
        this.drawn = Math.min(options.images(), images);
        this.members = options.classes() == 0 ? List.of() : members(labels);
        this.classes = Math.min(options.classes(), members.size());
    }

    /** A sampler that draws so many of all images uniformly. */
    BatchSampler(int images, int drawn, CounterStream stream) {
        this.images = images;
        this.stream = stream;
        this.drawn = drawn;
        this.members = List.of();
        this.classes = 0;
    }

    /** The number of images of a step. */
    int size() {
        return drawn;
    }

    /** The images of a step: distinct row numbers, ascending. */
    int[] draw(int epoch, int step) {
        UniformRandomProvider random = stream.at(epoch, step);
        int[] batch = classes == 0 ? distinct(images, drawn, random) : byClass(random);
        Arrays.sort(batch);
        return batch;
    }

    /** Images of P classes, then of all where classes have too few or share images. */
    private int[] byClass(UniformRandomProvider random) {
        boolean[] taken = new boolean[images];
        int[] batch = new int[drawn];
        int count = 0;
        for (int chosen : distinct(members.size(), classes, random)) {
            int[] of = members.get(chosen);
            for (int at : distinct(of.length, Math.min(of.length, drawn / classes), random)) {
                if (!taken[of[at]]) {
                    taken[of[at]] = true;
                    batch[count++] = of[at];
                }
            }
        }
        while (count < drawn) {
            int row = random.nextInt(images);
            if (!taken[row]) {
                taken[row] = true;
                batch[count++] = row;
            }
        }
        return batch;
    }

    /** k different numbers below n, each set equally likely (Floyd's algorithm; Bentley, CACM 1987). */
    private static int[] distinct(int n, int k, UniformRandomProvider random) {
        boolean[] taken = new boolean[n];
        int[] chosen = new int[k];
        for (int i = 0; i < k; i++) {
            int last = n - k + i;
            int candidate = random.nextInt(last + 1);
            chosen[i] = taken[candidate] ? last : candidate;
            taken[chosen[i]] = true;
        }
        return chosen;
    }

    /** For each class or label that two images carry, its images. */
    private static List<int[]> members(Labels labels) {
        List<int[]> members = new ArrayList<>();
        if (labels instanceof LabelSets sets) {
            for (int label = 0; label < sets.labels(); label++) {
                int wanted = label;
                members.add(IntStream.range(0, sets.size())
                        .filter(row -> sets.has(row, wanted))
                        .toArray());
            }
        } else {
            ClassLabels classes = (ClassLabels) labels;
            for (int wanted :
                    Arrays.stream(classes.toArray()).distinct().sorted().toArray()) {
                members.add(IntStream.range(0, classes.size())
                        .filter(row -> classes.get(row) == wanted)
                        .toArray());
            }
        }
        return members.stream().filter(rows -> rows.length > 1).toList();
    }
}
