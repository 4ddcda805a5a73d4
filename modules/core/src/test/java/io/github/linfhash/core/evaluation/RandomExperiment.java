package io.github.linfhash.core.evaluation;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A random retrieval experiment, kept twice: packed for the code under test, and as plain arrays for its twin.
 *
 * <p>Codes are noisy copies of a few prototypes, so that ties, duplicates, empty balls and full balls all occur; some
 * queries have nothing relevant.
 */
final class RandomExperiment {
    private static final int LABELS = 5;

    private final float[][] queries;
    private final float[][] database;
    private final boolean[][] queryLabels;
    private final boolean[][] databaseLabels;
    private final boolean oneLabelEach;

    private RandomExperiment(
            float[][] queries, float[][] database, boolean oneLabelEach, UniformRandomProvider random) {
        this.queries = queries;
        this.database = database;
        this.oneLabelEach = oneLabelEach;
        queryLabels = labels(queries.length, LABELS, oneLabelEach, random);
        // The last label never occurs in the database: its queries have nothing relevant.
        databaseLabels = labels(database.length, LABELS - 1, oneLabelEach, random);
    }

    private RandomExperiment(
            float[][] queries,
            float[][] database,
            boolean[][] queryLabels,
            boolean[][] databaseLabels,
            boolean oneLabelEach) {
        this.queries = queries;
        this.database = database;
        this.queryLabels = queryLabels;
        this.databaseLabels = databaseLabels;
        this.oneLabelEach = oneLabelEach;
    }

    static RandomExperiment draw(int bits, int databaseSize, boolean oneLabelEach, long seed) {
        int queries = 1 + new RandomStreams(seed).stream("queries").nextInt(9);
        return draw(bits, queries, databaseSize, oneLabelEach, seed);
    }

    static RandomExperiment draw(int bits, int queryCount, int databaseSize, boolean oneLabelEach, long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("experiment");
        float[][] prototypes = new float[3][];
        for (int p = 0; p < prototypes.length; p++) {
            prototypes[p] = signs(bits, random);
        }
        float[][] queries = noisy(prototypes, queryCount, random);
        float[][] database = noisy(prototypes, databaseSize, random);
        return new RandomExperiment(queries, database, oneLabelEach, random);
    }

    int queryCount() {
        return queries.length;
    }

    int databaseSize() {
        return database.length;
    }

    private static float[] signs(int bits, UniformRandomProvider random) {
        float[] signs = new float[bits];
        for (int b = 0; b < bits; b++) {
            signs[b] = random.nextBoolean() ? 1 : -1;
        }
        return signs;
    }

    private static float[][] noisy(float[][] prototypes, int size, UniformRandomProvider random) {
        float[][] rows = new float[size][];
        for (int i = 0; i < size; i++) {
            rows[i] = prototypes[random.nextInt(prototypes.length)].clone();
            for (int flips = random.nextInt(5); flips > 0; flips--) {
                rows[i][random.nextInt(rows[i].length)] *= -1;
            }
        }
        return rows;
    }

    private static boolean[][] labels(int size, int used, boolean oneEach, UniformRandomProvider random) {
        boolean[][] labels = new boolean[size][LABELS];
        for (boolean[] row : labels) {
            for (int count = oneEach ? 1 : random.nextInt(3); count > 0; count--) {
                row[random.nextInt(used)] = true;
            }
        }
        return labels;
    }

    int bits() {
        return queries[0].length;
    }

    /** The codes as +1 and -1, whose cosines have the order and the ties of Hamming distances. */
    FeatureMatrix querySigns() {
        return FeatureMatrix.copyOf(queries);
    }

    FeatureMatrix databaseSigns() {
        return FeatureMatrix.copyOf(database);
    }

    BinaryCodes queryCodes() {
        return codes(queries);
    }

    BinaryCodes databaseCodes() {
        return codes(database);
    }

    Relevance relevance() {
        return Relevance.bySimilarLabels(labels(queryLabels), labels(databaseLabels));
    }

    Retrieval retrieval() {
        return Retrieval.of(queryCodes(), databaseCodes(), relevance());
    }

    /** Returns this experiment with its queries in the database, as its last rows. */
    RandomExperiment withQueriesInDatabase() {
        return new RandomExperiment(
                queries, joined(database, queries), queryLabels, joined(databaseLabels, queryLabels), oneLabelEach);
    }

    private static <T> T[] joined(T[] first, T[] second) {
        T[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private BinaryCodes codes(float[][] rows) {
        float[] values = new float[rows.length * bits()];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, values, i * bits(), bits());
        }
        return BinaryCodes.ofSigns(rows.length, bits(), values);
    }

    private Labels labels(boolean[][] rows) {
        int[] classes = new int[rows.length];
        boolean[] indicator = new boolean[rows.length * LABELS];
        for (int i = 0; i < rows.length; i++) {
            for (int label = 0; label < LABELS; label++) {
                indicator[i * LABELS + label] = rows[i][label];
                classes[i] = rows[i][label] ? label : classes[i];
            }
        }
        return oneLabelEach ? ClassLabels.of(classes) : LabelSets.of(rows.length, LABELS, indicator);
    }

    /** The twin of one query, straight from the plain arrays. */
    PlainQuery plain(int query) {
        int[] distances = new int[database.length];
        boolean[] relevant = new boolean[database.length];
        for (int i = 0; i < database.length; i++) {
            for (int b = 0; b < bits(); b++) {
                distances[i] += queries[query][b] != database[i][b] ? 1 : 0;
            }
            for (int label = 0; label < LABELS; label++) {
                relevant[i] |= queryLabels[query][label] && databaseLabels[i][label];
            }
        }
        return new PlainQuery(distances, relevant);
    }
}
