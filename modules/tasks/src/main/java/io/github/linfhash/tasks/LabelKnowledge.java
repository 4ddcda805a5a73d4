package io.github.linfhash.tasks;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Labels;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/** Whether codes tell labels apart that their makers were not given. Results are in standard errors; 0 is what chance gives. */
final class LabelKnowledge {
    /** Neighbors that vote on a query's class. */
    static final int VOTERS = 10;

    private LabelKnowledge() {}

    /**
     * Compares two votes on the class of each query, both with the true labels of the whole database: that of the nearest rows by
     * features, and that of the nearest rows by code. Codes that were made of the features and of few labels are hardly the better
     * judge; codes that know the queries' labels are, wherever features mislead. McNemar's test (Psychometrika 12, 1947): of the
     * queries that one vote alone has right, how many more the codes have.
     *
     * @param queryLabels the class of each query
     * @param databaseLabels the class of each row of the database
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

    /** The class that most of the nearest rows have, rows at one distance taken together until there are enough. */
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

    /** The class with the most votes; of several the first. */
    static int most(Map<Integer, Integer> votes) {
        return votes.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey((a, b) -> Integer.compare(b, a))))
                .orElseThrow()
                .getKey();
    }

    /**
     * Compares rows of the database that are labeled in the task of another seed with rows that are labeled in none. Which are which was
     * drawn at random among rows of equal labels, so that codes which know nothing of the other seeds have both equally well in
     * place: a permutation test of the mean place within each stratum, by its exact mean and variance.
     *
     * @param queries codes of queries
     * @param rows codes of rows of the database that are a query of no seed and no training row of this one
     * @param elsewhere for each of these rows, whether another seed trains on it
     * @param strata for each of these rows, among which it was drawn
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

    /** By how much nearer a row is to the queries that it is relevant to than to the others; NaN where it has none of either. */
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
