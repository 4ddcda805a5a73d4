package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Normalized discounted cumulative gain of the first k (nDCG@k; Järvelin, Kekäläinen, TOIS 2002) of a ranking by distances, in
 * expectation over all orders of equal distances. Safe for threads.
 *
 * <p>As trec_eval's {@code ndcg_cut} and pytrec_eval have it: the gain of a row is its grade, at rank r it is divided by log2(r + 1), and
 * the sum over the first k by that of the best order of all relevant rows. The expectation is that of McSherry, Najork, ECIR 2008: each row
 * of a tie has the mean discount of the places that the tie takes, which is 0 beyond the first k.
 */
public final class JudgedGain {
    /** The values of the database in memory at a time, 64 MiB, and its rows, to which a block of queries has 16 MiB of distances. */
    private static final int VALUES_AT_A_TIME = 1 << 24;

    private static final int MOST_ROWS = 1 << 17;

    private final Qrels judgments;
    private final int first;
    private final int[] places;
    private final int answered;

    /**
     * For queries and a database.
     *
     * @param judgments of the m queries and the n rows of the database
     * @param first k, at least 1
     */
    public JudgedGain(Qrels judgments, int first) {
        if (first < 1) {
            throw new IllegalArgumentException("a gain is that of the first 1 or more, not of " + first);
        }
        this.judgments = judgments;
        this.first = first;
        this.places = new int[judgments.queries()];
        Arrays.fill(places, -1);
        int[] queries = judgments.answered();
        this.answered = queries.length;
        for (int i = 0; i < answered; i++) {
            places[queries[i]] = i;
        }
    }

    /**
     * Of codes.
     *
     * @param codes of the database
     * @param estimates of the queries
     * @return a value for each query of {@link Qrels#answered}, within 0..1
     * @throws IllegalArgumentException if the judgments are of another number of queries or codes
     */
    public double[] of(Quantizer.Encoded codes, Quantizer.Estimates estimates) {
        requireSizes(estimates.queries(), codes.size());
        double[] values = empty();
        estimates.forEach(codes.size(), (query, distances) -> put(query, distances, values));
        return values;
    }

    /**
     * Of the floats themselves: what codes are measured against.
     *
     * @param database n x d, as {@link PreparedVectors#of} gives it
     * @param queries m x d, prepared too
     * @return a value for each query of {@link Qrels#answered}, within 0..1
     * @throws IllegalArgumentException if the judgments are of other numbers of rows
     */
    public double[] ofFloats(FeatureMatrix database, FeatureMatrix queries, Similarity similarity) {
        int most = Math.max(1, Math.min(MOST_ROWS, VALUES_AT_A_TIME / database.dimension()));
        return ofFloats(database, queries, similarity, most);
    }

    /** Measures, and has so many rows of the database at work at a time, each of which is read once. */
    double[] ofFloats(FeatureMatrix database, FeatureMatrix queries, Similarity similarity, int rowsAtATime) {
        requireSizes(queries.rows(), database.rows());
        Map<Integer, Ranking> rankings = new HashMap<>();
        for (int query : judgments.answered()) {
            rankings.put(query, new Ranking(query));
        }
        // The database may be a file, which is read once for all queries.
        for (RowBlocks.Block rows : new RowBlocks(database.rows(), rowsAtATime).blocks()) {
            FeatureMatrix part = database.part(rows.from(), rows.size()).inMemory();
            FloatDistances.forEach(part, queries, similarity, (query, distances) -> {
                Ranking ranking = rankings.get(query);
                if (ranking != null) {
                    ranking.add(rows.from(), distances);
                }
            });
        }
        double[] values = empty();
        rankings.forEach((query, ranking) -> values[places[query]] = ranking.gain());
        return values;
    }

