package io.github.linfhash.benchmarks;

import io.github.linfhash.baselines.Baselines;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * The peak memory of one baseline on data of the size of NUS-WIDE, 190,000 x 500: trains it on 5,000 labeled rows, and
 * encodes all. A program of its own, since the peak is that of a process: {@code BaselineMemory METHOD BITS}. Linux only.
 */
public final class BaselineMemory {
    private static final int ROWS = 190_000;
    private static final int DIMENSION = 500;
    private static final int LABELED = 5_000;
    private static final int CONCEPTS = 21;

    private BaselineMemory() {}

    /** Prints the seconds of training and encoding, the number of different codes, and the peak resident memory. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected two arguments, METHOD BITS, not " + arguments.length);
        }
        boolean[] indicator = indicator();
        FeatureMatrix features = features(indicator);
        LabelSets labels = LabelSets.of(ROWS, CONCEPTS, indicator);
        int[] first = IntStream.range(0, LABELED).toArray();
        TrainingSet training = new TrainingSet(features.select(first), labels.select(first), features);

        MethodSpec<?> spec = Baselines.ALL.stream()
                .filter(each -> each.name().equals(arguments[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no baseline " + arguments[0]));
        long start = System.nanoTime();
        HashFunction function = train(spec, training, Integer.parseInt(arguments[1]));
        long trained = System.nanoTime();
        BinaryCodes codes = function.encode(features);
        long encoded = System.nanoTime();
        System.out.printf(
                Locale.ROOT,
                "%s, %s bits: training %.1f s, encoding %.1f s, %d different codes, peak %.2f GiB%n",
                spec.name(),
                arguments[1],
                (trained - start) / 1e9,
                (encoded - trained) / 1e9,
                codes.unique(),
                peakKibibytes() / (1024.0 * 1024));
    }

    private static <O extends Record> HashFunction train(MethodSpec<O> spec, TrainingSet training, int bits) {
        return spec.create(spec.defaults()).train(training, bits, TrainingContext.quiet(0));
    }

    /** One to three concepts a row. */
    private static boolean[] indicator() {
        UniformRandomProvider random = new RandomStreams(0).stream("labels");
        boolean[] indicator = new boolean[ROWS * CONCEPTS];
        for (int row = 0; row < ROWS; row++) {
            for (int count = 1 + random.nextInt(3); count > 0; count--) {
                indicator[row * CONCEPTS + random.nextInt(CONCEPTS)] = true;
            }
        }
        return indicator;
    }

    /** The sum of the directions of a row's concepts, and noise. */
    private static FeatureMatrix features(boolean[] indicator) {
        UniformRandomProvider random = new RandomStreams(0).stream("features");
        ZigguratSampler.NormalizedGaussian noise = ZigguratSampler.NormalizedGaussian.of(random);
        float[] directions = new float[CONCEPTS * DIMENSION];
        for (int k = 0; k < directions.length; k++) {
            directions[k] = (float) noise.sample();
        }
        float[] values = new float[ROWS * DIMENSION];
        for (int row = 0; row < ROWS; row++) {
            int at = row * DIMENSION;
            for (int j = 0; j < DIMENSION; j++) {
                values[at + j] = (float) noise.sample();
            }
            for (int concept = 0; concept < CONCEPTS; concept++) {
                for (int j = 0; indicator[row * CONCEPTS + concept] && j < DIMENSION; j++) {
                    values[at + j] += directions[concept * DIMENSION + j];
                }
            }
        }
        return FeatureMatrix.owning(ROWS, DIMENSION, values);
    }

    /** The high-water mark of the resident set, as the kernel keeps it. */
    private static long peakKibibytes() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
        return lines.stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/self/status has no line VmHWM"));
    }
}
