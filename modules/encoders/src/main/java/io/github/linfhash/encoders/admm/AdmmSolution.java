package io.github.linfhash.encoders.admm;

import io.github.linfhash.encoders.algebra.Matrix;
import java.util.List;

/**
 * Where ADMM ended.
 *
 * @param codes z, m x N: inside the box exactly
 * @param multipliers p, m x N; at a solution D^T (D z - y)
 * @param iterations one entry for each iteration, in order
 * @param converged whether the stopping rule holds for every signal
 */
public record AdmmSolution(Matrix codes, Matrix multipliers, List<AdmmIteration> iterations, boolean converged) {}
