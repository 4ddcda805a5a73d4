package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.CounterStream;
import io.github.linfhash.encoders.training.TrainingOptions.BatchOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        ClassTargets targets = ClassTargets.of(labels);
        List<IntStream.Builder> members =
                Stream.generate(IntStream::builder).limit(targets.classes()).toList();
        for (int row = 0; row < labels.size(); row++) {
            for (int target : targets.of(row)) {
                members.get(target).add(row);
            }
        }
        return members.stream()
                .map(rows -> rows.build().toArray())
                .filter(rows -> rows.length > 1)
                .toList();
    }

    /**
     * Dropout of the inputs of a batch (Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, JMLR 2014): each value becomes
     * 0 with a given probability, and the others are divided by what is left of 1. A new mask is drawn for each image in each
     * step, from a stream of its own.
     */
    static final class InputDropout {
        private static final int LEVELS = 1 << 16;

        private final CounterStream stream;
        private final int dropped;
        private final float kept;

        /**
         * Dropout with a given share.
         *
         * @param share from 0 to below 1, rounded to a multiple of 2^-16
         */
        InputDropout(double share, CounterStream stream) {
            this.stream = stream;
            this.dropped = (int) Math.round(share * LEVELS);
            this.kept = (float) LEVELS / (LEVELS - dropped);
        }

        /** Applies the mask of a step to a batch, image by image, two values to each 32 bits drawn. */
        void apply(float[] batch, int epoch, int step) {
            if (dropped == 0) {
                return;
            }
            int pairs = batch.length / 2;
            int[] words = new int[batch.length - pairs];
            stream.fill(epoch, step, words);
            for (int i = 0; i < pairs; i++) {
                batch[2 * i] *= factor(words[i] >>> 16);
                batch[2 * i + 1] *= factor(words[i] & LEVELS - 1);
            }
            if (words.length > pairs) {
                batch[2 * pairs] *= factor(words[pairs] >>> 16);
            }
        }

        /** 0 below the level, else what keeps the mean; without a branch, which chance would make the processor guess wrong. */
        private float factor(int level) {
            return kept * ((dropped - 1 - level) >>> 31);
        }
    }
}
