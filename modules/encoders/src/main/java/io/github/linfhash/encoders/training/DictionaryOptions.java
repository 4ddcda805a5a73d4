package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.dictionary.AtomUpdate;
import io.github.linfhash.encoders.dictionary.KSvd;
import io.github.linfhash.encoders.dictionary.KSvdOptions;

/**
 * The dictionary that unfolded encoders start from, learned by K-SVD.
 *
 * @param iterations of K-SVD
 * @param sparsity atoms for each training image, as a share of N; at least 3 are used
 */
public record DictionaryOptions(
        @Origin(value = Source.OUR_READING, note = "not stated")
        int iterations,

        @Origin(value = Source.OUR_READING, note = "not stated")
        double sparsity) {
    private static final int LEAST_ATOMS = 3;

    /** Thirty iterations, a tenth of the atoms. */
    public static final DictionaryOptions DEFAULTS = new DictionaryOptions(30, 0.1);

    public DictionaryOptions {
        if (iterations < 1 || !(sparsity > 0 && sparsity <= 1)) {
            throw new InputException(
                    "A dictionary needs at least 1 iteration and a sparsity above 0 and at most 1, not " + iterations
                            + " and " + sparsity + ".");
        }
    }

    /**
     * Learns a dictionary of N atoms from the labelled training images.
     *
     * @return D, n x N
     */
    public Matrix learn(TrainingSet training, int atoms, TrainingContext context) {
        int most = Math.min(atoms, training.dimension());
        int used = Math.min(most, Math.max(LEAST_ATOMS, (int) Math.round(sparsity * atoms)));
        KSvdOptions options =
                new KSvdOptions(atoms, used, iterations, AtomUpdate.EXACT, KSvdOptions.Replacement.STANDARD);
        return new KSvd(options)
                .learn(Matrix.copyOf(training.labelled()), context.random(), Progress.NONE)
                .dictionary()
                .matrix();
    }
}
