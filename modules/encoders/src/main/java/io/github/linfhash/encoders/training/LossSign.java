package io.github.linfhash.encoders.training;

/** How the dissimilar pairs enter the pairwise loss, eq. (12). */
public enum LossSign {
    /** Added, as in Hadsell, Chopra and LeCun (CVPR 2006): dissimilar pairs are pushed a margin apart. */
    CORRECTED(1),
    /** Subtracted, as eq. (12) is printed: minimizing it pulls dissimilar pairs together. */
    PRINTED(-1);

    private final double factor;

    LossSign(double factor) {
        this.factor = factor;
    }

    double factor() {
        return factor;
    }
}
