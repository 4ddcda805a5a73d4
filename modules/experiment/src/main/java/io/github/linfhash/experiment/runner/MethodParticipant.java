package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.runner.MeasuredRun.Encoded;
import io.github.linfhash.results.schema.Configuration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method that linfhash trains.
 *
 * @param method the method with its options at each code length
 */
public record MethodParticipant(ConfiguredMethod<?> method) implements Participant {
    @Override
    public String entry() {
        return method.entry();
    }

    @Override
    public Configuration configuration(List<Integer> lengths) {
        return method.configuration(lengths);
    }

    @Override
    public String hash(int bits, long seed) {
        return method.at(bits).hash();
    }

    @Override
    public String trainedOn(int bits, TrainingDevice device) {
        return device.nameFor(method.at(bits).method());
    }

    @Override
    public Optional<HashingMethod> method(int bits) {
        return Optional.of(method.at(bits).method());
    }

    @Override
    public MeasuredRun measure(RunKey run, PreparedSplit split, Conventions conventions, TrainingContext context) {
        long start = System.nanoTime();
        HashFunction function = method.at(run.bits()).method().train(split.training(), run.bits(), context);
        return measure(function, (System.nanoTime() - start) / 1e9, split, conventions);
    }

    /** Measures what a training gave in some seconds. */
    static MeasuredRun measure(
            HashFunction function, double trainingSeconds, PreparedSplit split, Conventions conventions) {
        long trained = System.nanoTime();
        Encoded database = Encoded.of(function, split.database());
        Encoded queries = split.encodeQueries(function, database);
        long encoded = System.nanoTime();
        Map<String, Double> seconds = Map.of(
                StandardMetrics.TRAIN.key(), trainingSeconds, StandardMetrics.ENCODE.key(), (encoded - trained) / 1e9);
        return new MeasuredRun.Made(queries, database, function, seconds).measure(split, conventions);
    }
}
