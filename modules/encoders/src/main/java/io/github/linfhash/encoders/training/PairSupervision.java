package io.github.linfhash.encoders.training;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/** What says that two images are similar. */
public enum PairSupervision {
    /** A class or label that both have. */
    LABELS,
    /** That one is among the nearest of the other; no label is looked at. */
    @JsonAlias("neighbours")
    NEIGHBORS;

    /** The most rows whose neighbors are found. */
    static final int MOST_ROWS = 5000;

    /** What a method learns from by it. */
    public MethodSpec.Supervision learnsFrom() {
        return this == LABELS ? MethodSpec.Supervision.SUPERVISED : MethodSpec.Supervision.UNSUPERVISED;
    }

    /**
     * The labeled rows; or in their place, for neighbors, at most {@value #MOST_ROWS} of the unlabeled ones, drawn from the stream
     * "neighbors", all of one class.
     */
    TrainingSet rows(TrainingSet training, int neighbors, RandomStreams random) {
        if (this == LABELS) {
            return training;
        }
        int n = Math.min(training.unlabeled().rows(), MOST_ROWS);
        if (n < neighbors + 2) {
            throw new InputException("supervision: neighbors: expected at least two rows more than the " + neighbors
                    + " neighbors of each, found " + n);
        }
        return sample(training, MOST_ROWS, random.stream("neighbours"));
    }

    /** At most so many of the unlabeled rows of a training set in the place of its labeled ones, all of one class. */
    static TrainingSet sample(TrainingSet training, int most, UniformRandomProvider random) {
        FeatureMatrix all = training.unlabeled();
        int n = Math.min(all.rows(), most);
        int[] rows = new PermutationSampler(random, all.rows(), n).sample();
        Arrays.sort(rows);
        return new TrainingSet(all.select(rows), ClassLabels.of(new int[n]), all);
    }
}
