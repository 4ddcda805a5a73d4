package io.github.linfhash.harness.tuning;

import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.harness.methods.MethodRegistry;
import io.github.linfhash.harness.methods.OptionPaths;
import io.github.linfhash.protocols.protocol.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Random search with cross-validation inside the labelled training images of one split.
 *
 * <p>Every method gets the same number of configurations, folds and training images, and starts from its defaults, not
 * from what a protocol file says. Nothing of the queries or the database's labels is used.
 *
 * @param space what is tried
 * @param seed seed of the split, the folds, the drawn configurations and the trainings
 * @param workers configurations judged at the same time
 * @param progress where to say how far it is
 */
public record Tuning(SearchSpace space, long seed, int workers, Progress progress) {
    /**
     * Tunes some methods under a protocol.
     *
     * @param methods names of methods that the search space knows
     * @param images what {@link TuningImages} allows
     * @param command the command line, for the record
     */
    public TuningResult run(Protocol protocol, List<String> methods, TrainingSet images, String command) {
        RandomStreams random = new RandomStreams(seed);
        List<Fold> folds = Fold.divide(images, space.folds(), random);
        Race race = new Race(new HeldOutJudge(space.bits(), random), folds, workers);
        Map<String, List<Score>> scores = new LinkedHashMap<>();
        for (String method : methods) {
            List<Configuration> configurations = draw(method, random.stream("tuning/" + method));
            long steps = Race.trainings(configurations.size(), folds.size());
            try (Progress.Task task = progress.begin("tuning " + method, steps)) {
                scores.put(method, race.run(configurations, task));
            }
        }
        return new TuningResult(TuningResult.SCHEMA, protocol.name(), protocol.hash(), seed, command, space, scores);
    }

    private List<Configuration> draw(String method, UniformRandomProvider random) {
        MethodRegistry registry = MethodRegistry.standard();
        List<Configuration> configurations = new ArrayList<>();
        for (int trial = 0; trial < space.trials(); trial++) {
            Map<String, Object> values = space.draw(method, random);
            configurations.add(new Configuration(
                    trial, values, registry.configure(method, OptionPaths.nest(values), "Search space")));
        }
        return configurations;
    }
}
