package io.github.linfhash.benchmarks;

import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.algebra.FloatMatrix;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Pairs per second of Siamese training, as "operations": whole epochs of 100,000 pairs from 2,000 images of 384
 * dimensions, with the random start and the measurements at the end of the epoch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 6, time = 3)
public class TrainingBenchmark {
    private static final int SIDE = 1024;
    private static final int MEGAFLOP = 2147;

    /** The code length N. */
    @Param({"48", "64", "256"})
    public int bits;

    /** Which encoder. */
    @Param({"DEEP_LINF", "NNH"})
    public TrainedEncoder encoder = TrainedEncoder.DEEP_LINF;

    private final TrainingSet images = TrainedEncoder.images();
    private HashingMethod method = TrainedEncoder.NNH.method(TrainedEncoder.oneEpoch());
    private final FloatMatrix left = FloatMatrix.zeros(SIDE, SIDE);
    private final FloatMatrix right = FloatMatrix.zeros(SIDE, SIDE);
    private final FloatMatrix product = FloatMatrix.zeros(SIDE, SIDE);

    /** Chooses the encoder. */
    @Setup
    public void choose() {
        method = encoder.method(TrainedEncoder.oneEpoch());
    }

    /** One epoch. */
    @Benchmark
    @OperationsPerInvocation(TrainedEncoder.PAIRS)
    public HashFunction train() {
        return method.train(images, bits, TrainingContext.quiet(1));
    }

    /** The products of the machine at their best, in millions of floating-point operations per second. */
    @Benchmark
    @OperationsPerInvocation(MEGAFLOP)
    public FloatMatrix product() {
        product.setProduct(1, left, right);
        return product;
    }
}
