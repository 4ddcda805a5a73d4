package io.github.linfhash.quantizers;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.function.IntFunction;

/**
 * The vectors that quantizers and the exact search work on: for the cosine, those of norm 1 in the same directions, whose order by Euclidean
 * distance is that by cosine; else the vectors themselves.
 */
public final class PreparedVectors {
    /**
     * Up to this squared norm of all vectors, 2 (x, y) - |x|^2 is finite in float32, and each sum on the way; the norm is about 9e18.
     */
    private static final double LARGEST_SQUARES = Float.MAX_VALUE / 4;

    private PreparedVectors() {}

    /**
     * Prepares vectors. Those that are not in memory are prepared, and may be refused, whenever they are read.
     *
     * @param name what the vectors are called in messages, such as their file
     * @throws InputException if a vector has a value that is not finite or, for the cosine, is 0 everywhere, or else is so long that
     *     distances overflow float32
     */
    public static FeatureMatrix of(Similarity similarity, FeatureMatrix vectors, String name) {
        return of(similarity, vectors, name, i -> "row " + i);
    }

    /**
     * Prepares some rows of a database.
     *
     * @param shown the name in messages of a row of {@code vectors}
     * @throws InputException as {@link #of(Similarity, FeatureMatrix, String)}
     */
    public static FeatureMatrix of(
            Similarity similarity, FeatureMatrix vectors, String name, IntFunction<String> shown) {
        int n = vectors.rows();
        int d = vectors.dimension();
        if (!vectors.isInMemory()) {
            return FeatureMatrix.reading(n, d, (from, count, target, offset) -> {
                vectors.copyRows(from, count, target, offset);
                prepare(similarity, target, offset, count, d, name, i -> shown.apply(from + i));
            });
        }
        float[] values = vectors.toArray();
        prepare(similarity, values, 0, n, d, name, shown);
        return similarity == Similarity.COSINE ? FeatureMatrix.owning(n, d, values) : vectors;
    }

    private static void prepare(
            Similarity similarity, float[] values, int offset, int n, int d, String name, IntFunction<String> shown) {
        for (int i = 0; i < n; i++) {
            int at = offset + i * d;
            double squares = Similarity.squaredLength(values, at, d);
            if (!Double.isFinite(squares)) {
                throw new InputException(name + ": expected finite values, found others in " + shown.apply(i));
            }
            if (similarity != Similarity.COSINE && squares > LARGEST_SQUARES) {
                throw new InputException(
                        name + ": expected vectors of a length of at most 9e18, as float32 holds no larger distances; "
                                + shown.apply(i) + " has the length " + (float) Math.sqrt(squares)
                                + ". Divide all vectors by one number.");
            }
            if (similarity == Similarity.COSINE && squares == 0) {
                throw new InputException(name
                        + ": expected non-zero vectors for cosine similarity, found only zeros in "
                        + shown.apply(i));
            }
            similarity.prepare(values, at, d, squares);
        }
    }

    /**
     * Returns the {@linkplain Similarity#term terms} of the distances to vectors that do not depend on the query.
     *
     * @param vectors n x d
     * @param center d values
     * @return n values
     */
    public static float[] terms(Similarity similarity, FeatureMatrix vectors, float[] center) {
        float[] terms = new float[vectors.rows()];
        float[] vector = new float[vectors.dimension()];
        for (int i = 0; i < terms.length; i++) {
            vectors.copyRow(i, vector);
            terms[i] = similarity.term(vector, 0, center);
        }
        return terms;
    }
}
