package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.encoders.training.SiameseTrainings.Ended;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.ConfiguredQuantizer;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.SearchSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one command compares: the cells of methods x code lengths x seeds under a protocol, and codes that were made elsewhere.
 *
 * @param protocol the data and the rules
 * @param methods the methods with all their options
 * @param bits the code lengths N
 * @param seeds the seeds
 * @param quantizers quantizers beside the methods
 * @param makers methods that are no part of linfhash
 * @param external codes that were made elsewhere, for some of these code lengths and seeds
 */
public record Comparison(
        Protocol protocol,
        List<ConfiguredMethod<?>> methods,
        List<Integer> bits,
        List<Long> seeds,
        List<ConfiguredQuantizer> quantizers,
        List<CodeMaker> makers,
        List<ExternalCodes> external) {
    public Comparison {
        makers = List.copyOf(makers);
        quantizers = List.copyOf(quantizers);
        external = List.copyOf(external);
        methods = List.copyOf(methods);
        bits = List.copyOf(bits);
        seeds = List.copyOf(seeds);
    }

    /** A comparison of methods alone. */
    public Comparison(Protocol protocol, List<ConfiguredMethod<?>> methods, List<Integer> bits, List<Long> seeds) {
        this(protocol, methods, bits, seeds, List.of(), List.of(), List.of());
    }

    /** The same comparison of these methods. */
    public Comparison withMethods(List<ConfiguredMethod<?>> others) {
        return new Comparison(protocol, others, bits, seeds, quantizers, makers, external);
    }

    /** The same comparison with these quantizers. */
    public Comparison withQuantizers(List<ConfiguredQuantizer> others) {
        return new Comparison(protocol, methods, bits, seeds, others, makers, external);
    }

    /** The same comparison with these methods that are no part of linfhash. */
    public Comparison withMakers(List<CodeMaker> others) {
        return new Comparison(protocol, methods, bits, seeds, quantizers, others, external);
    }

    /** The same comparison with these codes that were made elsewhere. */
    public Comparison with(List<ExternalCodes> codes) {
        return new Comparison(protocol, methods, bits, seeds, quantizers, makers, codes);
    }

    /**
     * One run: a method trained once.
     *
     * @param method the method with its options of the code length
     * @param key the name of the run
     */
    public record Cell(ConfiguredMethod<?> method, RunKey key) implements CodeSource {
        /** The run of a method with the options that it has at a code length. */
        public static Cell of(ConfiguredMethod<?> method, int bits, long seed) {
            return new Cell(method.at(bits), new RunKey(method.name(), method.row(), bits, seed));
        }

        /** Trains the method on a trial, with the random streams of the run's seed. */
        public HashFunction train(Trial trial, Progress progress) {
            TrainingContext context = new TrainingContext(new RandomStreams(key.seed()), progress, null);
            return method.method().train(trial.training(), key.bits(), context);
        }

        @Override
        public String hash() {
            return method.hash();
        }

        @Override
        public MethodSummary summary() {
            return method.summary();
        }

        @Override
        public String trainedOn(TrainingDevice device) {
            return device.nameFor(method.method());
        }

        @Override
        public @Nullable String search() {
            return method.searches().name();
        }

        @Override
        public Measurement measure(Trial trial, Conventions conventions, TrainingContext context) {
            long start = System.nanoTime();
            HashFunction function = method.method().train(trial.training(), key.bits(), context);
            return measure(trial, conventions, function, (System.nanoTime() - start) / 1e9);
        }

        private static Measurement measure(
                Trial trial, Conventions conventions, HashFunction function, double trainingSeconds) {
            long trained = System.nanoTime();
            Encoded database = Encoded.of(function, trial.database());
            Encoded queries = trial.encodeQueries(function, database);
            long encoded = System.nanoTime();
            Map<String, Double> seconds = Map.of(
                    StandardMetrics.TRAIN.key(),
                    trainingSeconds,
                    StandardMetrics.ENCODE.key(),
                    (encoded - trained) / 1e9);
            return new Measurement.Made(queries, database, function, seconds).measure(trial, conventions);
        }
    }

    /**
     * A run whose method was trained together with others.
     *
     * @param cell the run
     * @param ended how its training ended
     * @param seconds its share of the time that all trainings took
     */
    record TrainedCell(Cell cell, Ended ended, double seconds) implements CodeSource {
        @Override
        public RunKey key() {
            return cell.key();
        }

        @Override
        public String hash() {
            return cell.hash();
        }

        @Override
        public MethodSummary summary() {
            return cell.summary();
        }

        @Override
        public String trainedOn(TrainingDevice device) {
            return cell.trainedOn(device);
        }

        @Override
        public @Nullable String search() {
            return cell.search();
        }

        @Override
        public Measurement measure(Trial trial, Conventions conventions, TrainingContext context) {
            return Cell.measure(trial, conventions, ended.function(), seconds);
        }
    }

    /** The reasons why a device cannot train methods with their options at some code length, with the names of these methods. */
    public Map<String, Set<String>> obstacles(TrainingDevice device) {
        Map<String, Set<String>> obstacles = new LinkedHashMap<>();
        for (ConfiguredMethod<?> method : methods) {
            bits.forEach(length -> device.obstacle(method.at(length).method())
                    .ifPresent(reason -> obstacles
                            .computeIfAbsent(reason, unused -> new LinkedHashSet<>())
                            .add(method.entry())));
        }
        return obstacles;
    }

    /**
     * Checks that a method with the options of each code length can learn from labels, those of the data.
     *
     * @throws io.github.linfhash.core.errors.InputException if not, in a sentence
     */
    void requireFit(ConfiguredMethod<?> method, Labels labels) {
        bits.forEach(length -> TrainingDevice.requireFit(method.at(length).method(), labels));
    }

    /** What results say of all methods, in the order of reports. */
    List<MethodSummary> summaries() {
        return Stream.of(
                        methods.stream().map(ConfiguredMethod::summary),
                        quantizers.stream().map(ConfiguredQuantizer::summary),
                        makers.stream().map(CodeMaker::summary),
                        external.stream().map(ExternalCodes::row))
                .flatMap(Function.identity())
                .toList();
    }

    /** The searches that gave the methods their options. */
    List<SearchSummary> searches() {
        return methods.stream()
                .flatMap(method -> Stream.ofNullable(method.searches().search()))
                .toList();
    }

    /** What a run of this name would come from, as far as it is known here. */
    Stream<CodeSource> sources(RunKey key) {
        Stream<CodeSource> trained = methods.stream()
                .filter(method -> method.entry().equals(key.entry()))
                .map(method -> Cell.of(method, key.bits(), key.seed()));
        Stream<CodeSource> quantized = quantizers.stream()
                .filter(one ->
                        one.entry().entry().equals(key.entry()) && one.at().containsKey(key.bits()))
                .map(one -> QuantizerCell.of(one, key.bits(), key.seed()));
        Stream<CodeSource> commanded = makers.stream()
                .filter(maker -> maker.summary().entry().equals(key.entry()))
                .map(maker -> CodeMaker.Cell.of(maker, key.bits(), key.seed()));
        Stream<CodeSource> made = external.stream()
                .flatMap(codes -> codes.pairs().stream())
                .filter(pair -> pair.key().equals(key))
                .map(pair -> pair);
        return Stream.of(trained, quantized, commanded, made).flatMap(Function.identity());
    }

    /** All runs, those of one seed together, as they share their split. */
    List<CodeSource> cells() {
        List<CodeSource> cells = new ArrayList<>();
        for (long seed : seeds) {
            for (int n : bits) {
                for (ConfiguredMethod<?> method : methods) {
                    if (protocol.runs(method.entry(), n, seed)) {
                        cells.add(Cell.of(method, n, seed));
                    }
                }
                for (ConfiguredQuantizer quantizer : quantizers) {
                    if (quantizer.runs(n, seed)) {
                        cells.add(QuantizerCell.of(quantizer, n, seed));
                    }
                }
                for (CodeMaker maker : makers) {
                    if (maker.runs(n, seed)) {
                        cells.add(CodeMaker.Cell.of(maker, n, seed));
                    }
                }
            }
            for (ExternalCodes codes : external) {
                codes.pairs().stream().filter(pair -> pair.key().seed() == seed).forEach(cells::add);
            }
        }
        return cells;
    }
}
