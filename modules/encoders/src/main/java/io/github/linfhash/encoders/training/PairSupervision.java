package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import org.apache.commons.rng.sampling.PermutationSampler;

/** What says that two images are similar. */
public enum PairSupervision {
    /** A class or label that both have. */
    LABELS,
    /** That one is among the nearest of the other; no label is looked at. */
    NEIGHBOURS;

    /** The most rows whose neighbours are found. */
    static final int MOST_ROWS = 5000;

    /** What a method learns from by it. */
    public MethodSpec.Supervision learnsFrom() {
        return this == LABELS ? MethodSpec.Supervision.SUPERVISED : MethodSpec.Supervision.UNSUPERVISED;
    }

    /**
     * The labelled rows; or in their place, for neighbours, at most {@value #MOST_ROWS} of the unlabelled ones, drawn from the stream
     * "neighbours", all of one class.
     */
    TrainingSet rows(TrainingSet training, int neighbours, RandomStreams random) {
        if (this == LABELS) {
            return training;
        }
        FeatureMatrix all = training.unlabelled();
        int n = Math.min(all.rows(), MOST_ROWS);
        if (n < neighbours + 2) {
            throw new InputException("supervision: neighbours: expected at least two rows more than the " + neighbours
                    + " neighbours of each, found " + n);
        }
        int[] rows = new PermutationSampler(random.stream("neighbours"), all.rows(), n).sample();
        Arrays.sort(rows);
        return new TrainingSet(all.select(rows), ClassLabels.of(new int[n]), all);
    }
}
