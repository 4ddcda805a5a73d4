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
 * The search for one method's options at one code length: halving over all configurations, then other numbers of epochs for
 * the best ones, then again with wider ranges as long as the winner lies at a border of one.
 */
final class Search {
    private static final String EPOCHS = "training.epochs";
    private static final int MOST_WIDENINGS = 3;

    private final String method;
    private final SearchSpace space;
    private final Halving halving;
    private final UniformRandomProvider random;
    private final Progress progress;
    private final MethodRegistry registry;
    private final boolean judgingDefaults;
    private final Map<String, SearchRange> ranges;
    private final List<String> notes = new ArrayList<>();
    private int trials;

    /**
     * A search that is yet to run.
     *
     * @param random where configurations are drawn from
     * @param judgingDefaults whether the method's defaults are judged beside the winner
     */
    Search(
            String method,
            SearchSpace space,
            Halving halving,
            UniformRandomProvider random,
            Progress progress,
            MethodRegistry registry,
            boolean judgingDefaults) {
        this.judgingDefaults = judgingDefaults;
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
        return new TuningResult.Outcome(ranking, judgingDefaults ? defaults(ranking.get(0)) : null, ranges, notes);
    }

    /**
     * The defaults, judged as whatever lasts to the end, and ranked against the winner alone: they are no trial, so that the same
     * configurations are drawn and win as without them.
     */
    private Score defaults(Score winner) {
        Configuration own = configuration(Configuration.DEFAULTS, space.defaults(method));
        List<Configuration> both = new ArrayList<>(List.of(own));
        halving.judge()
                .obstacle(own)
                .ifPresent(reason -> progress.note(method + ", " + halving.bits()
                        + " bits: the processor trains the defaults, as the device cannot: " + reason));
        String name = "judging the defaults of " + method + ", " + halving.bits() + " bits";
        try (Progress.Task task = progress.begin(name, halving.judge().units())) {
            halving.runWhole(both, task);
        }
        if (winner.failure() == null) {
            both.add(configuration(winner.trial(), winner.values()));
        }
        // All were judged by now, so that this only ranks them together.
        return halving.runWhole(both, Progress.Task.SILENT).stream()
                .filter(score -> score.trial() == Configuration.DEFAULTS)
                .findFirst()
                .orElseThrow();
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
        List<Score> more = round(Math.max(4, space.trials() / 4), () -> SearchSpace.draw(beyond, random));
        List<Configuration> whole = new ArrayList<>();
        List<Score> rest = new ArrayList<>();
        for (List<Score> scores : List.of(before, more)) {
            for (Score score : scores) {
                if (score.trainings() == halving.judge().units()) {
                    whole.add(configuration(score.trial(), score.values()));
                } else {
                    rest.add(score);
                }
            }
        }
        // They were all judged before, so that this only ranks them together.
        List<Score> ranking = new ArrayList<>(halving.runWhole(whole, Progress.Task.SILENT));
        ranking.addAll(rest);
        return ranking;
    }

    private List<Score> round(int count, Supplier<Map<String, Object>> draw) {
        List<Configuration> configurations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            configurations.add(configuration(trials++, draw.get()));
        }
        int units = halving.judge().units();
        boolean byEpochs =
                ranges.containsKey(EPOCHS) && !space.epochs().factors().isEmpty();
        long steps = Halving.trainings(count, units)
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
        int units = halving.judge().units();
        List<Configuration> whole = new ArrayList<>();
        List<Configuration> longer = new ArrayList<>();
        List<Score> rest = new ArrayList<>();
        int finalists = 0;
        for (Score score : ranking) {
            if (score.trainings() < units) {
                rest.add(score);
                continue;
            }
            whole.add(configuration(score.trial(), score.values()));
            if (score.failure() == null && finalists++ < space.epochs().finalists()) {
                int epochs = ((Number) score.values().getOrDefault(EPOCHS, 1)).intValue();
                for (double factor : space.epochs().factors()) {
                    Map<String, Object> values = new LinkedHashMap<>(score.values());
                    values.put(EPOCHS, Math.max(1, (int) Math.round(factor * epochs)));
                    longer.add(configuration(trials++, values));
                }
            }
        }
        halving.runWhole(longer, task);
        whole.addAll(longer);
        // All of these were judged by now, so that this only ranks them together.
        List<Score> judged = new ArrayList<>(halving.runWhole(whole, Progress.Task.SILENT));
        judged.addAll(rest);
        return judged;
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
