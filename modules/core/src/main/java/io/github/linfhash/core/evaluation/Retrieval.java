package io.github.linfhash.core.evaluation;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.Conventions.SelfMatch;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Relevance;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One retrieval experiment: the codes, the distance histograms of its queries, and the rankings that follow; and, where
 * it is asked for, the ranking by the real outputs that the codes were made of.
 */
public final class Retrieval {
    private final @Nullable BinaryCodes queries;
    private final @Nullable BinaryCodes database;
    private final IntSupplier uniqueCodes;
    private final DistanceHistograms histograms;
    private final RankMetrics ranks;
    private final @Nullable Relevance relevance;

    /** The row of each query that is left out of its search; null where the whole database is searched. */
    private final int @Nullable [] leftOut;

    /** The experiment without each query's match with itself; this one where no query is in the database. */
    private final Retrieval withoutSelf;

    /** The ranking without binarization; null where it is not asked for. */
    private final @Nullable CosineRanking outputs;

    private Retrieval(
            @Nullable BinaryCodes queries,
            @Nullable BinaryCodes database,
            IntSupplier uniqueCodes,
            DistanceHistograms histograms,
            @Nullable Relevance relevance,
            int @Nullable [] leftOut,
            @Nullable Retrieval withoutSelf,
            @Nullable CosineRanking outputs) {
        this.ranks = new RankMetrics(histograms);
        this.queries = queries;
        this.database = database;
        this.uniqueCodes = uniqueCodes;
        this.histograms = histograms;
        this.relevance = relevance;
        this.leftOut = leftOut;
        this.withoutSelf = withoutSelf == null ? this : withoutSelf;
        this.outputs = outputs;
    }

    /**
     * An experiment that was counted elsewhere, such as in parts on several machines: it knows neither codes nor orders.
     *
     * @param histograms the counts of the scan of the queries against the whole database
     * @param uniqueCodes the number of different codes in the database
     * @throws IllegalArgumentException if there is no query
     */
    public static Retrieval counted(DistanceHistograms histograms, int uniqueCodes) {
        return new Retrieval(null, null, () -> uniqueCodes, histograms, null, null, null, null);
    }

    /** Scans the database, which holds no query, for each query. */
    public static Retrieval of(BinaryCodes queries, BinaryCodes database, Relevance relevance) {
        return new Retrieval(
                queries,
                database,
                database::unique,
                HammingScan.scan(queries, database, relevance),
                relevance,
                null,
                null,
                null);
    }

    /**
     * Scans a database that holds the queries.
     *
     * @param queryRows the database row of each query
     * @throws IllegalArgumentException if there is not a row for each query, or the code of a row is not its query's
     */
    public static Retrieval of(BinaryCodes queries, BinaryCodes database, Relevance relevance, int[] queryRows) {
        int[] rows = queryRows.clone();
        if (rows.length != queries.size()) {
            throw new IllegalArgumentException(
                    "expected a database row for each of " + queries.size() + " queries, found " + rows.length);
        }
        for (int q = 0; q < rows.length; q++) {
            if (rows[q] < 0 || rows[q] >= database.size() || queries.distance(q, database, rows[q]) != 0) {
                throw new IllegalArgumentException(
                        "expected the code of query " + q + " in row " + rows[q] + " of the database, found "
                                + (rows[q] < 0 || rows[q] >= database.size() ? "no such row" : "another"));
            }
        }
        DistanceHistograms all = HammingScan.scan(queries, database, relevance);
        DistanceHistograms others = all.withoutSelf(relevantToItself(relevance, rows));
        Retrieval withoutSelf = new Retrieval(queries, database, database::unique, others, relevance, rows, null, null);
        return new Retrieval(queries, database, database::unique, all, relevance, null, withoutSelf, null);
    }

    private static boolean[] relevantToItself(Relevance relevance, int[] rows) {
        boolean[] relevant = new boolean[rows.length];
        IntStream.range(0, rows.length).parallel().forEach(q -> {
            byte[] flag = new byte[1];
            relevance.mark(q, rows[q], 1, flag);
            relevant[q] = flag[0] != 0;
        });
        return relevant;
    }

    /**
     * Returns this experiment with the ranking by continuous outputs beside that of the codes.
     *
     * @param queryOutputs the real values behind the codes of the queries, a row for each
     * @param databaseOutputs the same of the database, of the same dimension
     * @throws IllegalStateException if the retrieval was made from histograms, which do not tell which rows are relevant
     * @throws io.github.linfhash.codes.NonFiniteException if an output is NaN or infinite
     */
    public Retrieval withOutputs(FeatureMatrix queryOutputs, FeatureMatrix databaseOutputs) {
        CosineRanking ranking = new CosineRanking(queryOutputs, databaseOutputs, knownRelevance());
        Retrieval others = withoutSelf == this ? null : withoutSelf.with(ranking, null);
        return with(ranking, others);
    }

    private Retrieval with(CosineRanking ranking, @Nullable Retrieval others) {
        return new Retrieval(queries, database, uniqueCodes, histograms, relevance, leftOut, others, ranking);
    }

    /** Whether there is a ranking by real outputs. */
    public boolean hasOutputs() {
        return outputs != null;
    }

    /**
     * The average precision of each query by real outputs.
     *
     * @throws IllegalStateException if there are no real outputs
     */
    double[] realAveragePrecisions(Ties ties) {
        if (outputs == null) {
            throw new IllegalStateException("this retrieval has codes alone, no real outputs");
        }
        return outputs.averagePrecisions(ties, leftOut);
    }

    /** This experiment, or the same without each query's match with itself. */
    public Retrieval under(SelfMatch selfMatch) {
        return selfMatch == SelfMatch.INCLUDE ? this : withoutSelf;
    }

    /**
     * The queries' codes.
     *
     * @throws IllegalStateException if the experiment was counted elsewhere
     */
    public BinaryCodes queries() {
        return known(queries);
    }

    /**
     * The database's codes.
     *
     * @throws IllegalStateException if the experiment was counted elsewhere
     */
    public BinaryCodes database() {
        return known(database);
    }

    private static BinaryCodes known(@Nullable BinaryCodes codes) {
        if (codes == null) {
            throw new IllegalStateException("this retrieval was counted elsewhere, it has no codes");
        }
        return codes;
    }

    /** The number of different codes in the database. */
    public int uniqueCodes() {
        return uniqueCodes.getAsInt();
    }

    public DistanceHistograms histograms() {
        return histograms;
    }

    /** The metrics of the ranking; made once, since all of them share a table of harmonic numbers. */
    public RankMetrics ranks() {
        return ranks;
    }

    /** For each database row, 1 if it is relevant to a query, else 0. */
    byte[] relevance(int query) {
        byte[] flags = new byte[database().size()];
        knownRelevance().mark(query, 0, flags.length, flags);
        return flags;
    }

    private Relevance knownRelevance() {
        if (relevance == null) {
            throw new IllegalStateException("this retrieval was made from histograms, which keep no order of rows");
        }
        return relevance;
    }

    /** The database row that a query does not search, or -1. */
    int leftOut(int query) {
        return leftOut == null ? -1 : leftOut[query];
    }
}
