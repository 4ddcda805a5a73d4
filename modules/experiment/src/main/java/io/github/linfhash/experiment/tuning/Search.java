package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.tuning.SearchSpace.Configuration;
import io.github.linfhash.experiment.tuning.SearchSpace.SearchRange;
import io.github.linfhash.io.binding.OptionPaths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The search for one method's options at one code length: halving over all configurations that are drawn, then other numbers of epochs for
 * the best ones, then again with wider ranges as long as the best one lies at a border of one. The method's defaults are judged on everything
 * and ranked with whatever lasts to the end, so that nothing wins that is worse than they are.
 */
final class Search {
    private static final String EPOCHS = "training.epochs";
    private static final int MOST_WIDENINGS = 3;

    private final String method;
    private final SearchSpace space;
    private final SuccessiveHalving halving;
    private final UniformRandomProvider random;
    private final Progress progress;
    private final MethodRegistry registry;
    private final boolean tryingDefaults;
    private final Map<String, SearchRange> ranges;
    private final List<String> notes = new ArrayList<>();
    private int trials = Configuration.DEFAULTS + 1;

    /**
     * A search that is yet to run.
     *
     * @param random where configurations are drawn from
     * @param tryingDefaults whether the method's defaults are tried too
     */
    Search(
            String method,
            SearchSpace space,
            SuccessiveHalving halving,
            UniformRandomProvider random,
            Progress progress,
            MethodRegistry registry,
            boolean tryingDefaults) {
        this.tryingDefaults = tryingDefaults;
        this.method = method;
        this.space = space;
        this.halving = halving;
        this.random = random;
        this.progress = progress;
        this.registry = registry;
        this.ranges = space.of(method);
    }

    /** Runs the search. */
    TuningResult.Outcome run() {
        List<Score> ranking = round(space.trials(), () -> SearchSpace.draw(ranges, random));
        for (int widening = 0; widening < MOST_WIDENINGS && ranking.get(0).failure() == null; widening++) {
            Map<String, SearchRange.Side> borders = borders(ranking.get(0));
            if (borders.isEmpty()) {
                break;
            }
            ranking = widened(ranking, borders);
        }
        borders(ranking.get(0))
                .keySet()
                .forEach(path -> note(path + " is still at the border of its range " + ranges.get(path)));
        return new TuningResult.Outcome(tryingDefaults ? withDefaults(ranking) : ranking, ranges, notes);
    }

    /** Judges the defaults on everything, and ranks them with the others. They take no part in halving, so that the same are drawn and last. */
    private List<Score> withDefaults(List<Score> drawn) {
        Configuration own = configuration(Configuration.DEFAULTS, space.defaults(method));
        halving.judge()
                .obstacle(own)
                .ifPresent(reason -> progress.note(method + ", " + halving.bits()
                        + " bits: the processor trains the defaults, as the device cannot: " + reason));
        String name = "judging the defaults of " + method + ", " + halving.bits() + " bits";
        try (Progress.Task task = progress.begin(name, halving.judge().units())) {
            halving.runWhole(List.of(own), task);
        }
        return together(List.of(own), drawn);
    }

    /** Ranks all that were judged on everything together, and puts the other scores behind them. */
    private List<Score> together(List<Configuration> more, List<Score> scores) {
        List<Configuration> whole = new ArrayList<>(more);
        List<Score> rest = new ArrayList<>();
        for (Score score : scores) {
            if (score.trainings() == halving.judge().units()) {
                whole.add(configuration(score.trial(), score.values()));
            } else {
                rest.add(score);
            }
        }
        // They were all judged before, so that this only ranks them.
        List<Score> ranking = new ArrayList<>(halving.runWhole(whole, Progress.Task.SILENT));
        ranking.addAll(rest);
        return ranking;
    }

    private Map<String, SearchRange.Side> borders(Score winner) {
        Map<String, SearchRange.Side> borders = new LinkedHashMap<>();
        ranges.forEach((path, range) -> {
            SearchRange.Side side = range.border(winner.values().getOrDefault(path, 0));
            if (side != null && !path.equals(EPOCHS)) {
                borders.put(path, side);
            }
        });
        return borders;
    }

    /** A quarter as many configurations with the options at a border drawn from beyond it, ranked with the others. */
    private List<Score> widened(List<Score> before, Map<String, SearchRange.Side> borders) {
        Map<String, SearchRange> beyond = new LinkedHashMap<>(ranges);
        borders.forEach((path, side) -> {
            SearchRange range = ranges.getOrDefault(path, SearchRange.of(List.of(0)));
            beyond.put(path, range.beyond(side));
            ranges.put(path, range.widened(side));
            note(path + " was at the " + (side == SearchRange.Side.LOW ? "lower" : "upper") + " border of its range "
                    + range + "; the tuning run continued with " + beyond.get(path));
        });
        List<Score> all = new ArrayList<>(before);
        all.addAll(round(Math.max(4, space.trials() / 4), () -> SearchSpace.draw(beyond, random)));
        return together(List.of(), all);
    }

    private List<Score> round(int count, Supplier<Map<String, Object>> draw) {
        List<Configuration> configurations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            configurations.add(configuration(trials++, draw.get()));
        }
        int units = halving.judge().units();
        boolean byEpochs =
                ranges.containsKey(EPOCHS) && !space.epochs().factors().isEmpty();
        long steps = SuccessiveHalving.trainings(count, units)
                + (byEpochs
                        ? (long) space.epochs().finalists()
                                * space.epochs().factors().size()
                                * units
                        : 0);
        try (Progress.Task task = progress.begin("tuning " + method + ", " + halving.bits() + " bits", steps)) {
            List<Score> ranking = halving.run(configurations, task);
            return byEpochs ? withOtherEpochs(ranking, task) : ranking;
        }
    }

    /** Trains the best configurations for other numbers of epochs, and ranks them with all that were judged as often. */
    private List<Score> withOtherEpochs(List<Score> ranking, Progress.Task task) {
        List<Configuration> longer = new ArrayList<>();
        ranking.stream()
                .filter(score -> score.failure() == null
                        && score.trainings() == halving.judge().units())
                .limit(space.epochs().finalists())
                .forEach(score -> {
                    int epochs = ((Number) score.values().getOrDefault(EPOCHS, 1)).intValue();
                    for (double factor : space.epochs().factors()) {
                        Map<String, Object> values = new LinkedHashMap<>(score.values());
                        values.put(EPOCHS, Math.max(1, (int) Math.round(factor * epochs)));
                        longer.add(configuration(trials++, values));
                    }
                });
        halving.runWhole(longer, task);
        return together(longer, ranking);
    }

    private Configuration configuration(int trial, Map<String, Object> values) {
        return new Configuration(trial, values, registry.configure(method, OptionPaths.nest(values), "Search space"));
    }

    private void note(String sentence) {
        String said = method + ", " + halving.bits() + " bits: " + sentence;
        notes.add(said);
        progress.note(said);
    }
}
