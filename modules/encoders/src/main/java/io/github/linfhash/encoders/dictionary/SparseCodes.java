package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.encoders.algebra.Matrix;

/**
 * Sparse codes of m signals, at most T atoms each. Mutable, for the learner alone.
 *
 * <p>Slot s of signal i lies at i * T + s; a signal's used slots come first.
 */
final class SparseCodes {
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

    int signals() {
        return signals;
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
