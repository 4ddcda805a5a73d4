package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.ApDenominator;
import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.Choice;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import io.github.linfhash.core.evaluation.Conventions.NoRelevant;
import io.github.linfhash.core.evaluation.Conventions.SelfMatch;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One experiment under all conventions, side by side, in the metrics that say which of them vary: how far the numbers of two publications may differ without any
 * difference between their codes.
 *
 * <p>Conventions that cannot make a difference are left out: a self match where no query is known to be in the database,
 * queries with nothing relevant where there are none, and the order by class where rows do not have one class each.
 *
 * @param rows the values, those of distances before rankings
 */
public record MetricsProfile(List<Row> rows) {
    /**
     * One value and the conventions that it depends on; null where one plays no part.
     *
     * @param metric the key of the metric, such as {@code precision@2}
     * @param average how queries are averaged
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
                rows.addAll(part.distances());
                rows.addAll(part.rankings());
            }
        }
        return new MetricsProfile(rows);
    }

    /** The rows of one answer to whether queries find themselves. */
    private static final class Rows {
        /** Those that mix nothing: a mixture's precision and recall are among theirs. */
        private static final List<Average> AVERAGES = List.of(Average.MACRO, Average.MICRO);

        /** Metrics beside each other of which the same conventions vary. */
        private record Block(Set<Choice> varied, List<Metric> metrics) {
            static List<Block> all() {
                Map<List<Object>, List<Metric>> blocks = new LinkedHashMap<>();
                for (Metric metric : StandardMetrics.ALL) {
                    if (!metric.varied().isEmpty() && !(metric.measure() instanceof RankMeasure)) {
                        blocks.computeIfAbsent(
                                        List.of(
                                                metric.varied(),
                                                metric.quantity().words().group()),
                                        key -> new ArrayList<>())
                                .add(metric);
                    }
                }
                return blocks.values().stream()
                        .map(metrics -> new Block(metrics.get(0).varied(), metrics))
                        .toList();
            }

            List<Average> averages() {
                return varied.contains(Choice.AVERAGE) ? AVERAGES : List.of(Average.MACRO);
            }

            List<EmptyBall> emptyBalls() {
                return varied.contains(Choice.EMPTY_BALL) ? List.of(EmptyBall.values()) : List.of(EmptyBall.ZERO);
            }
        }

        /** A number to read off rankings. */
        private record Ranking(Metric metric, DatabaseOrder.Value value) {
            static List<Ranking> all() {
                List<Ranking> all = new ArrayList<>();
                for (Metric metric : StandardMetrics.ALL) {
                    if (!metric.varied().isEmpty() && metric.measure() instanceof RankMeasure measure) {
                        List<ApDenominator> denominators = metric.varied().contains(Choice.AP_DENOMINATOR)
                                ? List.of(ApDenominator.values())
                                : List.of(ApDenominator.MIN);
                        denominators.forEach(denominator ->
                                all.add(new Ranking(metric, new DatabaseOrder.Value(measure, denominator))));
                    }
                }
                return all;
            }
        }

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

        /** Returns the rows that follow from distances alone, most of them about balls. */
        List<Row> distances() {
            List<Row> rows = new ArrayList<>();
            for (NoRelevant noRelevant : noRelevant()) {
                for (Block block : Block.all()) {
                    for (Average average : block.averages()) {
                        for (EmptyBall emptyBall : block.emptyBalls()) {
                            Conventions conventions = Conventions.STANDARD
                                    .with(average)
                                    .with(emptyBall)
                                    .with(noRelevant);
                            block.metrics().forEach(metric -> rows.add(row(metric, conventions)));
                        }
                    }
                }
            }
            return rows;
        }

        private Row row(Metric metric, Conventions conventions) {
            return new Row(
                    metric.key(),
                    metric.varied().contains(Choice.AVERAGE) ? conventions.average() : null,
                    metric.varied().contains(Choice.EMPTY_BALL) ? conventions.emptyBall() : null,
                    null,
                    null,
                    shown(conventions.noRelevant()),
                    selfMatch,
                    metric.of(retrieval, conventions));
        }

        List<Row> rankings() {
            List<Ranking> rankings = Ranking.all();
            List<DatabaseOrder.Value> values =
                    rankings.stream().map(Ranking::value).toList();
            Map<Ties, double[][]> ordered = new EnumMap<>(Ties.class);
            List<Ties> orders = orders();
            orders.stream()
                    .filter(Ties::isOrderOfRows)
                    .forEach(ties -> ordered.put(ties, DatabaseOrder.perQuery(retrieval, ties, values)));
            List<Row> rows = new ArrayList<>();
            for (NoRelevant noRelevant : noRelevant()) {
                for (int v = 0; v < rankings.size(); v++) {
                    for (Ties ties : orders) {
                        double[][] known = ordered.get(ties);
                        rows.add(ranking(rankings.get(v), known == null ? null : known[v], ties, noRelevant));
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

        private Row ranking(Ranking ranking, double @Nullable [] ordered, Ties ties, NoRelevant noRelevant) {
            DatabaseOrder.Value value = ranking.value();
            Conventions conventions =
                    Conventions.STANDARD.with(value.denominator()).with(noRelevant);
            double[] perQuery = ordered != null ? ordered : value.measure().perQuery(retrieval, conventions.with(ties));
            return new Row(
                    ranking.metric().key(),
                    null,
                    null,
                    ranking.metric().varied().contains(Choice.AP_DENOMINATOR) ? value.denominator() : null,
                    ties,
                    shown(noRelevant),
                    selfMatch,
                    RankMeasure.mean(perQuery, retrieval, conventions));
        }
    }
}
