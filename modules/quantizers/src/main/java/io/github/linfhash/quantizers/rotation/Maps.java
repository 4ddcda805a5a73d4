package io.github.linfhash.quantizers.rotation;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.Moments;
import io.github.linfhash.linalg.Procrustes;
import io.github.linfhash.linalg.SymmetricEigen;
import java.util.Arrays;
import org.apache.commons.rng.sampling.PermutationSampler;

/** The linear maps that quantizers begin with. */
public final class Maps {
    private static final String STREAM = "rotation";

    private Maps() {}

    /**
     * Refuses to keep more dimensions than vectors have.
     *
     * @param quantizer its name, for the message
     * @param d the dimension of the vectors
     */
    public static void requireDimensions(String quantizer, int kept, int d) {
        if (kept > d) {
            throw new InputException(quantizer + ": expected at most " + d + " dimensions, found " + kept);
        }
    }

    /** The mean vector, in float32. */
    public static float[] mean(FeatureMatrix vectors) {
        return Matrices.toFloats(Moments.mean(vectors));
    }

    /** The first N coordinates less the center's. */
    public static LinearMap first(int count, float[] center) {
        return LinearMap.first(count, center);
    }

    /** A uniformly distributed rotation of n x n: the polar factor of a Gaussian matrix. */
    public static double[][] randomRotation(int n, RandomStreams random, String stream) {
        double[][] gaussian = Matrices.gaussian(n, n, random.stream(stream));
        return Matrices.unflatten(Procrustes.rotation(Matrices.flatten(gaussian), n), n);
    }

    /**
     * N random directions of d dimensions: the first rows of a random rotation, orthogonal to each other, and those of further rotations
     * where N is greater than d.
     */
    public static double[][] randomDirections(int count, int d, RandomStreams random) {
        double[][] rows = new double[count][];
        double[][] rotation = {};
        for (int k = 0; k < count; k++) {
            if (k % d == 0) {
                rotation = randomRotation(d, random, k == 0 ? STREAM : STREAM + "-" + k / d);
            }
            rows[k] = rotation[k % d];
        }
        return rows;
    }

    /** The first N principal components about a mean, as rows. */
    public static double[][] principalComponents(FeatureMatrix vectors, int count) {
        double[] mean = Moments.mean(vectors);
        return SymmetricEigen.of(Moments.covariance(vectors, mean), vectors.dimension())
                .largest(count);
    }

    /**
     * A random rotation, about the mean, of the first N principal components; of all coordinates where N is d, for which no component
     * has to be found.
     */
    public static LinearMap rotatedComponents(FeatureMatrix vectors, int count, float[] center, RandomStreams random) {
        double[][] rotation = randomRotation(count, random, STREAM);
        if (count == vectors.dimension()) {
            return LinearMap.of(rotation, center);
        }
        return LinearMap.of(product(rotation, principalComponents(vectors, count)), center);
    }

    /** A B of rows. */
    public static double[][] product(double[][] a, double[][] b) {
        int width = b[0].length;
        return Matrices.unflatten(
                Matrices.product(Matrices.flatten(a), Matrices.flatten(b), a.length, b.length, width), width);
    }

    /** At most so many of the vectors, drawn without replacement, in their order. */
    public static FeatureMatrix sample(FeatureMatrix vectors, int most, RandomStreams random) {
        if (vectors.rows() <= most) {
            return vectors;
        }
        int[] chosen = new PermutationSampler(random.stream("sample"), vectors.rows(), most).sample();
        Arrays.sort(chosen);
        return vectors.select(chosen);
    }
}
