package io.github.linfhash.encoders.dictionary;

/** How K-SVD refits an atom and the coefficients of its users to the part of the signals that no other atom explains. */
public enum AtomUpdate {
    /** The best rank-one approximation, the first singular pair: Aharon, Elad and Bruckstein (2006). */
    EXACT {
        @Override
        void refit(RankOneFit fit) {
            double energy = fit.refineAtom();
            for (int i = 1; i < MOST_ITERATIONS; i++) {
                double previous = energy;
                energy = fit.refineAtom();
                if (energy - previous <= PRECISION * energy) {
                    break;
                }
            }
            fit.refineCoefficients();
        }
    },
    /** One round of alternating least squares, started at the present coefficients: Rubinstein et al. (2008). */
    APPROXIMATE {
        @Override
        void refit(RankOneFit fit) {
            fit.combineAtom();
            fit.refineCoefficients();
        }
    };

    private static final int MOST_ITERATIONS = 500;
    private static final double PRECISION = 1e-12;

    abstract void refit(RankOneFit fit);
}