    /**
     * Of lists of rows that a search returned, best first.
     *
     * @param lists for each query the rows of its list; only the first k count
     * @return a value for each query of {@link Qrels#answered}, within 0..1
     */
    public double[] ofLists(List<int[]> lists) {
        double[] values = empty();
        for (int query = 0; query < lists.size(); query++) {
            if (places[query] >= 0) {
                int[] rows = judgments.rows(query);
                int[] grades = judgments.grades(query);
                int[] list = lists.get(query);
                double gain = 0;
                for (int place = 0; place < Math.min(first, list.length); place++) {
                    int judged = Arrays.binarySearch(rows, list[place]);
                    gain += judged >= 0 ? grades[judged] * discount(place) : 0;
                }
                values[places[query]] = Math.min(1, gain / ideal(grades));
            }
        }
        return values;
    }

    private void requireSizes(int queries, int rows) {
        if (judgments.queries() != queries || judgments.databaseRows() != rows) {
            throw new IllegalArgumentException("judgments of " + judgments.queries() + " queries and "
                    + judgments.databaseRows() + " rows, for " + queries + " and " + rows);
        }
    }

    /** Room for the values of all queries that count. */
    double[] empty() {
        return new double[answered];
    }

    /** Measures one query, by its distances to all codes, if it counts. */
    void put(int query, float[] distances, double[] values) {
        if (places[query] >= 0) {
            Ranking ranking = new Ranking(query);
            ranking.add(0, distances);
            values[places[query]] = ranking.gain();
        }
    }

    /** Of a query, what its gain needs of the distances to all rows, which may come in parts. */
    private final class Ranking {
        private final int[] rows;
        private final int[] grades;
        private final float[] ofRows;
        private final float[] smallest = new float[Math.min(first, judgments.databaseRows())]; // ascending
        private int filled;
        private int asLast; // how many of all distances are equal to the last of the smallest

        Ranking(int query) {
            this.rows = judgments.rows(query);
            this.grades = judgments.grades(query);
            this.ofRows = new float[rows.length];
        }

        /** Adds the distances to consecutive rows. */
        void add(int from, float[] distances) {
            for (float distance : distances) {
                int toLast = filled < smallest.length ? -1 : order(distance, smallest[filled - 1]);
                if (toLast < 0) {
                    insert(distance);
                } else if (toLast == 0) {
                    asLast++;
                }
            }
            int found = Arrays.binarySearch(rows, from);
            for (int i = found < 0 ? -found - 1 : found; i < rows.length && rows[i] - from < distances.length; i++) {
                ofRows[i] = distances[rows[i] - from];
            }
        }

        private void insert(float distance) {
            boolean full = filled == smallest.length;
            float before = full ? smallest[filled - 1] : 0;
            int place = full ? filled - 1 : filled++;
            for (; place > 0 && order(distance, smallest[place - 1]) < 0; place--) {
                smallest[place] = smallest[place - 1];
            }
            smallest[place] = distance;
            float last = smallest[filled - 1];
            // A distance that left the smallest still counts if it equals the last. No smaller one has left.
            if (!full || order(last, before) != 0) {
                asLast = 0;
                for (int i = 0; i < filled; i++) {
                    asLast += order(smallest[i], last) == 0 ? 1 : 0;
                }
            }
        }

        double gain() {
            double sum = 0;
            for (int i = 0; i < rows.length; i++) {
                int ofLast = order(ofRows[i], smallest[filled - 1]);
                if (ofLast > 0) {
                    continue;
                }
                double discounts = 0;
                int within = 0;
                for (int place = 0; place < filled; place++) {
                    if (order(smallest[place], ofRows[i]) == 0) {
                        discounts += discount(place);
                        within++;
                    }
                }
                sum += grades[i] * discounts / (ofLast == 0 ? asLast : within);
            }
            // Sums in two orders differ in their last bits.
            return Math.min(1, sum / ideal(grades));
        }
    }

    /** Both zeros are equal, and NaN is behind everything else. */
    private static int order(float one, float other) {
        // Adding 0 makes one zero of both.
        return Float.compare(one + 0f, other + 0f);
    }

    private double ideal(int[] grades) {
        int[] sorted = grades.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (int place = 0; place < Math.min(first, sorted.length); place++) {
            sum += sorted[sorted.length - 1 - place] * discount(place);
        }
        return sum;
    }

    /** Of a place, from 0. */
    private static double discount(int place) {
        return Math.log(2) / Math.log(place + 2.0);
    }
}
