package io.github.linfhash.benchmarks;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.core.random.RandomStreams;
import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.UniformRandomProvider;
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

/** The time of one distance from a query to a code of bit planes; an operation is one code of {@value #CODES}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class EstimateBenchmark {
    private static final int CODES = 20_000;
    private static final int QUERY_BITS = 4;

    /** How many numbers a code has, and of how many bits they are. */
    @Param({"384x1", "160x2", "164x4", "93x7"})
    private String code = "384x1";

    private BitPlanes codes = BitPlanes.of(0, 1, 1, new byte[0]);
    private BitPlanes query = codes;
    private float[] floats = new float[0];

    @Setup
    public void draw() {
        String[] parts = code.split("x", 2);
        int numbers = Integer.parseInt(parts[0]);
        int bits = Integer.parseInt(parts[1]);
        UniformRandomProvider random = new RandomStreams(1).stream("benchmark");
        codes = planes(CODES, numbers, bits, random);
        query = planes(1, numbers, Math.max(QUERY_BITS, bits), random);
        floats = new float[numbers];
        for (int j = 0; j < numbers; j++) {
            floats[j] = random.nextFloat() - 0.5f;
        }
    }

    private static BitPlanes planes(int size, int numbers, int bits, UniformRandomProvider random) {
        byte[] values = new byte[size * numbers];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) random.nextInt(1 << bits);
        }
        return BitPlanes.of(size, numbers, bits, values);
    }

    @Benchmark
    @OperationsPerInvocation(CODES)
    public long wholeNumbers() {
        long sum = 0;
        for (int i = 0; i < CODES; i++) {
            sum += codes.product(i, query, 0);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CODES)
    public float floats() {
        BitPlanes.Products products = codes.products(floats);
        float sum = 0;
        for (int i = 0; i < CODES; i++) {
            sum += products.of(i);
        }
        return sum;
    }
}
