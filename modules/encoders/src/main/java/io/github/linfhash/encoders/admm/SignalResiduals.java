package io.github.linfhash.encoders.admm;

/**
 * How far one signal's iterate is from a solution, and the sizes to compare that with.
 *
 * @param primal ||z - x||
 * @param dual ||beta (z_t - z_{t-1})||
 * @param excess how far x leaves the box: max(0, max |x_i| - lambda)
 * @param codeNorm the size of x and z
 * @param multiplierNorm ||p||
 */
record SignalResiduals(double primal, double dual, double excess, double codeNorm, double multiplierNorm) {}
