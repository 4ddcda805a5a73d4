package io.github.linfhash.quantizers.advice;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Judgments;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.neighbors.CodeMeasures;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.JudgedGain;
import io.github.linfhash.quantizers.neighbors.LabelMetrics;
import io.github.linfhash.quantizers.neighbors.NeighborCache.NeighborSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures quantizers on vectors: what share of exact neighbors their codes find again. Queries are never in the database, and nothing is
 * fitted to them. Each second query takes part in the choice of a quantizer, and the others report what that one finds.
 *
 * @param similarity by what neighbors are searched
 * @param bytes the numbers of bytes that codes may take, ascending
 * @param neighbors k
 * @param oversamplings ascending
 * @param seeds of what is random; where nothing is, and for slow quantizers, the first alone
 */
public record Advisor(
        Similarity similarity, List<Integer> bytes, int neighbors, List<Integer> oversamplings, List<Long> seeds) {
    private static final int TIMED_DISTANCES = 2_000_000;
    private static final int FIRST = 10;

    /** Where quantizers come from: all that fit vectors of a dimension into some bytes. */
    @FunctionalInterface
    public interface Source {
        List<QuantizerSpec.Configured> within(int dimension, int bytes);
    }

    /**
     * Database and queries.
     *
     * @param database n x d; where it is a part of what was given, its rows are in random order
     * @param queries m x d, none of them a row of the database
     * @param drawn whether the queries were drawn from what was given
     * @param givenRows of the whole database, at least n
     * @param relevance of the queries and the database; null without labels
     * @param judgments of the queries and the database, at least two queries having a relevant row; null without judgments
     */
    public record Vectors(
            FeatureMatrix database,
            FeatureMatrix queries,
            boolean drawn,
            int givenRows,
            @Nullable Relevance relevance,
            @Nullable Judgments judgments) {}

    /**
     * Measures everything; what cannot work with the vectors is told as refused. Where the database is a part of what was given, recall is measured among a quarter and a half of its rows, too.
     *
     * @throws IOException if the search does
     */
    public Advice measure(Vectors vectors, List<Source> sources, NeighborSearch search, Progress progress)
            throws IOException {
        FeatureMatrix database = similarity.prepare(vectors.database(), "database");
        FeatureMatrix queries = similarity.prepare(vectors.queries(), "queries");
        int found = Math.min(database.rows(), Math.max(2, neighbors));
        FloatNeighbors near = search.find(database, queries, found, similarity);
        List<CodeMeasures.Part> parts = new ArrayList<>();
        for (int rows : partRows(database.rows(), vectors.givenRows())) {
            FeatureMatrix part = database.select(IntStream.range(0, rows).toArray());
            parts.add(new CodeMeasures.Part(rows, search.find(part, queries, neighbors, similarity)));
        }
        parts.add(new CodeMeasures.Part(
                database.rows(), found == neighbors ? near : search.find(database, queries, neighbors, similarity)));
        LabelMetrics labels = vectors.relevance() == null ? null : new LabelMetrics(vectors.relevance(), FIRST);
        JudgedGain gain = vectors.judgments() == null ? null : new JudgedGain(vectors.judgments(), FIRST);
        CodeMeasures measures = new CodeMeasures(oversamplings, parts, labels, gain);
        RandomStreams first = new RandomStreams(seeds.get(0));
        Diagnosis diagnosis = Diagnosis.of(vectors.database(), database, queries, near, first);
        List<QuantizerSpec.Configured> all = fitting(database.dimension(), sources);
        List<Measured> measured = new ArrayList<>();
        List<Advice.Refused> refused = new ArrayList<>();
        try (Progress.Task task = progress.begin("quantizers", all.size())) {
            for (QuantizerSpec.Configured one : all) {
                try {
                    measured.add(measure(one, database, queries, parts, measures));
                } catch (InputException | NonFiniteException e) {
                    refused.add(new Advice.Refused(one.name(), one.options(), String.valueOf(e.getMessage())));
                }
                task.advance(1);
            }
        }
        return new Advice(
                database.rows(),
                database.dimension(),
                queries.rows(),
                vectors.drawn(),
                similarity,
                neighbors,
                seeds,
                diagnosis,
                List.copyOf(measured),
                vectors.givenRows(),
                labels == null ? null : labeled(List.of(labels.ofFloats(database, queries, similarity))),
                vectors.judgments() == null || gain == null
                        ? null
                        : judged(vectors.judgments(), gain.ofFloats(database, queries, similarity)),
                List.of(),
                List.copyOf(refused),
                Advice.Skipped.NONE);
    }

    /** A quarter and a half, where these hold enough neighbors. */
    private List<Integer> partRows(int rows, int given) {
        return rows == given
                ? List.of()
                : Stream.of(rows / 4, rows / 2)
                        .filter(part -> part >= neighbors)
                        .toList();
    }

    /** Each quantizer with each of its options once. */
    private List<QuantizerSpec.Configured> fitting(int dimension, List<Source> sources) {
        List<QuantizerSpec.Configured> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Source source : sources) {
            for (int most : bytes) {
                for (QuantizerSpec.Configured one : source.within(dimension, most)) {
                    if (names.add(one.name() + " " + one.options())) {
                        all.add(one);
                    }
                }
            }
        }
        return all;
    }

    private Measured measure(
            QuantizerSpec.Configured one,
            FeatureMatrix database,
            FeatureMatrix queries,
            List<CodeMeasures.Part> parts,
            CodeMeasures measures) {
        List<Long> measuredSeeds = one.random() && !one.slow() ? seeds : seeds.subList(0, 1);
        int runs = measuredSeeds.size();
        List<CodeMeasures.Values> values = new ArrayList<>();
        double train = 0;
        double encode = 0;
        double nanos = 0;
        int size = 0;
        long model = 0;
        for (long seed : measuredSeeds) {
            long start = System.nanoTime();
            Quantizer.Fitted fitted = one.quantizer().fit(database, similarity, new RandomStreams(seed));
            long trained = System.nanoTime();
            Quantizer.Encoded codes = fitted.encode(database);
            encode += (System.nanoTime() - trained) / 1e9 / runs;
            train += (trained - start) / 1e9 / runs;
            Quantizer.Estimates estimates = codes.estimates(queries);
            values.add(measures.of(codes, estimates));
            nanos += nanosPerDistance(codes.size(), estimates) / runs;
            size = fitted.bytes();
            model = fitted.modelBytes();
        }
        List<Measured.Trend> trend = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            trend.add(new Measured.Trend(parts.get(part).rows(), recall(values, part, Half.CHOOSING)));
        }
        List<LabelMetrics.PerQuery> labels =
                values.stream().flatMap(run -> run.labels().stream()).toList();
        List<double[]> gains =
                values.stream().flatMap(run -> run.gain().stream()).toList();
        return new Measured(
                one.name(),
                one.options(),
                size,
                model,
                runs,
                recall(values, parts.size() - 1, Half.ALL),
                trend.get(trend.size() - 1).recall(),
                recall(values, parts.size() - 1, Half.REPORTING),
                nanos,
                train,
                encode,
                trend.size() == 1 ? List.of() : List.copyOf(trend),
                labels.isEmpty() ? null : labeled(labels),
                gains.isEmpty() ? null : crossed(gains));
    }

    /** For each oversampling, the recall in a part over all runs and the queries of a half. */
    private Map<Integer, CrossedMean> recall(List<CodeMeasures.Values> runs, int part, Half half) {
        Map<Integer, CrossedMean> intervals = new TreeMap<>();
        for (int o = 0; o < oversamplings.size(); o++) {
            int place = o;
            intervals.put(
                    oversamplings.get(o),
                    crossed(runs.stream()
                            .map(run -> half.of(run.recall(part, place)))
                            .toList()));
        }
        return intervals;
    }

    /** The queries that choose, and those that report what was chosen: each second one. */
    private enum Half {
        CHOOSING(0, 2),
        REPORTING(1, 2),
        ALL(0, 1);

        private final int first;
        private final int step;

        Half(int first, int step) {
            this.first = first;
            this.step = step;
        }

        double[] of(double[] ofQueries) {
            return IntStream.iterate(first, q -> q < ofQueries.length, q -> q + step)
                    .mapToDouble(q -> ofQueries[q])
                    .toArray();
        }
    }

    /** The mean of fractions of the same queries under several seeds. */
    private static CrossedMean crossed(List<double[]> ofSeeds) {
        return CrossedMean.crossed(new double[][][] {ofSeeds.toArray(double[][]::new)}, CrossedMean.Range.FRACTION)
                .orElseThrow();
    }

    private static Measured.Labeled labeled(List<LabelMetrics.PerQuery> runs) {
        return new Measured.Labeled(
                crossed(runs.stream()
                        .map(LabelMetrics.PerQuery::averagePrecision)
                        .toList()),
                crossed(runs.stream().map(LabelMetrics.PerQuery::precision).toList()));
    }

    private static Advice.Judged judged(Judgments judgments, double[] floats) {
        return new Advice.Judged(
                floats.length, judgments.ofOtherQueries(), judgments.ofOtherRows(), crossed(List.of(floats)));
    }

    /** On this thread alone, what a query costs by itself included. */
    private static double nanosPerDistance(int size, Quantizer.Estimates estimates) {
        int queries = Math.max(1, Math.min(estimates.queries(), TIMED_DISTANCES / size));
        float sum = 0;
        long start = System.nanoTime();
        for (int q = 0; q < queries; q++) {
            Quantizer.OfQuery query = estimates.of(q);
            for (int i = 0; i < size; i++) {
                sum += query.to(i);
            }
        }
        double nanos = System.nanoTime() - start;
        // The sum is looked at, so that no compiler leaves the distances out.
        return Float.isNaN(sum) ? Double.NaN : nanos / ((double) queries * size);
    }
}
