package io.github.linfhash.experiment.tuning;

import io.github.linfhash.experiment.tuning.SearchSpace.Configuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a configuration did, for the trace.
 *
 * @param trial its number; {@link Configuration#DEFAULTS} for the method's defaults
 * @param values the drawn options, by path
 * @param trainings how many it was judged on
 * @param criteria what was measured, by key
 * @param meanRank the mean of its ranks among those that were judged on as many trainings; 1 is the best
 * @param failure why a training failed, or null
 */
record Score(
        int trial,
        Map<String, Object> values,
        int trainings,
        Map<String, Double> criteria,
        double meanRank,
        @Nullable String failure) {

    /** Returns the value of a criterion by its key. */
    double at(String key) {
        return Objects.requireNonNull(criteria.get(key), key);
    }

    /**
     * Ranks configurations that were judged on the same trainings: the mean of their ranks in all criteria decides, equal
     * values share their mean rank, those that failed come last, and the lower number is before an equal one.
     *
     * @param database rows of the protocol's database
     */
    static List<Score> ranked(Map<Configuration, TrialResult> measured, List<Criterion> criteria, int database) {
        Map<Configuration, Double> sums = new LinkedHashMap<>();
        for (Criterion criterion : criteria) {
            ranks(measured, one -> one.failure() == null ? criterion.of(one, database) : Double.NEGATIVE_INFINITY)
                    .forEach((configuration, rank) -> sums.merge(configuration, rank, Double::sum));
        }
        return measured.entrySet().stream()
                .map(entry -> of(
                        entry.getKey(),
                        entry.getValue(),
                        criteria,
                        database,
                        sums.getOrDefault(entry.getKey(), Double.NaN) / criteria.size()))
                .sorted(Comparator.comparing((Score score) -> score.failure != null)
                        .thenComparingDouble(Score::meanRank)
                        .thenComparingInt(Score::trial))
                .toList();
    }

    private static Score of(
            Configuration configuration,
            TrialResult measured,
            List<Criterion> criteria,
            int database,
            double meanRank) {
        Map<String, Double> values = new LinkedHashMap<>();
        criteria.forEach(criterion -> values.put(criterion.key(), criterion.of(measured, database)));
        return new Score(
                configuration.trial(),
                configuration.values(),
                measured.trainings(),
                values,
                meanRank,
                measured.failure());
    }

    /** 1 for the greatest value; equal values get the mean of the ranks that they take together. */
    private static Map<Configuration, Double> ranks(
            Map<Configuration, TrialResult> measured, ToDoubleFunction<TrialResult> value) {
        TreeMap<Double, List<Configuration>> byValue = new TreeMap<>(Comparator.reverseOrder());
        measured.forEach(
                (configuration, one) -> byValue.computeIfAbsent(value.applyAsDouble(one), unused -> new ArrayList<>())
                        .add(configuration));
        Map<Configuration, Double> ranks = new LinkedHashMap<>();
        int before = 0;
        for (List<Configuration> equal : byValue.values()) {
            double rank = before + (equal.size() + 1) / 2.0;
            equal.forEach(configuration -> ranks.put(configuration, rank));
            before += equal.size();
        }
        return ranks;
    }
}
