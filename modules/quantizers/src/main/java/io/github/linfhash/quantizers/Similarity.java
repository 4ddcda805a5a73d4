package io.github.linfhash.quantizers;

import io.github.linfhash.codes.VectorSimilarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.function.IntFunction;

/** By what vectors are near each other. */
public enum Similarity {
    /** The cosine of the angle between two vectors. */
    COSINE(VectorSimilarity.COSINE),
    /** The inner product. */
    DOT(VectorSimilarity.DOT),
    /** The Euclidean distance, small for near ones. */
    EUCLIDEAN(VectorSimilarity.EUCLIDEAN);

    /**
     * Up to this squared length of all vectors, 2 (x, y) - |x|^2 is finite in float32, and each sum on the way; the length is about 9e18.
     */
    private static final double LARGEST_SQUARES = Float.MAX_VALUE / 4;

    private final VectorSimilarity ofVectors;

    Similarity(VectorSimilarity ofVectors) {
        this.ofVectors = ofVectors;
    }

    /**
     * The vectors that quantizers and the exact search work on: for the cosine, those of length 1 in the same directions, whose
     * order by Euclidean distance is that by cosine; else the same ones. Of vectors that are not in memory, each is prepared, and may be
     * refused, whenever it is read.
     *
     * @param name what the vectors are called in messages, such as their file
     * @throws InputException if a vector has a value that is not finite or, for the cosine, is 0 everywhere, or else is so long that
     *     distances overflow float32
     */
    public FeatureMatrix prepare(FeatureMatrix vectors, String name) {
        return prepare(vectors, name, i -> "row " + i);
    }

    /**
     * Prepares some rows of a database, which messages name as the caller says.
     *
     * @param shown what messages call a row of {@code vectors}
     */
    public FeatureMatrix prepare(FeatureMatrix vectors, String name, IntFunction<String> shown) {
        int n = vectors.rows();
        int d = vectors.dimension();
        if (!vectors.isInMemory()) {
            return FeatureMatrix.reading(n, d, (from, count, target, offset) -> {
                vectors.copyRows(from, count, target, offset);
                prepare(target, offset, count, d, name, i -> shown.apply(from + i));
            });
        }
        float[] values = vectors.toArray();
        prepare(values, 0, n, d, name, shown);
        return this == COSINE ? FeatureMatrix.owning(n, d, values) : vectors;
    }

    private void prepare(float[] values, int offset, int n, int d, String name, IntFunction<String> shown) {
        for (int i = 0; i < n; i++) {
            int at = offset + i * d;
            double squares = VectorSimilarity.squaredLength(values, at, d);
            if (!Double.isFinite(squares)) {
                throw new InputException(name + ": expected finite values, found others in " + shown.apply(i));
            }
            if (this != COSINE && squares > LARGEST_SQUARES) {
                throw new InputException(
                        name + ": expected vectors of a length of at most 9e18, as float32 holds no larger distances; "
                                + shown.apply(i) + " has the length " + (float) Math.sqrt(squares)
                                + ". Divide all vectors by one number.");
            }
            if (this == COSINE && squares == 0) {
                throw new InputException(name
                        + ": expected non-zero vectors for cosine similarity, found only zeros in "
                        + shown.apply(i));
            }
            ofVectors.prepare(values, at, d, squares);
        }
    }

    /** Returns this similarity in plain loops over one vector. */
    public VectorSimilarity ofVectors() {
        return ofVectors;
    }

    /** Whether the inner product orders prepared vectors, instead of the Euclidean distance. */
    public boolean byInnerProduct() {
        return ofVectors.byInnerProduct();
    }

    /**
     * Returns the part of the distance from a query q to each vector o that depends on o and not on q: |o - c|^2 with a center c, and -(o, c) for the
     * inner product; the rest is a multiple of (o - c, q - c).
     *
     * @param vectors n x d
     * @param center d values
     * @return that of each vector
     */
    public float[] termsOf(FeatureMatrix vectors, float[] center) {
        float[] terms = new float[vectors.rows()];
        float[] vector = new float[vectors.dimension()];
        for (int i = 0; i < terms.length; i++) {
            vectors.copyRow(i, vector);
            terms[i] = ofVectors.term(vector, 0, center);
        }
        return terms;
    }

    /** The share that one coordinate has in a distance: -(value, query), or else the squared difference. */
    public float share(float value, float query) {
        return ofVectors.share(value, query);
    }

    /** Returns the factor that makes a distance of (o - c, q - c). */
    public float factor() {
        return ofVectors.factor();
    }
}
