package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.encoders.algebra.Matrix;
import java.util.Arrays;

/**
 * Atoms, codes and residuals in the course of K-SVD. Mutable.
 *
 * <p>The residuals R = Y - G D^T (m x n, one signal a row) follow every change of an atom or a coefficient, so that the
 * errors which an atom has to fit are its users' residuals plus its own share.
 */
final class KSvdState {
    private static final double LEAST_COEFFICIENT = 1e-7;

    private final Matrix signals;
    private final KSvdOptions options;
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
    KSvdState(Matrix signals, double[] atoms, KSvdOptions options) {
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
        AtomUsers users = new AtomUsers(codes, options.atoms());
        for (int j : order) {
            int[] slots = users.of(j);
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
        options.update().refit(new RankOneFit(errors, atom, coefficients));
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
        AtomUsers users = new AtomUsers(codes, options.atoms());
        for (int j = 0; j < options.atoms(); j++) {
            int[] slots = users.of(j);
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
