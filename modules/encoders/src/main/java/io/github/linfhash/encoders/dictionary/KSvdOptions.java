package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.core.errors.InputException;

/**
 * What K-SVD is asked for.
 *
 * @param atoms N, at least 1
 * @param sparsity T, the most atoms that a signal may use; from 1 to min(n, N), n being checked when the signals are known
 * @param iterations at least 1
 * @param update how atoms are refitted
 * @param replacement when an atom gives way to a signal
 */
public record KSvdOptions(int atoms, int sparsity, int iterations, AtomUpdate update, Replacement replacement) {
    /** @throws InputException if a value is out of its range */
    public KSvdOptions {
        if (atoms < 1 || iterations < 1) {
            throw new InputException(
                    "K-SVD needs at least 1 atom and 1 iteration, found " + atoms + " and " + iterations + ".");
        }
        if (sparsity < 1 || sparsity > atoms) {
            throw new InputException(
                    "K-SVD's sparsity must be from 1 to the number of atoms, " + atoms + ", found " + sparsity + ".");
        }
    }

    /**
     * The settings for a code of N bits, none of which the paper of the l-infinity encoder gives: a sparsity of a tenth of
     * N but at least 3, 30 iterations, the exact update.
     */
    public static KSvdOptions standard(int atoms) {
        int sparsity = Math.min(atoms, Math.max(3, Math.round(0.1f * atoms)));
        return new KSvdOptions(atoms, sparsity, 30, AtomUpdate.EXACT, Replacement.STANDARD);
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
