package io.github.linfhash.benchmarks;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
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

/** Exact float neighbors: 10 of each of 1,000 queries of 384 dimensions. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@State(Scope.Benchmark)
public class NeighborBenchmark {
    private static final int DIMENSION = 384;
    private static final int QUERIES = 1000;

    @Param({"20000", "1000000"})
    private int rows;

    private FeatureMatrix database = FeatureMatrix.owning(0, DIMENSION, new float[0]);
    private FeatureMatrix queries = database;

    @Setup
    public void draw() {
        UniformRandomProvider random = new RandomStreams(1).stream("benchmark");
        database = vectors(rows, random);
        queries = vectors(QUERIES, random);
    }

    private static FeatureMatrix vectors(int rows, UniformRandomProvider random) {
        float[] values = new float[Math.multiplyExact(rows, DIMENSION)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return FeatureMatrix.owning(rows, DIMENSION, values);
    }

    @Benchmark
    public FloatNeighbors find() {
        return FloatNeighbors.find(database, queries, 10, Similarity.EUCLIDEAN);
    }
}
