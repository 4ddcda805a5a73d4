package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.tuning.HeldOutJudge.HeldOutNeighbors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.jspecify.annotations.Nullable;

/**
 * One division of the images that options may be chosen on.
 *
 * @param training the images that a configuration is trained on
 * @param heldOut features of the images that it is judged on
 * @param heldOutLabels their ground truth
 * @param neighbors the nearest of each among them, where configurations are judged by these and not by labels; else null
 */
record Fold(
        TrainingSet training,
        FeatureMatrix heldOut,
        Labels heldOutLabels,
        @Nullable HeldOutNeighbors neighbors) {
    /** A fold that is judged by labels. */
    Fold(TrainingSet training, FeatureMatrix heldOut, Labels heldOutLabels) {
        this(training, heldOut, heldOutLabels, null);
    }

    /**
     * Divides the labeled images into parts drawn from stream "folds"; each fold holds one part out. Of each class, all
     * parts have equally many, up to one; of images with sets of labels, they have equally many whose rarest label is
     * the same. Altered copies of images are held out nowhere, for no query is altered.
     *
     * @throws io.github.linfhash.core.errors.InputException if configurations are judged by neighbors, and a part has too few rows
     */
    static List<Fold> divide(TuningData images, int folds, RandomStreams random) {
        TrainingSet all = images.plain();
        Labels labels = all.labels();
        int[] part = parts(strata(labels), folds, random.stream("folds"));
        List<Fold> result = new ArrayList<>();
        for (int number = 0; number < folds; number++) {
            int fold = number;
            int[] kept = rows(part, p -> p != fold);
            int[] held = rows(part, p -> p == fold);
            result.add(new Fold(
                    images.training(kept),
                    all.labeled().select(held),
                    labels.select(held),
                    images.near() == null ? null : images.near().among(held)));
        }
        return result;
    }

    /** One number for each image: its class, or its rarest label. */
    private static int[] strata(Labels labels) {
        if (labels instanceof ClassLabels classes) {
            return classes.toArray();
        }
        LabelSets sets = (LabelSets) labels;
        int[] frequent = sets.mostFrequent(sets.labels());
        int[] rarest = new int[sets.size()];
        for (int label : frequent) {
            for (int row = 0; row < rarest.length; row++) {
                rarest[row] = sets.has(row, label) ? label : rarest[row];
            }
        }
        return rarest;
    }

    private static int[] parts(int[] strata, int folds, UniformRandomProvider random) {
        int[] part = new int[strata.length];
        for (int wanted : Arrays.stream(strata).distinct().sorted().toArray()) {
            int[] members = IntStream.range(0, strata.length)
                    .filter(row -> strata[row] == wanted)
                    .toArray();
            PermutationSampler.shuffle(random, members);
            for (int i = 0; i < members.length; i++) {
                part[members[i]] = i % folds;
            }
        }
        return part;
    }

    private static int[] rows(int[] part, IntPredicate wanted) {
        return IntStream.range(0, part.length)
                .filter(row -> wanted.test(part[row]))
                .toArray();
    }
}
