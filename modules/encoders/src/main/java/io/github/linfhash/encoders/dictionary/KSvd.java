package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * K-SVD: min ||Y - G D^T||_F over dictionaries D of unit-norm atoms and codes G with at most T atoms a signal.
 *
 * <p>Aharon, Elad and Bruckstein (2006), with the batch pursuit and the housekeeping of Rubinstein, Zibulevsky and Elad
 * (2008): atoms start as random signals, are visited in random order, and give way to the worst represented signals
 * where they are unused, hardly used or duplicates.
 *
 * <p>Refitting the atoms exactly never increases the error; the greedy pursuit may, slightly. To keep a signal's former
 * code where the pursuit finds a worse one would make the whole descend, but ties signals to their first atoms: of 50
 * planted atoms it then recovered as few as 38, where the plain iteration, used here, recovers at least 45.
 */
public final class KSvd {
    /** The name of the random stream. */
    public static final String STREAM = "dictionary";

    private static final double LEAST_SQUARED_NORM = 1e-6;

    private final KSvdOptions options;

    public KSvd(KSvdOptions options) {
        this.options = options;
    }

    /**
     * Learns a dictionary.
     *
     * @param signals Y, m x n, one signal a row; at least N of them with a squared norm above 1e-6
     * @param streams the stream "dictionary" is used
     * @throws InputException if there are too few signals, or the sparsity exceeds n
     * @throws io.github.linfhash.codes.NonFiniteException if a signal has a value that is not finite
     */
    public KSvdResult learn(Matrix signals, RandomStreams streams, Progress progress) {
        signals.requireFinite("the signals for the dictionary", "check the features");
        UniformRandomProvider random = streams.stream(STREAM);
        KSvdState state = new KSvdState(signals, initialAtoms(signals, random), options);
        List<KSvdResult.Iteration> iterations = new ArrayList<>();
        try (Progress.Task task = progress.begin("dictionary", options.iterations())) {
            for (int i = 0; i < options.iterations(); i++) {
                iterations.add(iterate(state, random));
                task.advance(1);
            }
        }
        return new KSvdResult(state.dictionary(), state.codes(), iterations);
    }

    private KSvdResult.Iteration iterate(KSvdState state, UniformRandomProvider random) {
        state.code();
        double afterCoding = state.error();
        state.updateAtoms(permutation(options.atoms(), random));
        double afterUpdate = state.error();
        return new KSvdResult.Iteration(afterCoding, afterUpdate, state.replaceAtoms());
    }

    /** Distinct random signals that are not nearly zero, as they are. */
    private double[] initialAtoms(Matrix signals, UniformRandomProvider random) {
        int n = signals.columns();
        double[] atoms = new double[Math.multiplyExact(options.atoms(), n)];
        int found = 0;
        for (int row : permutation(signals.rows(), random)) {
            if (found == options.atoms()) {
                break;
            }
            signals.copyRow(row, atoms, found * n);
            double norm = Vectors.norm(atoms, found * n, n);
            found += norm * norm > LEAST_SQUARED_NORM ? 1 : 0;
        }
        if (found < options.atoms()) {
            throw new InputException("K-SVD needs as many signals that are not zero as atoms, " + options.atoms()
                    + ", found " + found + " among " + signals.rows() + ".");
        }
        return atoms;
    }

    private static int[] permutation(int size, UniformRandomProvider random) {
        int[] order = PermutationSampler.natural(size);
        PermutationSampler.shuffle(random, order);
        return order;
    }
}
