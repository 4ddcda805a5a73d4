package io.github.linfhash.quantizers.rotation;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * A random rotation by fast Hadamard transforms: three rounds of random signs and a transform, O(d log d) for a vector, and 3 d bits
 * to keep; immutable and safe for threads.
 *
 * <p>Based on Ailon and Chazelle, "The fast Johnson-Lindenstrauss transform", SIAM J. Comput. 2009, and the three rounds of Yu et
 * al., "Orthogonal random features", 2016. Transforms have lengths that are powers of two. Other dimensions are either padded with
 * zeros, so that more coordinates have to be coded, or cut into blocks of powers of two, with a random permutation before each round
 * so that blocks mix.
 */
public final class HadamardMap implements VectorMap {
    private static final int ROUNDS = 3;

    private final float[] center;
    private final int outputs;
    private final boolean[][] negative;
    private final int[][] orders;

    private HadamardMap(float[] center, int outputs, boolean[][] negative, int[][] orders) {
        this.center = center;
        this.outputs = outputs;
        this.negative = negative;
        this.orders = orders;
    }

    /** A rotation about a center of d values that pads to the next power of two. */
    public static HadamardMap padded(float[] center, UniformRandomProvider random) {
        int most = center.length == 1 ? 1 : Integer.highestOneBit(center.length - 1) << 1;
        return new HadamardMap(center.clone(), most, signs(most, random), new int[0][]);
    }

    /** A rotation about a center of d values in blocks. */
    public static HadamardMap inBlocks(float[] center, UniformRandomProvider random) {
        return inBlocks(center, center.length, random);
    }

    /** A rotation about a center of d values in blocks, of vectors that are padded with zeros to so many outputs. */
    public static HadamardMap inBlocks(float[] center, int outputs, UniformRandomProvider random) {
        boolean[][] negative = signs(outputs, random);
        int[][] orders = new int[ROUNDS][];
        for (int round = 0; round < ROUNDS; round++) {
            orders[round] = new PermutationSampler(random, outputs, outputs).sample();
        }
        return new HadamardMap(center.clone(), outputs, negative, orders);
    }

    private static boolean[][] signs(int width, UniformRandomProvider random) {
        boolean[][] negative = new boolean[ROUNDS][width];
        for (boolean[] ofRound : negative) {
            for (int j = 0; j < width; j++) {
                ofRound[j] = random.nextBoolean();
            }
        }
        return negative;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public FeatureMatrix apply(FeatureMatrix vectors) {
        int d = center.length;
        if (vectors.dimension() != d) {
            throw new IllegalArgumentException("expected vectors of dimension " + d + ", found " + vectors);
        }
        float[] mapped = new float[Math.multiplyExact(vectors.rows(), outputs)];
        RowBlocks.ofWidth(vectors.rows(), outputs).blocks().parallelStream().forEach(block -> {
            float[] rows = Matrices.rows(vectors, block);
            float[] vector = new float[outputs];
            for (int i = 0; i < block.size(); i++) {
                for (int j = 0; j < outputs; j++) {
                    vector[j] = j < d ? rows[i * d + j] - center[j] : 0;
                }
                System.arraycopy(rotated(vector), 0, mapped, (block.from() + i) * outputs, outputs);
            }
        });
        return FeatureMatrix.owning(vectors.rows(), outputs, mapped);
    }

    @Override
    public float[] center() {
        return center.clone();
    }

    /** Returns the dense matrix, column j of which is the rotated unit vector j. */
    @Override
    public float[] weights() {
        int d = center.length;
        float[] matrix = new float[Math.multiplyExact(outputs, d)];
        for (int j = 0; j < d; j++) {
            float[] unit = new float[outputs];
            unit[j] = 1;
            float[] column = rotated(unit);
            for (int k = 0; k < outputs; k++) {
                matrix[k * d + j] = column[k];
            }
        }
        return matrix;
    }

    private float[] rotated(float[] vector) {
        float[] values = vector;
        for (int round = 0; round < ROUNDS; round++) {
            float[] next = new float[outputs];
            for (int j = 0; j < outputs; j++) {
                float value = values[orders.length == 0 ? j : orders[round][j]];
                next[j] = negative[round][j] ? -value : value;
            }
            for (int from = 0; from < outputs; ) {
                int length = Integer.highestOneBit(outputs - from);
                transform(next, from, length);
                from += length;
            }
            values = next;
        }
        return values;
    }

    /** The orthonormal transform of {@code length} values, in place. */
    private static void transform(float[] values, int from, int length) {
        for (int half = 1; half < length; half <<= 1) {
            for (int start = from; start < from + length; start += 2 * half) {
                for (int j = start; j < start + half; j++) {
                    float sum = values[j] + values[j + half];
                    values[j + half] = values[j] - values[j + half];
                    values[j] = sum;
                }
            }
        }
        float scale = (float) (1 / Math.sqrt(length));
        for (int j = from; j < from + length; j++) {
            values[j] *= scale;
        }
    }
}
