package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.Relevance;

/** One retrieval experiment: the codes, the distance histograms of its queries, and the rankings that follow. */
public final class Retrieval {
    private final BinaryCodes queries;
    private final BinaryCodes database;
    private final DistanceHistograms histograms;
    private final RankMetrics ranks;

    /**
     * An experiment whose scan is done.
     *
     * @param histograms the counts of the scan of the queries against the database
     * @throws IllegalArgumentException if there is no query, or the histograms have other sizes than the codes
     */
    public Retrieval(BinaryCodes queries, BinaryCodes database, DistanceHistograms histograms) {
        this.ranks = new RankMetrics(histograms);
        if (histograms.queries() != queries.size() || histograms.databaseSize() != database.size()) {
            throw new IllegalArgumentException("the histograms count " + histograms.queries() + " x "
                    + histograms.databaseSize() + " pairs, the codes make " + queries.size() + " x " + database.size());
        }
        this.queries = queries;
        this.database = database;
        this.histograms = histograms;
    }

    /** Scans the database for each query. */
    public static Retrieval of(BinaryCodes queries, BinaryCodes database, Relevance relevance) {
        return new Retrieval(queries, database, HammingScan.scan(queries, database, relevance));
    }

    public BinaryCodes queries() {
        return queries;
    }

    public BinaryCodes database() {
        return database;
    }

    public DistanceHistograms histograms() {
        return histograms;
    }

    /** The metrics of the ranking; made once, since all of them share a table of harmonic numbers. */
    public RankMetrics ranks() {
        return ranks;
    }
}
