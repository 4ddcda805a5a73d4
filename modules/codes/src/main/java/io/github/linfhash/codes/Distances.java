package io.github.linfhash.codes;

/** Estimated distances from one query to codes that lie in memory. */
@FunctionalInterface
public interface Distances {
    /**
     * The estimated distance to a code: a smaller one is nearer. Values order the codes for one query; they are in no unit that two
     * quantizers share, and may be negative.
     */
    float to(int code);

    /**
     * The estimated distances to the first codes, faster than one by one where codes are compared in columns.
     *
     * @throws IndexOutOfBoundsException if there are fewer
     */
    default float[] first(int count) {
        float[] distances = new float[count];
        for (int i = 0; i < count; i++) {
            distances[i] = to(i);
        }
        return distances;
    }
}
