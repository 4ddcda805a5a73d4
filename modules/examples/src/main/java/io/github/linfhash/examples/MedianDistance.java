package io.github.linfhash.examples;

import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.Quantity.Direction;
import io.github.linfhash.core.evaluation.Quantity.Kind;
import io.github.linfhash.core.evaluation.Quantity.Role;
import io.github.linfhash.core.evaluation.Quantity.Words;
import io.github.linfhash.core.evaluation.Retrieval;

/** An example of a metric: the Hamming distance within which half of all relevant pairs are; the smaller the better. */
public final class MedianDistance {
    /** The metric; {@code METRIC.of(retrieval)} is its value. */
    public static final Metric METRIC = new Metric(
            new Quantity(
                    "medianDistance",
                    Words.of("Median distance of relevant pairs, bits", "Median dist., bits"),
                    Kind.COUNT,
                    Direction.LOWER,
                    Role.RESULT,
                    false),
            Metric.Source.DISTANCES,
            MedianDistance::of);

    private MedianDistance() {}

    private static double of(Retrieval retrieval, Conventions conventions) {
        DistanceHistograms counts = retrieval.under(conventions.selfMatch()).histograms();
        long relevant = 0;
        for (int query = 0; query < counts.queries(); query++) {
            relevant += counts.relevantTotal(query);
        }
        long within = 0;
        int distance = -1;
        while (2 * within < relevant) {
            distance++;
            for (int query = 0; query < counts.queries(); query++) {
                within += counts.relevant(query, distance);
            }
        }
        return distance < 0 ? Double.NaN : distance;
    }
}
