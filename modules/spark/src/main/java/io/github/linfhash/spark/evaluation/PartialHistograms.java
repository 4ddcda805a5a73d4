package io.github.linfhash.spark.evaluation;

import io.github.linfhash.core.evaluation.DistanceHistograms;
import java.io.Serializable;

/** Histograms of the queries over a part of the database, as they travel between machines. */
final class PartialHistograms implements Serializable {
    private final int queries;
    private final int bits;
    private final int[] all;
    private final int[] relevant;

    PartialHistograms(DistanceHistograms histograms) {
        this.queries = histograms.queries();
        this.bits = histograms.bits();
        this.all = histograms.toAll();
        this.relevant = histograms.toRelevant();
    }

    DistanceHistograms toHistograms() {
        return new DistanceHistograms(queries, bits, all, relevant);
    }

    /** The histograms over two parts together. */
    static PartialHistograms sum(PartialHistograms some, PartialHistograms others) {
        return new PartialHistograms(some.toHistograms().plus(others.toHistograms()));
    }
}
