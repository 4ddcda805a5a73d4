package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.method.SharedWork;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.io.binding.OptionPaths;
import io.github.linfhash.protocols.protocol.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Random search with cross-validation inside the labeled training images of one split, or, where neighbors decide, inside rows of its
 * database without their labels.
 *
 * <p>Every method gets the same number of configurations, folds and training images. The first of them has the method's defaults, and the
 * others start from these, not from what a protocol file says. Nothing of the queries or the database's labels is used.
 *
 * @param space what is tried, and the rule that decides
 * @param seed seed of the split, the folds, the drawn configurations and the trainings
 * @param workers configurations judged at the same time
 * @param journal of what was measured before, by a search that was interrupted
 * @param device what encoders are trained on
 * @param progress where to say how far it is
 * @param tryingDefaults whether the methods' defaults are tried too
 */
public record Tuning(
        SearchSpace space,
        long seed,
        int workers,
        Journal journal,
        TrainingDevice device,
        Progress progress,
        boolean tryingDefaults) {
    /**
     * Tunes some methods under a protocol.
     *
     * @param methods names of methods that the search space knows
     * @param images what {@link TuningData} allows
     * @param command the command line, for the record
     */
    public TuningResult run(Protocol protocol, List<String> methods, TuningData images, String command) {
        RandomStreams random = new RandomStreams(seed);
        List<Fold> folds = Fold.divide(images, space.folds(), random);
        HeldOutJudge judge =
                new HeldOutJudge(folds, seed, space.trainings(), SharedWork.remembering(), images.database(), device);
        Map<String, Map<Integer, TuningResult.Outcome>> outcomes = new LinkedHashMap<>();
        for (String method : methods) {
            Map<Integer, TuningResult.Outcome> byLength = new LinkedHashMap<>();
            for (int bits : space.bits()) {
                SuccessiveHalving halving = new SuccessiveHalving(judge, space.criteria(), bits, journal, workers);
                byLength.put(
                        bits,
                        new Search(
                                        method,
                                        space,
                                        halving,
                                        random.stream(space.stream(method, bits)),
                                        progress,
                                        MethodRegistry.standard(),
                                        tryingDefaults)
                                .run());
            }
            outcomes.put(method, byLength);
        }
        return new TuningResult(protocol.name(), protocol.hash(), seed, images.database(), command, space, outcomes);
    }

    /**
     * Checks, by one configuration of each, that a device can train what is searched, and that it needs no labels where neighbors
     * decide.
     *
     * @throws io.github.linfhash.core.errors.InputException if not, in a sentence
     */
    public static void requirePossible(SearchSpace space, List<String> methods, TrainingDevice device) {
        for (String method : methods) {
            Map<String, Object> drawn = SearchSpace.draw(space.of(method), new RandomStreams(0).stream("device"));
            ConfiguredMethod<?> configured =
                    MethodRegistry.standard().configure(method, OptionPaths.nest(drawn), "Search space");
            if (space.byNeighbors() && configured.supervision() == Supervision.SUPERVISED) {
                throw new InputException("--criteria " + Criterion.NEIGHBOR_RECALL.key()
                        + " is measured without labels, and " + method + " trains on labels: leave it out of --methods,"
                        + " or for an encoder add --fix training.supervision=neighbors");
            }
            device.requirePossible(method, configured.method());
        }
    }
}
