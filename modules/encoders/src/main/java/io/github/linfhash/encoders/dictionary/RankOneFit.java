package io.github.linfhash.encoders.dictionary;

import java.util.Arrays;

/**
 * A rank-one approximation g d^T of the u x n errors E that are left of an atom's users without that atom. Mutable.
 *
 * <p>Every step minimizes ||E - g d^T|| over d or over g, so none can increase it.
 */
final class RankOneFit {
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

    /** g = E d. */
    void refineCoefficients() {
        for (int i = 0; i < users; i++) {
            coefficients[i] = Vectors.dot(errors, i * atom.length, atom, 0, atom.length);
        }
    }

    /** d = E^T g / ||E^T g||; stays as it is where E^T g is zero. */
    void combineAtom() {
        Arrays.fill(combined, 0);
        for (int i = 0; i < users; i++) {
            Vectors.addSlice(coefficients[i], errors, i * atom.length, combined);
        }
        normalizeCombined();
    }

    /**
     * One step of the power method on E^T E, in one pass over E.
     *
     * @return ||E d||^2 of the atom before the step, which never decreases from step to step
     */
    double refineAtom() {
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
