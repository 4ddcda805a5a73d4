package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.dictionary.BatchOmp.SparseCodes;
import io.github.linfhash.encoders.dictionary.BatchOmp.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
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
public record KSvd(Options options) {
    /** The name of the random stream. */
    public static final String STREAM = "dictionary";

    private static final double LEAST_SQUARED_NORM = 1e-6;

    /**
     * Learns a dictionary.
     *
     * @param signals Y, m x n, one signal a row; at least N of them with a squared norm above 1e-6
     * @param streams the stream "dictionary" is used
     * @throws InputException if there are too few signals, or the sparsity exceeds n
     * @throws io.github.linfhash.codes.NonFiniteException if a signal has a value that is not finite
     */
    public Result learn(Matrix signals, RandomStreams streams, Progress progress) {
        signals.requireFinite("the signals for the dictionary", "check the features");
        UniformRandomProvider random = streams.stream(STREAM);
        State state = new State(signals, initialAtoms(signals, random), options);
        List<Result.Iteration> iterations = new ArrayList<>();
        try (Progress.Task task = progress.begin("dictionary", options.iterations())) {
            for (int i = 0; i < options.iterations(); i++) {
                iterations.add(iterate(state, random));
                task.advance(1);
            }
        }
        return new Result(state.dictionary(), state.codes(), iterations);
    }

