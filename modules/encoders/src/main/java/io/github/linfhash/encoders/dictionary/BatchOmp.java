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
     * @throws io.github.linfhash.codes.NonFiniteException if a signal has a value that is not finite
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

    /**
     * Orthogonal matching pursuit of one signal at a time, on correlations and the Gram matrix alone. Mutable, for one thread.
     */
    private static final class Pursuit {
        /** A correlation below this share of the first one is rounding. */
        private static final double NEGLIGIBLE = 1e-12;
        /** A squared distance from the span of the support below this is rounding: the atom depends on the others. */
        private static final double DEPENDENT = 1e-10;

        private final double[] gram;
        private final int sparsity;
        private final double[] initial;
        private final double[] current;
        private final int[] support;
        /** L of the support's Gram matrix L L^T, row-major, T x T. */
        private final double[] lower;
        /** L^-1 times the support's initial correlations. */
        private final double[] forward;

        private final double[] coefficients;
        private int count;

        Pursuit(double[] gram, int atoms, int sparsity) {
            this.gram = gram;
            this.sparsity = sparsity;
            this.initial = new double[atoms];
            this.current = new double[atoms];
            this.support = new int[sparsity];
            this.lower = new double[sparsity * sparsity];
            this.forward = new double[sparsity];
            this.coefficients = new double[sparsity];
        }

        /** Where the signal's D^T y goes before {@link #run}. */
        double[] correlations() {
            return initial;
        }

        void run() {
            count = 0;
            System.arraycopy(initial, 0, current, 0, initial.length);
            double first = Math.abs(current[strongest()]);
            while (count < sparsity) {
                int atom = strongest();
                if (!(Math.abs(current[atom]) > NEGLIGIBLE * first) || !append(atom)) {
                    return;
                }
                solve();
                correlateResidual();
            }
        }

        void store(int signal, SparseCodes codes) {
            codes.set(signal, count, support, coefficients);
        }

        private int strongest() {
            int best = 0;
            for (int j = 1; j < current.length; j++) {
                if (Math.abs(current[j]) > Math.abs(current[best])) {
                    best = j;
                }
            }
            return best;
        }

        /** Adds an atom's row to the Cholesky factor; false if the atom depends on the support. */
        private boolean append(int atom) {
            int row = count * sparsity;
            double square = gram[atom * initial.length + atom];
            double numerator = initial[atom];
            for (int i = 0; i < count; i++) {
                double rest = gram[atom * initial.length + support[i]];
                for (int k = 0; k < i; k++) {
                    rest -= lower[i * sparsity + k] * lower[row + k];
                }
                double entry = rest / lower[i * sparsity + i];
                lower[row + i] = entry;
                square -= entry * entry;
                numerator -= entry * forward[i];
            }
            if (!(square > DEPENDENT)) {
                return false;
            }
            lower[row + count] = Math.sqrt(square);
            forward[count] = numerator / lower[row + count];
            support[count++] = atom;
            return true;
        }

        /** Back substitution: the least-squares coefficients on the support. */
        private void solve() {
            for (int i = count - 1; i >= 0; i--) {
                double rest = forward[i];
                for (int k = i + 1; k < count; k++) {
                    rest -= lower[k * sparsity + i] * coefficients[k];
                }
                coefficients[i] = rest / lower[i * sparsity + i];
            }
        }

        private void correlateResidual() {
            System.arraycopy(initial, 0, current, 0, initial.length);
            for (int i = 0; i < count; i++) {
                Vectors.addSlice(-coefficients[i], gram, support[i] * initial.length, current);
            }
            for (int i = 0; i < count; i++) {
                current[support[i]] = 0;
            }
        }
    }
}
