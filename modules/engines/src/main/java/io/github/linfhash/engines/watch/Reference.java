package io.github.linfhash.engines.watch;

import io.github.linfhash.codes.Similarity;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/**
 * Vectors of the first look, and how far others of it are from the nearest of them. All are normalized for the cosine.
 *
 * @param dimension of the vectors
 * @param anchors their values as float32, big-endian, one vector after the other, in base64
 * @param most the distance that all but {@value #BEYOND} of the other vectors of the first look do not exceed
 */
public record Reference(int dimension, String anchors, double most) {
    private static final int ANCHORS = 64;

    /** So many of the first look's vectors may be outliers, so that one alone does not make everything look near. */
    private static final int BEYOND = 2;

    /** The fewest vectors of a first look: of 136 others, the third farthest lies within nine tenths of all with a probability of 0.0001, of 36 with 0.29. */
    static final int LEAST = 200;

    /** @throws IllegalArgumentException if the anchors are not whole vectors */
    public Reference {
        int bytes = Base64.getDecoder().decode(anchors).length;
        if (dimension < 1 || bytes == 0 || bytes % (Float.BYTES * dimension) != 0 || !Double.isFinite(most)) {
            throw new IllegalArgumentException("expected anchors of dimension " + dimension);
        }
    }

    /** Makes a reference of at least {@value #LEAST} vectors of one dimension, of which the first {@value #ANCHORS} are anchors. */
    static Reference of(Similarity similarity, List<float[]> vectors) {
        int dimension = vectors.get(0).length;
        ByteBuffer values = ByteBuffer.allocate(ANCHORS * dimension * Float.BYTES);
        for (float[] vector : vectors.subList(0, ANCHORS)) {
            for (float value : prepared(similarity, vector)) {
                values.putFloat(value);
            }
        }
        double[] distances = vectors.subList(ANCHORS, vectors.size()).stream()
                .mapToDouble(vector -> distance(values.array(), similarity, vector))
                .sorted()
                .toArray();
        return new Reference(
                dimension,
                Base64.getEncoder().encodeToString(values.array()),
                distances[distances.length - 1 - BEYOND]);
    }

    private static float[] prepared(Similarity similarity, float[] vector) {
        float[] prepared = vector.clone();
        double squares = Similarity.squaredLength(prepared, 0, prepared.length);
        if (squares > 0) {
            similarity.prepare(prepared, 0, prepared.length, squares);
        }
        return prepared;
    }

    private static double distance(byte[] anchors, Similarity similarity, float[] vector) {
        float[] prepared = prepared(similarity, vector);
        ByteBuffer values = ByteBuffer.wrap(anchors);
        double least = Double.MAX_VALUE;
        while (values.hasRemaining()) {
            double squares = 0;
            for (float value : prepared) {
                double difference = value - values.getFloat();
                squares += difference * difference;
            }
            least = Math.min(least, squares);
        }
        return Math.sqrt(least);
    }

    /** Returns for each vector 1 if it is near, else 0; a vector of another dimension is not. */
    List<Double> near(Similarity similarity, List<float[]> vectors) {
        byte[] values = Base64.getDecoder().decode(anchors);
        return vectors.stream()
                .map(vector -> vector.length == dimension && distance(values, similarity, vector) <= most ? 1.0 : 0.0)
                .toList();
    }
}
