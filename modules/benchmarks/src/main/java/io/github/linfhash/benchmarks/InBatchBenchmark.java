package io.github.linfhash.benchmarks;

import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
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
 * Steps per second of training on all pairs of 128 images with Adam, as "operations": 3,000 steps of 48 bits from 384
 * dimensions, with the random start and the measurements at the end of each epoch.
 *
 * <p>A step of either encoder takes 16.1 million floating-point operations in products: two of the first
 * layer (forward, gradient), six of 48 x 48 (two forward, two back, two gradients), and two of 128 x 128 x 48 for the pairs.
 * Steps per second times that, divided by {@link TrainingBenchmark#product}, is the share of the machine's product speed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class InBatchBenchmark {
    private static final int BITS = 48;
    private static final int STEPS = 3000;

    /** Which encoder. */
    @Param({"DEEP_LINF", "NNH"})
    public TrainedEncoder encoder = TrainedEncoder.DEEP_LINF;

    /** The share of input values that a step sets to 0. */
    @Param({"0", "0.4"})
    public double inputDropout;

    private final TrainingSet images = TrainedEncoder.images();
    private HashingMethod method = TrainedEncoder.NNH.method(TrainedEncoder.inBatch(0));

    /** Chooses the encoder. */
    @Setup
    public void choose() {
        method = encoder.method(TrainedEncoder.inBatch(inputDropout));
    }

    /** One training. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public HashFunction train() {
        return method.train(images, BITS, TrainingContext.quiet(1));
    }
}
