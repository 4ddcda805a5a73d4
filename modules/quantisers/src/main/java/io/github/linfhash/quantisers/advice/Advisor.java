package io.github.linfhash.quantisers.advice;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.MeanInterval;
import io.github.linfhash.quantisers.DistanceEstimates;
import io.github.linfhash.quantisers.EncodedVectors;
import io.github.linfhash.quantisers.FittedQuantiser;
import io.github.linfhash.quantisers.QuantiserSpec;
import io.github.linfhash.quantisers.Similarity;
import io.github.linfhash.quantisers.neighbours.CrossedInterval;
import io.github.linfhash.quantisers.neighbours.FloatNeighbours;
import io.github.linfhash.quantisers.neighbours.NeighbourRecall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Measures quantisers on vectors: what share of exact neighbours their codes find again. Queries are never in the database, and nothing is
 * fitted to them.
 *
 * @param similarity by what neighbours are searched
 * @param bytes the numbers of bytes that codes may take, ascending
 * @param neighbours k
 * @param oversamplings ascending
 * @param seeds of what is random; where nothing is, and for slow quantisers, the first alone
 */
public record Advisor(
        Similarity similarity, List<Integer> bytes, int neighbours, List<Integer> oversamplings, List<Long> seeds) {
    private static final int TIMED_DISTANCES = 2_000_000;

    /** Where quantisers come from: all that fit vectors of a dimension into some bytes. */
    @FunctionalInterface
    public interface Source {
        List<QuantiserSpec.Configured> within(int dimension, int bytes);
    }

    /**
     * Database and queries.
     *
     * @param database n x d
     * @param queries m x d, none of them a row of the database
     * @param drawn whether the queries were drawn from what was given
     */
    public record Vectors(FeatureMatrix database, FeatureMatrix queries, boolean drawn) {}

    /** Measures everything. */
    public Advice measure(Vectors vectors, List<Source> sources, Progress progress) {
        FeatureMatrix database = similarity.prepare(vectors.database(), "database");
        FeatureMatrix queries = similarity.prepare(vectors.queries(), "queries");
        int found = Math.min(database.rows(), Math.max(2, neighbours));
        FloatNeighbours near = FloatNeighbours.find(database, queries, found, similarity);
        FloatNeighbours truth =
                found == neighbours ? near : FloatNeighbours.find(database, queries, neighbours, similarity);
        RandomStreams first = new RandomStreams(seeds.get(0));
        Diagnosis diagnosis = Diagnosis.of(vectors.database(), database, queries, near, first);
        List<QuantiserSpec.Configured> all = fitting(database.dimension(), sources);
        List<Measured> measured = new ArrayList<>();
        try (Progress.Task task = progress.begin("quantisers", all.size())) {
            for (QuantiserSpec.Configured one : all) {
                measured.add(measure(one, database, queries, truth));
                task.advance(1);
            }
        }
        return new Advice(
                database.rows(),
                database.dimension(),
                queries.rows(),
                vectors.drawn(),
                similarity,
                neighbours,
                seeds,
                diagnosis,
                List.copyOf(measured));
    }

    /** Each quantiser with each of its options once. */
    private List<QuantiserSpec.Configured> fitting(int dimension, List<Source> sources) {
        List<QuantiserSpec.Configured> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Source source : sources) {
            for (int most : bytes) {
                for (QuantiserSpec.Configured one : source.within(dimension, most)) {
                    if (names.add(one.name() + " " + one.options())) {
                        all.add(one);
                    }
                }
            }
        }
        return all;
    }

    private Measured measure(
            QuantiserSpec.Configured one, FeatureMatrix database, FeatureMatrix queries, FloatNeighbours truth) {
        List<Long> measuredSeeds = one.random() && !one.slow() ? seeds : seeds.subList(0, 1);
        int runs = measuredSeeds.size();
        double[][][] recall = new double[oversamplings.size()][runs][];
        double train = 0;
        double encode = 0;
        double nanos = 0;
        int size = 0;
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            FittedQuantiser fitted =
                    one.quantiser().fit(database, similarity, new RandomStreams(measuredSeeds.get(run)));
            long trained = System.nanoTime();
            EncodedVectors codes = fitted.encode(database);
            encode += (System.nanoTime() - trained) / 1e9 / runs;
            train += (trained - start) / 1e9 / runs;
            DistanceEstimates estimates = codes.estimates(queries);
            double[][] ofRun = new NeighbourRecall(oversamplings).of(truth, codes, estimates);
            for (int o = 0; o < ofRun.length; o++) {
                recall[o][run] = ofRun[o];
            }
            nanos += nanosPerDistance(codes.size(), estimates) / runs;
            size = fitted.bytes();
        }
        Map<Integer, MeanInterval> intervals = new TreeMap<>();
        for (int o = 0; o < recall.length; o++) {
            intervals.put(oversamplings.get(o), CrossedInterval.of(recall[o]));
        }
        return new Measured(one.name(), one.options(), size, runs, intervals, nanos, train, encode);
    }

    /** On this thread alone, what a query costs by itself included. */
    private static double nanosPerDistance(int size, DistanceEstimates estimates) {
        int queries = Math.max(1, Math.min(estimates.queries(), TIMED_DISTANCES / size));
        float sum = 0;
        long start = System.nanoTime();
        for (int q = 0; q < queries; q++) {
            DistanceEstimates.OfQuery query = estimates.of(q);
            for (int i = 0; i < size; i++) {
                sum += query.to(i);
            }
        }
        double nanos = System.nanoTime() - start;
        // The sum is looked at, so that no compiler leaves the distances out.
        return Float.isNaN(sum) ? Double.NaN : nanos / ((double) queries * size);
    }
}
