package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;

/**
 * Checks of options that a user may set.
 *
 * @param whose the start of every sentence, such as "SNNH's"
 */
public record OptionChecks(String whose) {
    private static final int MOST_STAGES = 64;

    /**
     * Refuses an option.
     *
     * @param fine whether it is as it must be
     * @param sentence how it must be and how it is, without the full stop
     * @throws InputException if it is not fine
     */
    public void require(boolean fine, String sentence) {
        if (!fine) {
            throw new InputException(whose + " " + sentence + ".");
        }
    }

    /** Requires a finite number above 0. */
    public void requirePositive(String name, double value) {
        require(value > 0 && Double.isFinite(value), name + " must be above 0, not " + value);
    }

    /** Requires a number of stages that a network can be unfolded into. */
    public void requireStages(int stages) {
        require(stages >= 1 && stages <= MOST_STAGES, "stages must be from 1 to " + MOST_STAGES + ", not " + stages);
    }
}
