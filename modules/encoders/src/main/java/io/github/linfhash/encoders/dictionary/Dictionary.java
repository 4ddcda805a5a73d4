package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.encoders.algebra.Matrix;

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
