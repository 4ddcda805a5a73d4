package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * The training images, divided into those that are learned from and those held out.
 *
 * @param features of the images to learn from
 * @param labels of the images to learn from
 * @param heldOutFeatures of the others, perhaps none
 * @param heldOutLabels of the others
 */
record HeldOut(FeatureMatrix features, Labels labels, FeatureMatrix heldOutFeatures, Labels heldOutLabels) {
    /**
     * Holds out a random share of the training images, drawn from the stream "validation".
     *
     * @throws InputException if fewer than two images would be left on either side
     */
    static HeldOut split(TrainingSet training, double share, RandomStreams random) {
        int images = training.labeled().rows();
        int out = (int) Math.round(share * images);
        if (share > 0 && (out < 2 || images - out < 2)) {
            throw new InputException("A validation share of " + share + " of " + images
                    + " training images leaves fewer than two images on one side.");
        }
        int[] order = PermutationSampler.natural(images);
        PermutationSampler.shuffle(random.stream("validation"), order);
        int[] held = Arrays.copyOf(order, out);
        int[] kept = Arrays.copyOfRange(order, out, images);
        Arrays.sort(held);
        Arrays.sort(kept);
        return new HeldOut(
                training.labeled().select(kept),
                training.labels().select(kept),
                training.labeled().select(held),
                training.labels().select(held));
    }

    boolean isEmpty() {
        return heldOutFeatures.rows() == 0;
    }
}
