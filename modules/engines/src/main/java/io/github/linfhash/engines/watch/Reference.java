package io.github.linfhash.engines.watch;

import io.github.linfhash.codes.Similarity;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Vectors of the first look, and how far others of it are from the nearest of them. All are normalized for the cosine.
 *
 * @param dimension of the vectors
 * @param anchors their values as float32, big-endian, one vector after the other
 * @param most the distance that all but {@value #BEYOND} of the other vectors of the first look do not exceed
 */
public record Reference(int dimension, byte[] anchors, double most) {
    private static final int ANCHORS = 64;

    /** So many of the first look's vectors may be outliers, so that one alone does not make everything look near. */
    private static final int BEYOND = 2;

    /** The fewest vectors of a first look. */
    static final int LEAST = 16;

    /** @throws IllegalArgumentException if the anchors are not whole vectors */
    public Reference {
        anchors = anchors.clone();
        if (dimension < 1 || anchors.length == 0 || anchors.length % (Float.BYTES * dimension) != 0 || !Double.isFinite(most)) {
            throw new IllegalArgumentException("expected anchors of dimension " + dimension);
        }
    }

    @Override
    public byte[] anchors() {
        return anchors.clone();
    }

    /** Makes a reference of at least {@value #LEAST} vectors of one dimension: a third of them, at most {@value #ANCHORS}, are anchors. */
    static Reference of(Similarity similarity, List<float[]> vectors) {
        int count = Math.min(ANCHORS, vectors.size() / 3);
        int dimension = vectors.get(0).length;
        ByteBuffer values = ByteBuffer.allocate(count * dimension * Float.BYTES);
        vectors.subList(0, count).forEach(vector -> {
            for (float value : prepared(similarity, vector)) {
                values.putFloat(value);
            }
        });
        Reference all = new Reference(dimension, values.array(), 0);
        double[] distances = vectors.subList(count, vectors.size()).stream()
                .mapToDouble(vector -> all.distance(similarity, vector))
                .sorted()
                .toArray();
        return new Reference(dimension, values.array(), distances[distances.length - 1 - BEYOND]);
    }

    private static float[] prepared(Similarity similarity, float[] vector) {
        float[] prepared = vector.clone();
        double squares = Similarity.squaredLength(prepared, 0, prepared.length);
        if (squares > 0) {
            similarity.prepare(prepared, 0, prepared.length, squares);
        }
        return prepared;
    }

    private double distance(Similarity similarity, float[] vector) {
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
        return vectors.stream()
                .map(vector -> vector.length == dimension && distance(similarity, vector) <= most ? 1.0 : 0.0)
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reference reference
                && dimension == reference.dimension
                && most == reference.most
                && Arrays.equals(anchors, reference.anchors);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(anchors);
    }
}
