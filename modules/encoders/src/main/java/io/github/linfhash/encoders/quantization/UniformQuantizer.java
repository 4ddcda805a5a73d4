package io.github.linfhash.encoders.quantization;

import io.github.linfhash.core.errors.InputException;

/**
 * Uniform scalar quantization of [-range, range] to the midpoints of L equal cells.
 *
 * <p>A value in the range moves by at most range / L; a value outside is moved into the first or last cell.
 *
 * @param range above 0
 * @param levels L, at least 2
 */
public record UniformQuantizer(double range, int levels) {
    /** @throws InputException if a value is out of its range */
    public UniformQuantizer {
        if (!(range > 0) || range == Double.POSITIVE_INFINITY || levels < 2) {
            throw new InputException("A quantizer needs a positive range and at least 2 levels, found " + range
                    + " and " + levels + ".");
        }
    }

    public double quantize(double value) {
        double cell = Math.floor((value + range) / (2 * range) * levels);
        double inside = Math.max(0, Math.min(levels - 1, cell));
        return ((2 * inside + 1) / levels - 1) * range;
    }
}
