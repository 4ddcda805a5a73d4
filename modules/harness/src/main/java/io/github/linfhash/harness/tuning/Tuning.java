package io.github.linfhash.harness.tuning;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.harness.experiment.Trial;
import io.github.linfhash.harness.methods.ConfiguredMethod;
import io.github.linfhash.harness.methods.MethodRegistry;
import io.github.linfhash.protocols.protocol.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Random search with cross-validation inside the labelled training images of one split.
 *
 * <p>Every method gets the same number of configurations, folds and training images. Nothing of the queries or the
 * database's labels is used.
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
     * @param trial the data of the seed; its labelled training images alone are used
     * @param command the command line, for the record
     */
    public TuningResult run(Protocol protocol, List<String> methods, Trial trial, String command) {
        Map<String, List<Score>> scores = new LinkedHashMap<>();
        for (String method : methods) {
            scores.put(method, scores(method, fixed(protocol, method), trial));
        }
        return new TuningResult(
                TuningResult.SCHEMA, protocol.name(), protocol.hash(), seed, command, space, scores);
    }

    /** The options that the protocol gives a method; those that are searched replace them. */
    private static Map<String, Object> fixed(Protocol protocol, String method) {
        return protocol.methods().stream()
                .filter(entry -> entry.name().equals(method))
                .findFirst()
                .map(Protocol.MethodEntry::options)
                .orElse(Map.of());
    }

    /**
     * Tries configurations of one method.
     *
     * @param base options that the protocol fixes and the search does not touch, by name
     * @return all scores, the best first; equal ones in the order of trials
     */
    private List<Score> scores(String method, Map<String, Object> base, Trial trial) {
        RandomStreams random = new RandomStreams(seed);
        List<Configuration> configurations = draw(method, base, random.stream("tuning/" + method));
        HeldOutJudge judge =
                new HeldOutJudge(Fold.divide(trial.training(), space.folds(), random), space.bits(), random);
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try (Progress.Task task = progress.begin("tuning " + method, configurations.size())) {
            List<Future<Score>> futures = new ArrayList<>();
            for (Configuration configuration : configurations) {
                futures.add(pool.submit(() -> {
                    Score score = judge.judge(configuration);
                    task.advance(1);
                    return score;
                }));
            }
            List<Score> scores = new ArrayList<>();
            for (Future<Score> future : futures) {
                scores.add(future.get());
            }
            scores.sort(Comparator.comparingDouble(Score::meanMap).reversed());
            return scores;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a configuration could not be judged", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the search was interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private List<Configuration> draw(String method, Map<String, Object> base, UniformRandomProvider random) {
        MethodRegistry registry = MethodRegistry.standard();
        List<Configuration> configurations = new ArrayList<>();
        for (int trial = 0; trial < space.trials(); trial++) {
            Map<String, Object> values = space.draw(method, random);
            ConfiguredMethod<?> configured = registry.configure(
                    method, MethodRegistry.overlay(base, OptionPaths.nest(values)), "Search space");
            configurations.add(new Configuration(trial, values, configured));
        }
        return configurations;
    }
}