    private Result.Iteration iterate(State state, UniformRandomProvider random) {
        state.code();
        double afterCoding = state.error();
        state.updateAtoms(permutation(options.atoms(), random));
        double afterUpdate = state.error();
        return new Result.Iteration(afterCoding, afterUpdate, state.replaceAtoms());
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
                    + ", found " + found + " among " + signals.rows() + "; set fewer atoms.");
        }
        return atoms;
    }

    private static int[] permutation(int size, UniformRandomProvider random) {
        int[] order = PermutationSampler.natural(size);
        PermutationSampler.shuffle(random, order);
        return order;
    }

    /**
     * A dictionary D of N unit-norm atoms in n dimensions.
     *
     * @param atoms N x n, one atom a row: D^T
     */
    public record Dictionary(Matrix atoms) {
        private static final double NORM_TOLERANCE = 1e-6;

        /**
         * @throws InputException if an atom's Euclidean norm is not 1 to within 1e-6, or there is no atom
         */
        public Dictionary {
            if (atoms.rows() == 0) {
                throw new InputException("A dictionary needs at least one atom, found none.");
            }
            double[] atom = new double[atoms.columns()];
            for (int j = 0; j < atoms.rows(); j++) {
                atoms.copyRow(j, atom, 0);
                double norm = Vectors.norm(atom, 0, atom.length);
                if (!(Math.abs(norm - 1) <= NORM_TOLERANCE)) {
                    throw new InputException("Atom " + j + " of a dictionary must have norm 1, found " + norm + ".");
                }
            }
        }

        /** The number of atoms, N. */
        public int size() {
            return atoms.rows();
        }

        /** The dimension of an atom, n. */
        public int dimension() {
            return atoms.columns();
        }

        /** D as the equations have it, n x N. */
        public Matrix matrix() {
            return atoms.transpose();
        }
    }

    /**
     * The options of K-SVD.
     *
     * @param atoms N, at least 1
     * @param sparsity T, the most atoms that a signal may use; from 1 to min(n, N), n being checked when the signals are known
     * @param iterations at least 1
     * @param replacement when an atom gives way to a signal
     */
    public record Options(int atoms, int sparsity, int iterations, Replacement replacement) {
        /** @throws InputException if a value is out of its range */
        public Options {
            if (atoms < 1 || iterations < 1) {
                throw new InputException(
                        "K-SVD needs at least 1 atom and 1 iteration, found " + atoms + " and " + iterations + ".");
            }
            if (sparsity < 1 || sparsity > atoms) {
                throw new InputException("K-SVD's sparsity must be from 1 to the number of atoms, " + atoms + ", found "
                        + sparsity + ".");
            }
        }

        /**
         * When an atom gives way to the worst represented signal; unused atoms always do.
         *
         * @param coherence an atom whose inner product with another one exceeds this in magnitude is a duplicate; in (0, 1]
         * @param minimumUsers an atom with fewer users is replaced; at least 0
         */
        public record Replacement(double coherence, int minimumUsers) {
            /** The limits of Rubinstein's implementation. */
            public static final Replacement STANDARD = new Replacement(0.99, 4);

            /** @throws InputException if a value is out of its range */
            public Replacement {
                if (!(coherence > 0 && coherence <= 1) || minimumUsers < 0) {
                    throw new InputException(
                            "K-SVD's coherence limit must be in (0, 1] and its least number of users at least"
                                    + " 0, found " + coherence + " and " + minimumUsers + ".");
                }
            }
        }
    }

    /**
     * The result of K-SVD: Y is about G D^T, one signal a row.
     *
     * @param dictionary D
     * @param codes G, m x N, with at most T atoms a row; atoms replaced at the very end have no users yet
     * @param iterations one entry for each iteration, in order
     */
    public record Result(Dictionary dictionary, Matrix codes, List<Iteration> iterations) {
        public Result {
            iterations = List.copyOf(iterations);
        }

        /**
         * One iteration; errors are Frobenius norms of Y - G D^T.
         *
         * @param errorAfterCoding with the atoms of the iteration before
         * @param errorAfterUpdate with the refitted atoms
         * @param replaced the number of atoms that gave way to signals, after the errors were measured or, if they had no
         *     user, without effect on them
         */
        public record Iteration(double errorAfterCoding, double errorAfterUpdate, int replaced) {}
    }

    /**
     * Atoms, codes and residuals in the course of K-SVD. Mutable.
     *
     * <p>The residuals R = Y - G D^T (m x n, one signal a row) follow every change of an atom or a coefficient, so that the
     * errors which an atom has to fit are its users' residuals plus its own share.
     */
    static final class State {
        private static final double LEAST_COEFFICIENT = 1e-7;

        private final Matrix signals;
        private final Options options;
        private final int dimension;
        private final double[] atoms;
        private final double[] residuals;
        private final boolean[] replaced;
        private SparseCodes codes;
        private WorstSignals worst;

        /**
         * Starts with empty codes.
         *
         * @param atoms N x n, none of them zero; normalized here
         */
        State(Matrix signals, double[] atoms, Options options) {
            this.signals = signals;
            this.options = options;
            this.dimension = signals.columns();
            this.atoms = atoms;
            this.residuals = signals.toArray();
            this.codes = new SparseCodes(signals.rows(), options.sparsity());
            this.replaced = new boolean[options.atoms()];
            this.worst = new WorstSignals(signals.rows());
            for (int j = 0; j < options.atoms(); j++) {
                normalize(j);
            }
        }

        Dictionary dictionary() {
            return new Dictionary(Matrix.owning(options.atoms(), dimension, atoms.clone()));
        }

        /** G, m x N. */
        Matrix codes() {
            return codes.toMatrix(options.atoms());
        }

        /** ||R||_F. */
        double error() {
            return Vectors.norm(residuals, 0, residuals.length);
        }

        /** Codes every signal anew. */
        void code() {
            codes = new BatchOmp(dictionary(), options.sparsity()).code(signals);
            double[] residual = new double[dimension];
            for (int i = 0; i < signals.rows(); i++) {
                signals.copyRow(i, residual, 0);
                for (int slot = codes.from(i); slot < codes.to(i); slot++) {
                    Vectors.addSlice(-codes.coefficient(slot), atoms, codes.atom(slot) * dimension, residual);
                }
                System.arraycopy(residual, 0, residuals, i * dimension, dimension);
            }
        }

        /** Refits every atom and its coefficients, in the given order; an atom without users becomes a signal. */
        void updateAtoms(int[] order) {
            Arrays.fill(replaced, false);
            worst = new WorstSignals(signals.rows());
            int[][] users = codes.users(options.atoms());
            for (int j : order) {
                int[] slots = users[j];
                if (slots.length == 0) {
                    replace(j, residuals);
                } else {
                    refit(j, slots);
                }
            }
        }

        private void refit(int j, int[] slots) {
            double[] atom = Arrays.copyOfRange(atoms, j * dimension, (j + 1) * dimension);
            double[] errors = new double[Math.multiplyExact(slots.length, dimension)];
            double[] coefficients = new double[slots.length];
            for (int u = 0; u < slots.length; u++) {
                coefficients[u] = codes.coefficient(slots[u]);
                System.arraycopy(residuals, signal(slots[u]) * dimension, errors, u * dimension, dimension);
                Vectors.add(coefficients[u], atom, errors, u * dimension);
            }
            new RankOneFit(errors, atom, coefficients).refit();
            System.arraycopy(atom, 0, atoms, j * dimension, dimension);
            for (int u = 0; u < slots.length; u++) {
                codes.setCoefficient(slots[u], coefficients[u]);
                Vectors.add(-coefficients[u], atom, errors, u * dimension);
                System.arraycopy(errors, u * dimension, residuals, signal(slots[u]) * dimension, dimension);
            }
        }

        /**
         * Replaces duplicates and atoms that are hardly used, but none that {@link #updateAtoms} has replaced already.
         *
         * <p>Signals are ranked by their residuals before the first atom goes: the users of a duplicate are not badly
         * represented, their other atom takes them in the next iteration.
         *
         * @return the number of atoms replaced since the update began
         */
        int replaceAtoms() {
            double[] before = residuals.clone();
            int[][] users = codes.users(options.atoms());
            for (int j = 0; j < options.atoms(); j++) {
                int[] slots = users[j];
                if (!replaced[j] && (isHardlyUsed(slots) || isDuplicate(j))) {
                    release(j, slots);
                    replace(j, before);
                }
            }
            int count = 0;
            for (boolean one : replaced) {
                count += one ? 1 : 0;
            }
            return count;
        }

        private boolean isHardlyUsed(int[] slots) {
            int count = 0;
            for (int slot : slots) {
                count += Math.abs(codes.coefficient(slot)) > LEAST_COEFFICIENT ? 1 : 0;
            }
            return count < options.replacement().minimumUsers();
        }

        private boolean isDuplicate(int j) {
            for (int i = 0; i < options.atoms(); i++) {
                double product = Vectors.dot(atoms, i * dimension, atoms, j * dimension, dimension);
                if (i != j && Math.abs(product) > options.replacement().coherence()) {
                    return true;
                }
            }
            return false;
        }

        /** Sets the coefficients of an atom that is to go to zero. */
        private void release(int j, int[] slots) {
            double[] atom = Arrays.copyOfRange(atoms, j * dimension, (j + 1) * dimension);
            for (int slot : slots) {
                Vectors.add(codes.coefficient(slot), atom, residuals, signal(slot) * dimension);
                codes.setCoefficient(slot, 0);
            }
        }

        /** Replaces an atom without users by the signal with the largest residual in the ranking, if one is left. */
        private void replace(int j, double[] ranking) {
            int signal = worst.next(ranking);
            if (signal >= 0) {
                signals.copyRow(signal, atoms, j * dimension);
                normalize(j);
                replaced[j] = true;
            }
        }

        private int signal(int slot) {
            return slot / options.sparsity();
        }

        private void normalize(int j) {
            double norm = Vectors.norm(atoms, j * dimension, dimension);
            for (int i = j * dimension; i < (j + 1) * dimension; i++) {
                atoms[i] /= norm;
            }
        }
    }

    /**
     * A rank-one approximation g d^T of the u x n errors E that are left of an atom's users without that atom. Mutable.
     *
     * <p>Every step minimizes ||E - g d^T|| over d or over g, so none can increase it.
     */
    static final class RankOneFit {
        private static final int MOST_ITERATIONS = 500;
        private static final double PRECISION = 1e-12;

        private final int users;
        private final double[] errors;
        private final double[] atom;
        private final double[] coefficients;
        private final double[] combined;

        /**
         * @param errors E, row-major, u x n with u the number of coefficients
         * @param atom d, of norm 1; modified
         * @param coefficients g; modified
         */
        RankOneFit(double[] errors, double[] atom, double[] coefficients) {
            this.users = coefficients.length;
            this.errors = errors;
            this.atom = atom;
            this.coefficients = coefficients;
            this.combined = new double[atom.length];
        }

        /** The best rank-one approximation, the first singular pair. */
        void refit() {
            double energy = refineAtom();
            for (int i = 1; i < MOST_ITERATIONS; i++) {
                double previous = energy;
                energy = refineAtom();
                if (energy - previous <= PRECISION * energy) {
                    break;
                }
            }
            refineCoefficients();
        }

        /** g = E d. */
        private void refineCoefficients() {
            for (int i = 0; i < users; i++) {
                coefficients[i] = Vectors.dot(errors, i * atom.length, atom, 0, atom.length);
            }
        }

        /**
         * One step of the power method on E^T E, in one pass over E.
         *
         * @return ||E d||^2 of the atom before the step, which never decreases from step to step
         */
        private double refineAtom() {
            Arrays.fill(combined, 0);
            double energy = 0;
            for (int i = 0; i < users; i++) {
                int row = i * atom.length;
                double coefficient = Vectors.dot(errors, row, atom, 0, atom.length);
                energy += coefficient * coefficient;
                Vectors.addSlice(coefficient, errors, row, combined);
            }
            normalizeCombined();
            return energy;
        }

        private void normalizeCombined() {
            double norm = Vectors.norm(combined, 0, combined.length);
            if (norm > 0) {
                for (int i = 0; i < atom.length; i++) {
                    atom[i] = combined[i] / norm;
                }
            }
        }
    }

    /** Hands out the worst represented signals of one iteration, each once. Mutable. */
    static final class WorstSignals {
        private final boolean[] used;

        WorstSignals(int signals) {
            used = new boolean[signals];
        }

        /**
         * The signal with the largest residual among those not handed out, or -1 where all of those have none.
         *
         * @param residuals m x n, row-major
         */
        int next(double[] residuals) {
            int dimension = residuals.length / used.length;
            int worst = -1;
            double largest = 0;
            for (int i = 0; i < used.length; i++) {
                double norm = used[i] ? 0 : Vectors.norm(residuals, i * dimension, dimension);
                if (norm > largest) {
                    worst = i;
                    largest = norm;
                }
            }
            if (worst >= 0) {
                used[worst] = true;
            }
            return worst;
        }
    }
}
