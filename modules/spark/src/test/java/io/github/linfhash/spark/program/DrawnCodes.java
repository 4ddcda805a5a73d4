package io.github.linfhash.spark.program;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.random.RandomStreams;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Random queries and a random database with labels.
 *
 * @param queries their codes
 * @param queryLabels their labels; the last one is in no row of the database
 */
public record DrawnCodes(BinaryCodes queries, Labels queryLabels, BinaryCodes database, Labels databaseLabels) {
    private static final int LABELS = 5;

    /** Few bits make many ties and many equal codes. */
    public static DrawnCodes draw(int queries, int rows, int bits, boolean classes) {
        UniformRandomProvider random = new RandomStreams(bits).stream("drawn-codes");
        return new DrawnCodes(
                codes(queries, bits, random),
                labels(queries, LABELS, classes, random),
                codes(rows, bits, random),
                labels(rows, LABELS - 1, classes, random));
    }

    private static BinaryCodes codes(int size, int bits, UniformRandomProvider random) {
        float[] values = new float[size * bits];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextBoolean() ? 1 : -1;
        }
        return BinaryCodes.ofSigns(size, bits, values);
    }

    private static Labels labels(int size, int used, boolean classes, UniformRandomProvider random) {
        int[] drawn = new int[size];
        boolean[] indicator = new boolean[size * LABELS];
        for (int i = 0; i < size; i++) {
            drawn[i] = random.nextInt(used);
            for (int count = random.nextInt(3); count > 0; count--) {
                indicator[i * LABELS + random.nextInt(used)] = true;
            }
        }
        return classes ? ClassLabels.of(drawn) : LabelSets.of(size, LABELS, indicator);
    }

    public Relevance relevance() {
        return Relevance.bySimilarLabels(queryLabels, databaseLabels);
    }
}
