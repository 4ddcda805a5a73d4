package io.github.linfhash.encoders.admm;

import io.github.linfhash.core.errors.InputException;

/**
 * When ADMM stops: the rule of Boyd, Parikh, Chu, Peleato and Eckstein (2011), section 3.3.1.
 *
 * <p>A signal of N unknowns is finished when {@code ||z - x|| <= sqrt(N) absolute + relative size(x, z)} and
 * {@code ||beta (z_t - z_{t-1})|| <= sqrt(N) absolute + relative ||p||}.
 *
 * @param maxIterations at least 1
 * @param absolute at least 0
 * @param relative at least 0; not both tolerances 0
 */
public record StoppingRule(int maxIterations, double absolute, double relative) {
    /** At most 10,000 iterations, and tolerances of 1e-9. */
    public static final StoppingRule PRECISE = new StoppingRule(10_000, 1e-9, 1e-9);

    /** @throws InputException if a value is out of its range */
    public StoppingRule {
        if (maxIterations < 1 || !(absolute >= 0) || !(relative >= 0) || absolute + relative == 0) {
            throw new InputException(
                    "ADMM's stopping rule needs at least 1 iteration and tolerances of at least 0, one of"
                            + " them above 0; found " + maxIterations + ", " + absolute + " and " + relative + ".");
        }
    }

    boolean holds(SignalResiduals residuals, int unknowns) {
        double floor = Math.sqrt(unknowns) * absolute;
        return residuals.primal() <= floor + relative * residuals.codeNorm()
                && residuals.dual() <= floor + relative * residuals.multiplierNorm();
    }
}
