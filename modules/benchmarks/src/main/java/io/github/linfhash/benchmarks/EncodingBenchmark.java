package io.github.linfhash.benchmarks;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Milliseconds for encoding 60,000 vectors of 384 dimensions into 64 bits, on all cores. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
public class EncodingBenchmark {
    private final TrainingSet images = TrainedEncoder.images();
    private final HashFunction function =
            TrainedEncoder.DEEP_LINF.method(TrainedEncoder.oneEpoch()).train(images, 64, TrainingContext.quiet(1));
    private final FeatureMatrix vectors = repeated(images.labeled(), 60_000);

    /** All vectors. */
    @Benchmark
    public BinaryCodes encode() {
        return function.encode(vectors);
    }

    private static FeatureMatrix repeated(FeatureMatrix features, int rows) {
        int[] indices = new int[rows];
        for (int i = 0; i < rows; i++) {
            indices[i] = i % features.rows();
        }
        return features.select(indices);
    }
}
