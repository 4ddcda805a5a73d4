package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.protocols.protocol.Protocol;
import java.util.ArrayList;
import java.util.List;

/**
 * What one command compares: the cells of methods x code lengths x seeds under a protocol.
 *
 * @param protocol the data and the rules
 * @param methods the methods with all their options
 * @param bits the code lengths N
 * @param seeds the seeds
 */
public record Comparison(Protocol protocol, List<ConfiguredMethod<?>> methods, List<Integer> bits, List<Long> seeds) {
    public Comparison {
        methods = List.copyOf(methods);
        bits = List.copyOf(bits);
        seeds = List.copyOf(seeds);
    }

    /**
     * One run: a method trained once.
     *
     * @param method the method with its options of the code length and the seed
     * @param key the name of the run
     */
    public record Cell(ConfiguredMethod<?> method, RunKey key) {
        /** The run of a method with the options that it has at a code length with a seed. */
        public static Cell of(ConfiguredMethod<?> method, int bits, long seed) {
            return new Cell(method.at(bits, seed), new RunKey(method.name(), method.row(), bits, seed));
        }

        /** Trains the method on a trial, with the random streams of the run's seed and without checkpoints. */
        public HashFunction train(Trial trial, Progress progress) {
            TrainingContext context = new TrainingContext(new RandomStreams(key.seed()), progress, null);
            return method.method().train(trial.training(), key.bits(), context);
        }
    }

    /** All runs, those of one seed together, as they share their split. */
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (long seed : seeds) {
            for (int n : bits) {
                for (ConfiguredMethod<?> method : methods) {
                    cells.add(Cell.of(method, n, seed));
                }
            }
        }
        return cells;
    }
}
