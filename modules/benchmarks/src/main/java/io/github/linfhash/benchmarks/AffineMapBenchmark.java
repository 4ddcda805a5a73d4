package io.github.linfhash.benchmarks;

import io.github.linfhash.codes.AffineMap;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.UniformRandomProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Milliseconds for mapping 2,048 vectors on one core, in the fixed order of {@link AffineMap} and by BLAS. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AffineMapBenchmark {
    private static final int VECTORS = 2048;

    /** Dimensions and outputs. */
    @Param({"384x64", "512x48", "384x384", "768x768"})
    private String shape = "384x64";

    private int inputs;
    private float[] vectors = {};
    private float[] values = {};
    private AffineMap fixed = AffineMap.of(new float[1], 1, null, null);
    private float[] weights = {};

    @Setup
    public void draw() {
        inputs = Integer.parseInt(shape.substring(0, shape.indexOf('x')));
        int outputs = Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
        UniformRandomProvider random = new RandomStreams(1).stream("benchmark");
        weights = new float[inputs * outputs];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextFloat() - 0.5f;
        }
        vectors = new float[VECTORS * inputs];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = random.nextFloat() - 0.5f;
        }
        values = new float[VECTORS * outputs];
        fixed = AffineMap.of(weights, inputs, null, null);
    }

    @Benchmark
    public float[] fixedOrder() {
        fixed.apply(vectors, 0, VECTORS, values, 0);
        return values;
    }

    @Benchmark
    public float[] oneByOne() {
        for (int i = 0; i < VECTORS; i++) {
            fixed.apply(vectors, i * inputs, 1, values, i * fixed.outputs());
        }
        return values;
    }

    @Benchmark
    public float[] byBlas() {
        Matrices.rowProducts(1, vectors, weights, VECTORS, inputs, fixed.outputs(), values);
        return values;
    }
}
