package io.github.linfhash.harness.tuning;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * One division of the labelled training images.
 *
 * @param training the images that a configuration is trained on
 * @param heldOut features of the images that it is judged on
 * @param heldOutLabels their classes
 */
record Fold(TrainingSet training, FeatureMatrix heldOut, Labels heldOutLabels) {
    /**
     * Divides the labelled images into parts with equally many of each class (up to one), drawn from stream "folds";
     * each fold holds one part out. Nothing but labelled training images is used; the unlabelled set is what remains of
     * them.
     */
    static List<Fold> divide(TrainingSet all, int folds, RandomStreams random) {
        ClassLabels labels = (ClassLabels) all.labels();
        int[] part = parts(labels, folds, random.stream("folds"));
        List<Fold> result = new ArrayList<>();
        for (int number = 0; number < folds; number++) {
            int fold = number;
            int[] kept = rows(part, p -> p != fold);
            int[] held = rows(part, p -> p == fold);
            FeatureMatrix trainingRows = all.labelled().select(kept);
            result.add(new Fold(
                    new TrainingSet(trainingRows, labels.select(kept), trainingRows),
                    all.labelled().select(held),
                    labels.select(held)));
        }
        return result;
    }

    private static int[] parts(ClassLabels labels, int folds, UniformRandomProvider random) {
        int[] part = new int[labels.size()];
        int[] classes = labels.toArray();
        for (int wanted : Arrays.stream(classes).distinct().sorted().toArray()) {
            int[] members = IntStream.range(0, classes.length)
                    .filter(row -> classes[row] == wanted)
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
