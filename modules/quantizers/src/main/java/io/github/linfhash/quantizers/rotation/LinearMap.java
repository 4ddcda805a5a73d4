package io.github.linfhash.quantizers.rotation;

import io.github.linfhash.codes.AffineMap;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.Moments;
import io.github.linfhash.linalg.Procrustes;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.linalg.SymmetricEigen;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A map y = W (x - c) from d to N dimensions in float32, by {@link AffineMap}, or without a product where y is the first N coordinates;
 * immutable and safe for threads.
 */
public final class LinearMap implements VectorMap {
    private static final String STREAM = "rotation";

    private final int inputs;
    private final int outputs;
    private final float[] center;
    private final transient @Nullable AffineMap map; // of which the weights are sent

    private LinearMap(@Nullable AffineMap map, int outputs, float[] center) {
        this.inputs = center.length;
        this.outputs = outputs;
        this.center = center;
        this.map = map;
    }

    /** The serialized form, as affine maps have none. */
    private static final class Sent implements Serializable {
        private final float @Nullable [] weights;
        private final int outputs;
        private final float[] center;

        Sent(float @Nullable [] weights, int outputs, float[] center) {
            this.weights = weights;
            this.outputs = outputs;
            this.center = center;
        }

        private Object readResolve() {
            AffineMap map = weights == null ? null : AffineMap.of(weights, center.length, center, null);
            return new LinearMap(map, outputs, center);
        }
    }

    private Object writeReplace() {
        return new Sent(weights(), outputs, center);
    }

    /**
     * The map of a matrix and a center.
     *
     * @param rows W, N x d
     * @param center c, d values
     * @throws NonFiniteException if a weight is NaN or infinite, or too large for float32
     */
    public static LinearMap of(double[][] rows, float[] center) {
        float[] weights = Matrices.toFloats(Matrices.flatten(rows));
        return new LinearMap(AffineMap.of(weights, center.length, center, null), rows.length, center.clone());
    }

    /** The first N coordinates less those of a center of d values. */
    public static LinearMap first(int count, float[] center) {
        return new LinearMap(null, count, center.clone());
    }

    /**
     * The first N principal components about 0, so that inner products stay; where N is d the coordinates themselves, for which no
     * component has to be found.
     */
    public static LinearMap components(FeatureMatrix vectors, int count) {
        float[] none = new float[vectors.dimension()];
        return count == none.length ? first(count, none) : of(principalComponents(vectors, count), none);
    }

    /**
     * A random rotation, about the mean, of the first N principal components; of all coordinates where N is d, for which no component
     * has to be found.
     */
    public static LinearMap rotatedComponents(FeatureMatrix vectors, int count, float[] center, RandomStreams random) {
        double[][] rotation = randomRotation(count, random, STREAM);
        if (count == vectors.dimension()) {
            return of(rotation, center);
        }
        return of(product(rotation, principalComponents(vectors, count)), center);
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public float[] center() {
        return center.clone();
    }

    @Override
    public float @Nullable [] weights() {
        return map == null ? null : map.weights();
    }

    @Override
    public FeatureMatrix apply(FeatureMatrix vectors) {
        if (vectors.dimension() != inputs) {
            throw new IllegalArgumentException("expected vectors of dimension " + inputs + ", found " + vectors);
        }
        float[] mapped = new float[Math.multiplyExact(vectors.rows(), outputs)];
        if (map == null) {
            for (int i = 0; i < mapped.length; i++) {
                int j = i % outputs;
                mapped[i] = vectors.get(i / outputs, j) - center[j];
            }
            return FeatureMatrix.owning(vectors.rows(), outputs, mapped);
        }
        RowBlocks.ofWidth(vectors.rows(), Math.max(inputs, outputs)).blocks().parallelStream()
                .forEach(block ->
                        map.apply(Matrices.rows(vectors, block), 0, block.size(), mapped, block.from() * outputs));
        return FeatureMatrix.owning(vectors.rows(), outputs, mapped);
    }

    /** The mean vector, in float32. */
    public static float[] mean(FeatureMatrix vectors) {
        return Matrices.toFloats(Moments.mean(vectors));
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
        return SymmetricEigen.ofCovariance(vectors).largest(count);
    }

    private static double[][] product(double[][] a, double[][] b) {
        int width = b[0].length;
        return Matrices.unflatten(
                Matrices.product(Matrices.flatten(a), Matrices.flatten(b), a.length, b.length, width), width);
    }
}
