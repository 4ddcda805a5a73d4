package io.github.linfhash.core.evaluation;

import java.util.Arrays;

/**
 * The slow twin of the evaluation: one query's distances and relevance, and every metric from its definition, in plain
 * loops over the database rows.
 */
final class PlainQuery {
    private final int[] distances;
    private final boolean[] relevant;

    PlainQuery(int[] distances, boolean[] relevant) {
        this.distances = distances;
        this.relevant = relevant;
    }

    int distance(int row) {
        return distances[row];
    }

    boolean relevant(int row) {
        return relevant[row];
    }

    int size() {
        return distances.length;
    }

    int ball(int radius) {
        int count = 0;
        for (int distance : distances) {
            if (distance <= radius) {
                count++;
            }
        }
        return count;
    }

    int hits(int radius) {
        int count = 0;
        for (int i = 0; i < size(); i++) {
            if (relevant[i] && distances[i] <= radius) {
                count++;
            }
        }
        return count;
    }

    int relevantTotal() {
        return hits(Integer.MAX_VALUE);
    }

    /** Average precision, and hits among the first k, in expectation over random draws within each tie. */
    Expectation expectation(int k) {
        double precisions = 0;
        double hitsInFirst = 0;
        int before = 0;
        int relevantBefore = 0;
        for (int d = 0; d <= maximum(); d++) {
            int n = ball(d) - before;
            int r = hits(d) - relevantBefore;
            // chance[h]: that h relevant rows were drawn so far from this tie.
            double[] chance = new double[r + 1];
            chance[0] = 1;
            for (int drawn = 0; drawn < n; drawn++) {
                double[] next = new double[r + 1];
                for (int h = 0; h <= r; h++) {
                    double hit = chance[h] * (r - h) / (n - drawn);
                    if (h < r) {
                        next[h + 1] += hit;
                    }
                    next[h] += chance[h] - hit;
                    precisions += hit * (relevantBefore + h + 1) / (before + drawn + 1);
                    hitsInFirst += before + drawn < k ? hit : 0;
                }
                chance = next;
            }
            before += n;
            relevantBefore += r;
        }
        return new Expectation(relevantBefore == 0 ? 0 : precisions / relevantBefore, hitsInFirst / k);
    }

    record Expectation(double averagePrecision, double precisionAtK) {}

    /** Average precision of the ranking by distance in which relevant rows come first in each tie. */
    double optimistic() {
        return sortedAveragePrecision(true);
    }

    /** Average precision of the ranking by distance in which relevant rows come last in each tie. */
    double pessimistic() {
        return sortedAveragePrecision(false);
    }

    private double sortedAveragePrecision(boolean relevantFirst) {
        Integer[] order = new Integer[size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> {
            if (distances[a] != distances[b]) {
                return Integer.compare(distances[a], distances[b]);
            }
            return relevantFirst
                    ? Boolean.compare(relevant[b], relevant[a])
                    : Boolean.compare(relevant[a], relevant[b]);
        });
        boolean[] ranked = new boolean[order.length];
        for (int rank = 0; rank < ranked.length; rank++) {
            ranked[rank] = relevant[order[rank]];
        }
        return averagePrecision(ranked);
    }

    /** The definition: the mean, over the relevant ranks, of the share of relevant rows up to there. */
    static double averagePrecision(boolean[] ranked) {
        int hits = 0;
        double sum = 0;
        for (int rank = 0; rank < ranked.length; rank++) {
            if (ranked[rank]) {
                hits++;
                sum += (double) hits / (rank + 1);
            }
        }
        return hits == 0 ? 0 : sum / hits;
    }

    /** Returns the average precision of the first k, divided by the smaller of k and the number of relevant rows. */
    static double averagePrecision(boolean[] ranked, int relevantTotal, int k) {
        int hits = 0;
        double sum = 0;
        for (int rank = 1; rank <= Math.min(k, ranked.length); rank++) {
            if (ranked[rank - 1]) {
                hits++;
                sum += (double) hits / rank;
            }
        }
        int divisor = Math.min(relevantTotal, k);
        return divisor == 0 ? 0 : sum / divisor;
    }

    /** The share of relevant rows among the first k of a ranking, or among all if there are fewer. */
    static double precision(boolean[] ranked, int k) {
        int first = Math.min(k, ranked.length);
        int hits = 0;
        for (int rank = 0; rank < first; rank++) {
            hits += ranked[rank] ? 1 : 0;
        }
        return (double) hits / first;
    }

    /** Relevance by rank if rows at equal distance keep the order of the database. */
    boolean[] inDatabaseOrder() {
        boolean[] ranked = new boolean[size()];
        int rank = 0;
        for (int d = 0; d <= maximum(); d++) {
            for (int row = 0; row < size(); row++) {
                if (distances[row] == d) {
                    ranked[rank] = relevant[row];
                    rank++;
                }
            }
        }
        return ranked;
    }

    private int maximum() {
        int maximum = 0;
        for (int distance : distances) {
            maximum = Math.max(maximum, distance);
        }
        return maximum;
    }
}
