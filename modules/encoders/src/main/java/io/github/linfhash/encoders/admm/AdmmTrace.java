package io.github.linfhash.encoders.admm;

import io.github.linfhash.encoders.algebra.Matrix;
import java.util.List;

/**
 * The first iterates of ADMM; entry t of each list is the state after t iterations, entry 0 the start at zero.
 *
 * @param codes z_t, each m x N
 * @param multipliers p_t, each m x N
 */
public record AdmmTrace(List<Matrix> codes, List<Matrix> multipliers) {
    public AdmmTrace {
        codes = List.copyOf(codes);
        multipliers = List.copyOf(multipliers);
    }
}
