package io.github.linfhash.core.evaluation;

/**
 * A number read off every order of the database that is sorted by distance, for databases of a few rows.
 *
 * @param expected the mean over the orders
 * @param best the largest
 * @param worst the smallest
 */
record AllOrders(double expected, double best, double worst) {

    /** A number read off a ranking of relevant and other rows, of which a query has some in the whole database. */
    @FunctionalInterface
    interface Measure {
        double of(boolean[] ranked, int relevantTotal);
    }

    /** The means over the queries of an experiment. */
    static AllOrders mean(RandomExperiment experiment, Measure measure) {
        int queries = experiment.queryCount();
        double expected = 0;
        double best = 0;
        double worst = 0;
        for (int q = 0; q < queries; q++) {
            Enumeration orders = new Enumeration(experiment.plain(q), measure);
            orders.place(0);
            expected += orders.sum / orders.count;
            best += orders.best;
            worst += orders.worst;
        }
        return new AllOrders(expected / queries, best / queries, worst / queries);
    }

    /** Places every row that is left at the next rank, unless a nearer row is left. */
    private static final class Enumeration {
        private final PlainQuery query;
        private final Measure measure;
        private final boolean[] used;
        private final boolean[] ranked;
        private double sum;
        private int count;
        private double best = Double.NEGATIVE_INFINITY;
        private double worst = Double.POSITIVE_INFINITY;

        Enumeration(PlainQuery query, Measure measure) {
            this.query = query;
            this.measure = measure;
            used = new boolean[query.size()];
            ranked = new boolean[query.size()];
        }

        void place(int rank) {
            if (rank == ranked.length) {
                double value = measure.of(ranked, query.relevantTotal());
                sum += value;
                count++;
                best = Math.max(best, value);
                worst = Math.min(worst, value);
                return;
            }
            for (int row = 0; row < used.length; row++) {
                if (!used[row] && query.distance(row) == nearestLeft()) {
                    used[row] = true;
                    ranked[rank] = query.relevant(row);
                    place(rank + 1);
                    used[row] = false;
                }
            }
        }

        private int nearestLeft() {
            int nearest = Integer.MAX_VALUE;
            for (int row = 0; row < used.length; row++) {
                nearest = used[row] ? nearest : Math.min(nearest, query.distance(row));
            }
            return nearest;
        }
    }
}
