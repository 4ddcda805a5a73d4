package io.github.linfhash.experiment.studies;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.quantization.QuantizationErrors;
import io.github.linfhash.encoders.quantization.QuantizationExperiment;
import io.github.linfhash.encoders.quantization.RandomFrames;
import io.github.linfhash.encoders.training.DictionaryOptions;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Theorem 1.1 of Wang et al. (IJCAI 2016) measured in the theorem's setting and in the encoder's: signals of norm 1 are
 * represented in the box [-lambda, lambda]^N and by least squares, and quantized.
 *
 * @param atoms N, at least 1
 * @param level K of lambda = K / sqrt(N), above 0; the theorem's bound is then K / L for every N
 */
public record QuantizationStudy(int atoms, double level) {
    /** The numbers of levels L. */
    public static final List<Integer> LEVELS = List.of(2, 3, 4, 8, 16, 32, 64);

    private static final int MOST_SIGNALS = 500;

    /**
     * The errors for one set of vectors.
     *
     * @param dictionary what the vectors are
     * @param unfinished signals whose solution in the box is not exact to 1e-6
     * @param errors for each representation and number of levels
     */
    public record Outcome(String dictionary, int unfinished, List<QuantizationErrors> errors) {
        public Outcome {
            errors = List.copyOf(errors);
        }
    }

    /**
     * A random tight frame of N vectors in max(1, N / 2) dimensions with signals uniform on the unit sphere: the
     * theorem's setting, which needs at least as many vectors as dimensions.
     */
    public Outcome onRandomFrame(int signals, TrainingContext context) {
        UniformRandomProvider random = context.random().stream("frame");
        int dimension = Math.max(1, atoms / 2);
        Matrix frame = RandomFrames.tight(dimension, atoms, random);
        return measure(
                "random frame", frame, RandomFrames.unitSignals(Math.min(MOST_SIGNALS, signals), dimension, random));
    }

    /**
     * The dictionary that K-SVD learns from the training images, with up to 500 of them, evenly spaced and scaled to norm
     * 1, as signals: the encoder's setting. The box then has its own error besides that of quantization, and N may be
     * below n.
     *
     * @throws io.github.linfhash.core.errors.InputException if there are too few images for N atoms
     * @throws io.github.linfhash.codes.NonFiniteException if the learned dictionary is not of full rank
     */
    public Outcome onLearnedDictionary(TrainingSet training, TrainingContext context) {
        Matrix dictionary = DictionaryOptions.DEFAULTS.learn(training, atoms, context);
        return measure("k-svd", dictionary, signals(training.labeled()));
    }

    private Outcome measure(String name, Matrix dictionary, Matrix signals) {
        QuantizationExperiment experiment = new QuantizationExperiment(dictionary, level / Math.sqrt(atoms), signals);
        return new Outcome(name, experiment.unfinishedSignals(), experiment.measure(LEVELS));
    }

    /** Evenly spaced rows, at most 500, each divided by its norm; rows of zeros stay. */
    static Matrix signals(FeatureMatrix images) {
        int count = Math.min(MOST_SIGNALS, images.rows());
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = (int) ((long) i * images.rows() / count);
        }
        int n = images.dimension();
        double[] values = Matrix.copyOf(images.select(chosen)).toArray();
        for (int from = 0; from < values.length; from += n) {
            double square = 0;
            for (int j = from; j < from + n; j++) {
                square += values[j] * values[j];
            }
            for (int j = from; j < from + n && square > 0; j++) {
                values[j] /= Math.sqrt(square);
            }
        }
        return Matrix.owning(count, n, values);
    }
}
