package io.github.linfhash.benchmarks;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.Relevance;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

/** Milliseconds for evaluating all queries of an experiment, on all cores. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
public class EvaluationBenchmark {
    /** How many codes, of how many bits, with which kind of labels. */
    @Param
    public EvaluationScale scale = EvaluationScale.CIFAR10;

    private BinaryCodes queries = BinaryCodes.ofBytes(0, 1, new byte[0]);
    private BinaryCodes database = queries;
    private Relevance relevance = EvaluationScale.CIFAR10.relevance();

    /** Draws codes and labels. */
    @Setup
    public void draw() {
        queries = scale.queryCodes();
        database = scale.databaseCodes();
        relevance = scale.relevance();
    }

    /** The scan alone: distance histograms, no metric. */
    @Benchmark
    public DistanceHistograms scan() {
        return HammingScan.scan(queries, database, relevance);
    }

    /** The number of different codes alone. */
    @Benchmark
    public int uniqueCodes() {
        return database.unique();
    }

    /** The scan and every standard metric: what an evaluation costs. */
    @Benchmark
    public Map<String, Double> allMetrics() {
        return StandardMetrics.evaluate(Retrieval.of(queries, database, relevance));
    }
}
