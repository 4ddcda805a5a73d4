package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.dictionary.KSvd.Dictionary;
import java.util.Arrays;
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

    /** Returns the codes of signals, m x n. */
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

    /**
     * Sparse codes of m signals, at most T atoms each. Mutable, for the learner alone.
     *
     * <p>Slot s of signal i lies at i * T + s; a signal's used slots come first.
     */
    static final class SparseCodes {
        private final int signals;
        private final int sparsity;
        private final int[] counts;
        private final int[] atoms;
        private final double[] coefficients;

        SparseCodes(int signals, int sparsity) {
            this.signals = signals;
            this.sparsity = sparsity;
            this.counts = new int[signals];
            this.atoms = new int[Math.multiplyExact(signals, sparsity)];
            this.coefficients = new double[atoms.length];
        }

        /** The first slot of signal i. */
        int from(int signal) {
            return signal * sparsity;
        }

        /** The end of the used slots of signal i. */
        int to(int signal) {
            return signal * sparsity + counts[signal];
        }

        int atom(int slot) {
            return atoms[slot];
        }

        double coefficient(int slot) {
            return coefficients[slot];
        }

        void setCoefficient(int slot, double value) {
            coefficients[slot] = value;
        }

        /** The slots in which signals use each atom with a coefficient other than zero, of either sign, in the order of the signals. */
        int[][] users(int size) {
            IntStream.Builder[] users = new IntStream.Builder[size];
            Arrays.setAll(users, j -> IntStream.builder());
            for (int i = 0; i < signals; i++) {
                for (int slot = from(i); slot < to(i); slot++) {
                    if (coefficients[slot] != 0) {
                        users[atoms[slot]].add(slot);
                    }
                }
            }
            return Arrays.stream(users).map(slots -> slots.build().toArray()).toArray(int[][]::new);
        }

        /** Gives signal i the first {@code count} of these atoms and coefficients. */
        void set(int signal, int count, int[] newAtoms, double[] newCoefficients) {
            counts[signal] = count;
            System.arraycopy(newAtoms, 0, atoms, signal * sparsity, count);
            System.arraycopy(newCoefficients, 0, coefficients, signal * sparsity, count);
        }

        /** The codes with zeros in place of the atoms not chosen, m x N. */
        Matrix toMatrix(int size) {
            double[] dense = new double[Math.multiplyExact(signals, size)];
            for (int i = 0; i < signals; i++) {
                for (int slot = from(i); slot < to(i); slot++) {
                    dense[i * size + atoms[slot]] = coefficients[slot];
                }
            }
            return Matrix.owning(signals, size, dense);
        }
    }

    /** Vector kernels on slices of flat arrays, summed in a fixed order. */
    static final class Vectors {
        private Vectors() {}

        /** Sum over i of a[aFrom + i] b[bFrom + i]; four partial sums, so that additions need not wait for each other. */
        static double dot(double[] a, int aFrom, double[] b, int bFrom, int length) {
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            int i = 0;
            for (; i + 4 <= length; i += 4) {
                s0 += a[aFrom + i] * b[bFrom + i];
                s1 += a[aFrom + i + 1] * b[bFrom + i + 1];
                s2 += a[aFrom + i + 2] * b[bFrom + i + 2];
                s3 += a[aFrom + i + 3] * b[bFrom + i + 3];
            }
            for (; i < length; i++) {
                s0 += a[aFrom + i] * b[bFrom + i];
            }
            return s0 + s1 + (s2 + s3);
        }

        /** Adds {@code scale} times vector a, a whole array, to the slice of {@code target} that starts at {@code from}. */
        static void add(double scale, double[] a, double[] target, int from) {
            for (int i = 0; i < a.length; i++) {
                target[from + i] += scale * a[i];
            }
        }

        /** Adds {@code scale} times the slice of a that starts at {@code from} to {@code target}, a whole array. */
        static void addSlice(double scale, double[] a, int from, double[] target) {
            for (int i = 0; i < target.length; i++) {
                target[i] += scale * a[from + i];
            }
        }

        static double norm(double[] a, int from, int length) {
            return Math.sqrt(dot(a, from, a, from, length));
        }
    }
}
