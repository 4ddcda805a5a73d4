package io.github.linfhash.encoders.algebra;

import io.github.linfhash.core.random.RandomStreams;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Seeded random matrices for tests. */
public final class RandomMatrices {
    private RandomMatrices() {}

    /** Independent standard normal entries. */
    public static Matrix gaussian(int rows, int columns, long seed) {
        var sampler =
                ZigguratSampler.NormalizedGaussian.of(new RandomStreams(seed).stream("test-" + rows + "x" + columns));
        return Matrix.owning(
                rows,
                columns,
                IntStream.range(0, rows * columns)
                        .mapToDouble(i -> sampler.sample())
                        .toArray());
    }

    /** Independent rows, uniform on the unit sphere. */
    public static Matrix unitRows(int rows, int columns, long seed) {
        double[] values = gaussian(rows, columns, seed).toArray();
        for (int i = 0; i < rows; i++) {
            double square = 0;
            for (int j = 0; j < columns; j++) {
                square += values[i * columns + j] * values[i * columns + j];
            }
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] /= Math.sqrt(square);
            }
        }
        return Matrix.owning(rows, columns, values);
    }
}
