package io.github.linfhash.testing;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Images that are easy to tell apart: Gaussian clusters around random centers, rows of unit length as the protocols
 * make them.
 *
 * @param train features of the training images, which are the database too
 * @param trainLabels their ground truth
 * @param test features of the queries, drawn from the same clusters
 * @param testLabels their ground truth
 */
public record Blobs(FeatureMatrix train, Labels trainLabels, FeatureMatrix test, Labels testLabels) {
    /** The noise about a center, in units of the spread of the centers. */
    private static final double NOISE = 0.5;

    /**
     * How many of what.
     *
     * @param clusters number of clusters, each with a center of its own
     * @param dimension d
     * @param trainRows rows of the training part; cluster i % clusters for row i
     * @param testRows rows of the test part, in the same turn
     */
    public record Sizes(int clusters, int dimension, int trainRows, int testRows) {}

    /** Each cluster is a class. */
    public static Blobs classes(Sizes sizes, long seed) {
        return draw(sizes, seed, rows -> {
            int[] classes = new int[rows];
            for (int i = 0; i < rows; i++) {
                classes[i] = i % sizes.clusters();
            }
            return ClassLabels.of(classes);
        });
    }

    /**
     * Each cluster carries two of as many labels as there are clusters: its own and the next one's, so that rows of
     * neighboring clusters share one label and others none.
     */
    public static Blobs labelSets(Sizes sizes, long seed) {
        int labels = sizes.clusters();
        return draw(sizes, seed, rows -> {
            boolean[] indicator = new boolean[rows * labels];
            for (int i = 0; i < rows; i++) {
                indicator[i * labels + i % labels] = true;
                indicator[i * labels + (i + 1) % labels] = true;
            }
            return LabelSets.of(rows, labels, indicator);
        });
    }

    @FunctionalInterface
    private interface Labeling {
        Labels label(int rows);
    }

    private static Blobs draw(Sizes sizes, long seed, Labeling labeling) {
        UniformRandomProvider random = new RandomStreams(seed).stream("blobs");
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[] centers = new double[sizes.clusters() * sizes.dimension()];
        for (int k = 0; k < centers.length; k++) {
            centers[k] = gaussian.sample();
        }
        return new Blobs(
                rows(sizes.trainRows(), sizes.dimension(), centers, gaussian),
                labeling.label(sizes.trainRows()),
                rows(sizes.testRows(), sizes.dimension(), centers, gaussian),
                labeling.label(sizes.testRows()));
    }

    private static FeatureMatrix rows(
            int rows, int dimension, double[] centers, ZigguratSampler.NormalizedGaussian gaussian) {
        float[] values = new float[rows * dimension];
        double[] row = new double[dimension];
        for (int i = 0; i < rows; i++) {
            double squares = 0;
            for (int j = 0; j < dimension; j++) {
                row[j] = centers[(i * dimension + j) % centers.length] + NOISE * gaussian.sample();
                squares += row[j] * row[j];
            }
            for (int j = 0; j < dimension; j++) {
                values[i * dimension + j] = (float) (row[j] / Math.sqrt(squares));
            }
        }
        return FeatureMatrix.owning(rows, dimension, values);
    }

    /** The training part as methods see it: all of it labeled, and all of it usable without labels. */
    public TrainingSet trainingSet() {
        return new TrainingSet(train, trainLabels, train);
    }

    /** Which training rows are relevant to which test rows. */
    public Relevance relevance() {
        return Relevance.bySimilarLabels(testLabels, trainLabels);
    }
}
