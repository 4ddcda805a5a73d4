package io.github.linfhash.tasks;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Labels;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/** Tests whether codes depend on labels that the task does not contain. Results are in standard errors; chance gives 0 on average. */
final class LabelKnowledge {
    /** Neighbors that vote on a query's class. */
    static final int VOTERS = 10;

    private LabelKnowledge() {}

    /**
     * Compares two predictions of the class of each query, both from the true labels of the whole database: the vote of the nearest
     * vectors by features, and the vote of the nearest vectors by code. Codes that were trained on the features and few labels hardly
     * predict better than the features; codes that were made from the labels of the queries do, wherever features mislead. This is
     * McNemar's test (Psychometrika 12, 1947) of the queries that only one of the votes predicts correctly.
     *
     * @param queryLabels the class of each query
     * @param databaseLabels the class of each database vector
     * @param byFeatures for each query, whether the vote by features is right
     */
    static double beyondFeatures(
            BinaryCodes queries,
            BinaryCodes database,
            ClassLabels queryLabels,
            ClassLabels databaseLabels,
            boolean[] byFeatures) {
        int[] classes = databaseLabels.toArray();
        int codesAlone = 0;
        int featuresAlone = 0;
        for (int query = 0; query < queries.size(); query++) {
            boolean byCode = nearestClass(queries, query, database, classes) == queryLabels.get(query);
            if (byCode && !byFeatures[query]) {
                codesAlone++;
            } else if (!byCode && byFeatures[query]) {
                featuresAlone++;
            }
        }
        int differ = codesAlone + featuresAlone;
        return differ == 0 ? 0 : (codesAlone - featuresAlone) / Math.sqrt(differ);
    }

    /** Returns the class of most of the {@value #VOTERS} nearest vectors by code, and of all that are as near as the last of them. */
    private static int nearestClass(BinaryCodes queries, int query, BinaryCodes database, int[] classes) {
        int[] distances = new int[database.size()];
        int[] at = new int[queries.bits() + 1];
        for (int row = 0; row < distances.length; row++) {
            distances[row] = queries.distance(query, database, row);
            at[distances[row]]++;
        }
        int radius = 0;
        for (int found = at[0]; found < VOTERS && radius < queries.bits(); found += at[radius]) {
            radius++;
        }
        Map<Integer, Integer> votes = new TreeMap<>();
        for (int row = 0; row < distances.length; row++) {
            if (distances[row] <= radius) {
                votes.merge(classes[row], 1, Integer::sum);
            }
        }
        return most(votes);
    }

    /** Returns the class with the most votes, and of several such classes the lowest. */
    static int most(Map<Integer, Integer> votes) {
        return votes.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey((a, b) -> Integer.compare(b, a))))
                .orElseThrow()
                .getKey();
    }

    /**
     * Compares database vectors that are training vectors of another seed with vectors that are training vectors of no seed. Training
     * vectors were drawn at random within each stratum, so codes that were made without the other seeds rank both equally well. This is a
     * permutation test of the mean of {@link #place} within each stratum, with its exact mean and variance.
     *
     * @param queries codes of queries
     * @param rows codes of database vectors that are a query of no seed and not a training vector of this seed
     * @param elsewhere for each of these vectors, whether another seed trains on it
     * @param strata for each of these vectors, the class within which training vectors were drawn
     */
    static double ofOtherSeeds(
            BinaryCodes queries,
            Labels queryLabels,
            BinaryCodes rows,
            Labels rowLabels,
            boolean[] elsewhere,
            int[] strata) {
        Map<Integer, SummaryStatistics> all = new TreeMap<>();
        Map<Integer, SummaryStatistics> labeled = new TreeMap<>();
        for (int row = 0; row < rows.size(); row++) {
            double place = place(queries, queryLabels, rows, rowLabels, row);
            if (Double.isNaN(place)) {
                continue;
            }
            all.computeIfAbsent(strata[row], unused -> new SummaryStatistics()).addValue(place);
            if (elsewhere[row]) {
                labeled.computeIfAbsent(strata[row], unused -> new SummaryStatistics())
                        .addValue(place);
            }
        }
        double sum = 0;
        double variance = 0;
        for (Map.Entry<Integer, SummaryStatistics> stratum : all.entrySet()) {
            SummaryStatistics own = labeled.get(stratum.getKey());
            double n = stratum.getValue().getN();
            if (own == null || own.getN() == n) {
                continue;
            }
            sum += own.getN() * (own.getMean() - stratum.getValue().getMean());
            variance += own.getN() * (n - own.getN()) / n * stratum.getValue().getVariance();
        }
        return variance > 0 ? sum / Math.sqrt(variance) : 0;
    }

    /** Returns the mean distance of a vector to irrelevant queries, minus that to relevant ones; NaN if it lacks either. */
    private static double place(BinaryCodes queries, Labels queryLabels, BinaryCodes rows, Labels rowLabels, int row) {
        long near = 0;
        long far = 0;
        int relevant = 0;
        for (int query = 0; query < queries.size(); query++) {
            int distance = queries.distance(query, rows, row);
            if (queryLabels.similar(query, rowLabels, row)) {
                near += distance;
                relevant++;
            } else {
                far += distance;
            }
        }
        int others = queries.size() - relevant;
        return relevant == 0 || others == 0 ? Double.NaN : (double) far / others - (double) near / relevant;
    }
}
