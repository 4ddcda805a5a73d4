package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.encoders.algebra.Matrix;
import java.util.stream.IntStream;

/**
 * Batch orthogonal matching pursuit: at most T atoms for each signal, chosen greedily, with least-squares coefficients.
 *
 * <p>Rubinstein, Zibulevsky and Elad (2008): the pursuit runs on the correlations D^T y and the Gram matrix D^T D, which
 * are one product each, and the Cholesky factor of the support's Gram matrix grows by a row with each atom. A signal
 * gets fewer than T atoms where its residual is orthogonal to all atoms, to working precision.
 */
public final class BatchOmp {
    private static final int SIGNALS_PER_TASK = 64;

    private final Matrix dictionary;
    private final double[] gram;
    private final int sparsity;

    /**
     * @param dictionary D, N unit-norm atoms in n dimensions
     * @param sparsity T, from 1 to min(n, N)
     * @throws InputException if T is out of range
     */
    public BatchOmp(Dictionary dictionary, int sparsity) {
        int most = Math.min(dictionary.dimension(), dictionary.size());
        if (sparsity < 1 || sparsity > most) {
            throw new InputException("The sparsity must be from 1 to " + most + " for " + dictionary.size()
                    + " atoms in " + dictionary.dimension() + " dimensions, found " + sparsity + ".");
        }
        this.dictionary = dictionary.matrix();
        this.gram = dictionary.atoms().times(this.dictionary).toArray();
        this.sparsity = sparsity;
    }

    /**
     * The codes of signals, with zeros in place of the atoms not chosen.
     *
     * @param signals m x n
     * @return m x N
     * @throws InputException if the signals have another dimension than the atoms
     * @throws io.github.linfhash.core.errors.NonFiniteException if a signal has a value that is not finite
     */
    public Matrix encode(Matrix signals) {
        if (signals.columns() != dictionary.rows()) {
            throw new InputException("Signals must have the dictionary's " + dictionary.rows() + " dimensions, found "
                    + signals.columns() + ".");
        }
        return code(signals.requireFinite("the signals to be coded", "check the features"))
                .toMatrix(dictionary.columns());
    }

    SparseCodes code(Matrix signals) {
        Matrix correlations = signals.times(dictionary);
        SparseCodes codes = new SparseCodes(signals.rows(), sparsity);
        int tasks = (signals.rows() + SIGNALS_PER_TASK - 1) / SIGNALS_PER_TASK;
        IntStream.range(0, tasks).parallel().forEach(task -> {
            Pursuit pursuit = new Pursuit(gram, dictionary.columns(), sparsity);
            int end = Math.min(signals.rows(), (task + 1) * SIGNALS_PER_TASK);
            for (int i = task * SIGNALS_PER_TASK; i < end; i++) {
                correlations.copyRow(i, pursuit.correlations(), 0);
                pursuit.run();
                pursuit.store(i, codes);
            }
        });
        return codes;
    }
}
