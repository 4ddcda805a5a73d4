package io.github.linfhash.encoders.admm;

/**
 * What one iteration left to do; each residual is the largest over the signals.
 *
 * @param primalResidual ||z_t - x_t||
 * @param dualResidual ||beta (z_t - z_{t-1})||
 * @param infeasibility how far x_t leaves the box, max(0, max |x_i| - lambda); z_t is always inside
 * @param unfinished the number of signals for which the stopping rule does not hold yet
 */
public record AdmmIteration(double primalResidual, double dualResidual, double infeasibility, int unfinished) {}
