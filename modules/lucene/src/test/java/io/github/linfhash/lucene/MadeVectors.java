package io.github.linfhash.lucene;

import io.github.linfhash.core.random.RandomStreams;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/** Vectors of norm 1 around a mean, and their exact neighbors by plain loops. */
final class MadeVectors {
    static final int ROWS = 1_500;
    static final int DIMENSION = 24;
    static final float[][] VECTORS = made(ROWS, "vectors");
    static final float[][] QUERIES = made(50, "queries");

    private MadeVectors() {}

    private static float[][] made(int rows, String name) {
        UniformRandomProvider random = new RandomStreams(1).stream(name);
        float[][] vectors = new float[rows][DIMENSION];
        for (float[] vector : vectors) {
            double squares = 0;
            for (int j = 0; j < DIMENSION; j++) {
                vector[j] = random.nextFloat() - 0.4f;
                squares += vector[j] * vector[j];
            }
            for (int j = 0; j < DIMENSION; j++) {
                vector[j] /= (float) Math.sqrt(squares);
            }
        }
        return vectors;
    }

    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (double) a[j] * b[j];
        }
        return sum;
    }

    /** The rows with the largest inner products, the largest first. */
    static int[] exact(float[] query, int rows, int k) {
        return IntStream.range(0, rows)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -dot(query, VECTORS[row])))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The share of the exact neighbors that lists have, on average. */
    static double recall(int[][] lists, int rows, int k) {
        int found = 0;
        for (int q = 0; q < lists.length; q++) {
            int[] exact = exact(QUERIES[q], rows, k);
            found += (int) IntStream.of(lists[q])
                    .filter(row -> IntStream.of(exact).anyMatch(one -> one == row))
                    .count();
        }
        return found / (double) (lists.length * k);
    }
}
