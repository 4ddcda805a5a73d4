package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.ApDenominator;
import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import io.github.linfhash.core.evaluation.Conventions.NoRelevant;
import io.github.linfhash.core.evaluation.Conventions.SelfMatch;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One experiment under all conventions, side by side: how far the numbers of two publications may differ without any
 * difference between their codes.
 *
 * <p>Conventions that cannot make a difference are left out: a self match where no query is known to be in the database,
 * queries with nothing relevant where there are none, and the order by class where rows do not have one class each.
 *
 * @param rows the values, balls before rankings
 */
public record MetricsProfile(List<Row> rows) {
    /**
     * One value and the conventions that it depends on; null where one plays no part.
     *
     * @param metric the key of the metric, such as {@code precision@2}
     * @param average how a ball's metrics are averaged
     * @param emptyBall the precision of an empty ball
     * @param apDenominator what average precision is divided by
     * @param ties the order within equal distances
     * @param noRelevant what a query with nothing relevant counts
     * @param selfMatch whether a query finds itself
     * @param value the value; NaN if the conventions leave no query to average
     */
    public record Row(
            String metric,
            @Nullable Average average,
            @Nullable EmptyBall emptyBall,
            @Nullable ApDenominator apDenominator,
            @Nullable Ties ties,
            @Nullable NoRelevant noRelevant,
            @Nullable SelfMatch selfMatch,
            double value) {}

    /** Copies the list. */
    public MetricsProfile {
        rows = List.copyOf(rows);
    }

    /**
     * Computes it; a scan of the database more than the standard metrics for each order of its rows.
     *
     * @throws IllegalStateException if the retrieval was made from histograms alone
     */
    public static MetricsProfile of(Retrieval retrieval) {
        List<Row> rows = new ArrayList<>();
        for (SelfMatch selfMatch : SelfMatch.values()) {
            if (selfMatch == SelfMatch.INCLUDE || retrieval.hasSelfMatches()) {
                Retrieval searched = retrieval.under(selfMatch);
                Rows part = new Rows(searched, retrieval.hasSelfMatches() ? selfMatch : null);
                rows.addAll(part.balls());
                rows.addAll(part.rankings());
            }
        }
        return new MetricsProfile(rows);
    }

    /** The rows of one answer to whether queries find themselves. */
    private static final class Rows {
        /** Those that mix nothing: a mixture's precision and recall are among theirs. */
        private static final List<Average> AVERAGES = List.of(Average.MACRO, Average.MICRO);

        private static final RankMeasure WHOLE = RankMeasure.averagePrecision();
        private static final RankMeasure FIRST_10 = RankMeasure.averagePrecision(10);
        private static final RankMeasure FIRST_5000 = RankMeasure.precision(5000);

        private final Retrieval retrieval;
        private final @Nullable SelfMatch selfMatch;
        private final boolean someWithoutRelevant;

        Rows(Retrieval retrieval, @Nullable SelfMatch selfMatch) {
            this.retrieval = retrieval;
            this.selfMatch = selfMatch;
            boolean some = false;
            for (int q = 0; q < retrieval.histograms().queries(); q++) {
                some |= retrieval.histograms().relevantTotal(q) == 0;
            }
            someWithoutRelevant = some;
        }

        private List<NoRelevant> noRelevant() {
            return someWithoutRelevant ? List.of(NoRelevant.values()) : List.of(NoRelevant.ZERO);
        }

        private @Nullable NoRelevant shown(NoRelevant noRelevant) {
            return someWithoutRelevant ? noRelevant : null;
        }

        List<Row> balls() {
            List<Row> rows = new ArrayList<>();
            for (NoRelevant noRelevant : noRelevant()) {
                for (int radius : StandardMetrics.radii()) {
                    for (Average average : AVERAGES) {
                        for (EmptyBall emptyBall : EmptyBall.values()) {
                            rows.addAll(ball(radius, average, emptyBall, noRelevant));
                        }
                    }
                }
            }
            return rows;
        }

        private List<Row> ball(int radius, Average average, EmptyBall emptyBall, NoRelevant noRelevant) {
            Conventions conventions =
                    Conventions.STANDARD.with(average).with(emptyBall).with(noRelevant);
            BallMetrics ball = BallMetrics.at(retrieval, radius, conventions);
            return List.of(
                    row("precision@" + radius, conventions, ball.precision()),
                    row("recall@" + radius, conventions, ball.recall()),
                    row("f1@" + radius, conventions, ball.f1()));
        }

        private Row row(String metric, Conventions conventions, double value) {
            return new Row(
                    metric,
                    conventions.average(),
                    conventions.emptyBall(),
                    null,
                    null,
                    shown(conventions.noRelevant()),
                    selfMatch,
                    value);
        }

        List<Row> rankings() {
            List<DatabaseOrder.Value> values = new ArrayList<>();
            values.add(new DatabaseOrder.Value(WHOLE, ApDenominator.MIN));
            for (ApDenominator denominator : ApDenominator.values()) {
                values.add(new DatabaseOrder.Value(FIRST_10, denominator));
            }
            values.add(new DatabaseOrder.Value(FIRST_5000, ApDenominator.MIN));
            Map<Ties, double[][]> ordered = new EnumMap<>(Ties.class);
            List<Ties> orders = orders();
            orders.stream()
                    .filter(Ties::isOrderOfRows)
                    .forEach(ties -> ordered.put(ties, DatabaseOrder.perQuery(retrieval, ties, values)));
            List<Row> rows = new ArrayList<>();
            for (NoRelevant noRelevant : noRelevant()) {
                for (int v = 0; v < values.size(); v++) {
                    for (Ties ties : orders) {
                        double[][] known = ordered.get(ties);
                        rows.add(ranking(values.get(v), known == null ? null : known[v], ties, noRelevant));
                    }
                }
            }
            return rows;
        }

        /** That by class only where each row has one. */
        private List<Ties> orders() {
            boolean classes = retrieval.databaseClasses().isPresent();
            return Arrays.stream(Ties.values())
                    .filter(ties -> classes || ties != Ties.CLASS_ORDER)
                    .toList();
        }

        private Row ranking(DatabaseOrder.Value value, double @Nullable [] ordered, Ties ties, NoRelevant noRelevant) {
            Conventions conventions =
                    Conventions.STANDARD.with(value.denominator()).with(noRelevant);
            double[] perQuery = ordered != null ? ordered : value.measure().perQuery(retrieval, conventions.with(ties));
            return new Row(
                    key(value.measure()),
                    null,
                    null,
                    value.measure().equals(FIRST_10) ? value.denominator() : null,
                    ties,
                    shown(noRelevant),
                    selfMatch,
                    RankMeasure.mean(perQuery, retrieval, conventions));
        }

        private static String key(RankMeasure measure) {
            return measure.equals(WHOLE) ? "map" : measure.equals(FIRST_10) ? "map@10" : "precisionTop5000";
        }
    }
}
