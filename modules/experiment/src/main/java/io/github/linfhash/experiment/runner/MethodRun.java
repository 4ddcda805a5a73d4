package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.registry.ConfiguredMethod;

/**
 * A method that is trained once, for a model or a figure rather than for results.
 *
 * @param method the method with its options of the code length
 * @param key the name of the run
 */
public record MethodRun(ConfiguredMethod<?> method, RunKey key) {
    /** The run of a method with the options that it has at a code length. */
    public static MethodRun of(ConfiguredMethod<?> method, int bits, long seed) {
        return new MethodRun(method.at(bits), new RunKey(method.name(), method.variant(), bits, seed));
    }

    /** Trains the method on a split, with the random streams of the run's seed. */
    public HashFunction train(PreparedSplit split, Progress progress) {
        TrainingContext context = new TrainingContext(new RandomStreams(key.seed()), progress);
        return method.method().train(split.training(), key.bits(), context);
    }
}
