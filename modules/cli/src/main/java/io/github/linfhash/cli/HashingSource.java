package io.github.linfhash.cli;

import io.github.linfhash.advisor.advice.Advisor;
import io.github.linfhash.baselines.Baselines;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.DataShape;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.Encoders;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.hashing.HashingQuantizer;
import io.github.linfhash.quantizers.registry.PlugIn;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.jspecify.annotations.Nullable;

/**
 * The shallow hashing methods and those of other jars as quantizers, with the options that are recommended for the data: {@code hash-ksh}
 * is KSH. A supervised one learns from at most {@value #LABELED} labeled rows.
 *
 * @param method the method
 * @param labels of the database's rows; null without
 * @param <O> its options
 */
public record HashingSource<O extends Record>(
        MethodSpec<O> method, @Nullable Labels labels) implements Advisor.Source {
    private static final int LABELED = 5000;

    /** All that need no labels, and with labels the others. */
    public static List<HashingSource<?>> all(@Nullable Labels labels) {
        Stream<HashingSource<?>> sources = MethodRegistry.standard().all().stream()
                .filter(method -> !Encoders.ALL.contains(method))
                .filter(method -> labels != null || method.supervision() != MethodSpec.Supervision.SUPERVISED)
                .map(method -> new HashingSource<>(method, labels));
        return sources.toList();
    }

    /** The name that {@code --quantizers} takes. */
    public String name() {
        return "hash-" + method.name();
    }

    @Override
    public List<QuantizerSpec.Configured> within(int dimension, int bytes) {
        int bits = 8 * bytes;
        boolean fits = bits <= dimension || method.supervision() == MethodSpec.Supervision.DATA_INDEPENDENT;
        return fits
                ? List.of(new QuantizerSpec.Configured(
                        name(), new HashingQuantizer.Options(bits), true, true, true, quantizer(bits)))
                : List.of();
    }

    private Quantizer quantizer(int bits) {
        Quantizer quantizer = new HashingQuantizer((vectors, random) -> train(vectors, bits, random));
        return Baselines.ALL.contains(method)
                ? quantizer
                : new PlugIn("method '" + method.name() + "', which is not of linfhash").guarded(quantizer);
    }

    private HashFunction train(FeatureMatrix vectors, int bits, RandomStreams random) {
        DataShape shape = new DataShape(vectors.rows(), vectors.dimension());
        O options = method.recommendedFor(shape).orElse(method.recommended());
        HashFunction function = method.create(options)
                .train(training(vectors, random), bits, new TrainingContext(random, Progress.NONE));
        if (function.bits() != bits) {
            throw new InputException("expected codes of " + bits + " bits, found " + function.bits());
        }
        return function;
    }

    private TrainingSet training(FeatureMatrix vectors, RandomStreams random) {
        if (labels == null) {
            // Methods that learn without labels look at none.
            return new TrainingSet(vectors.select(new int[] {0}), ClassLabels.of(new int[1]), vectors);
        }
        int n = vectors.rows();
        int[] rows = new PermutationSampler(random.stream("labelled"), n, Math.min(n, LABELED)).sample();
        Arrays.sort(rows);
        return new TrainingSet(vectors.select(rows), labels.select(rows), vectors);
    }
}
