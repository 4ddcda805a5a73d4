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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures quantizers on vectors: what share of exact neighbors their codes find again. Queries are never in the database, and nothing is
 * fitted to them. Each second query takes part in the choice of a quantizer, and the others report what that one finds.
 *
 * <p>Many quantizers are first measured on a small part of the vectors, with one seed and queries of the choosing half ({@link Screen}). What is
 * surpassed there is not measured on all.
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

    /** The parts of a sample come in this order: the one that predicts, if there is one, and the whole. */
    private static final int PREDICTING = 0;

    /** How many quantizers are measured at the same time: much of some of them does not use several cores. */
    private static final int AT_ONCE = 2;

    /** Where quantizers come from: all that fit vectors of a dimension into some bytes. */
    @FunctionalInterface
    public interface Source {
        List<QuantizerSpec.Configured> within(int dimension, int bytes);
    }

    /**
     * Database and queries.
     *
     * @param database n x d, the sample first; where that is a part of what was given, its rows are in random order
     * @param sampled the size of the sample, in which recall is measured; rows beyond it are judged ones, which count for gain alone
     * @param queries m x d, none of them a row of the database
     * @param drawn whether the queries were drawn from what was given
     * @param givenRows of the whole database, at least as many as were sampled
     * @param relevance of the queries and the database; null without labels
     * @param judgments of the queries and the database, at least two queries having a relevant row; null without judgments
     */
    public record Vectors(
            FeatureMatrix database,
            int sampled,
            FeatureMatrix queries,
            boolean drawn,
            int givenRows,
            @Nullable Relevance relevance,
            @Nullable Judgments judgments) {}

    /**
     * Measures; what cannot work with the vectors is told as refused. Where the database is a part of what was given, recall among all is
     * predicted ({@link FullSize}).
     *
     * @param screened whether quantizers are screened where there are many; never with labels or judgments, which say more than recall
     * @param search finds exact neighbors
     * @param kept keeps recall, so that an interrupted run goes on; not used with labels or judgments
     * @throws IOException if the search does, or what was kept cannot be read
     */
    public Advice measure(
            Vectors vectors,
            List<Source> sources,
            boolean screened,
            NeighborSearch search,
            MeasureCache kept,
            Progress progress)
            throws IOException {
        FeatureMatrix all = similarity.prepare(vectors.database(), "database");
        FeatureMatrix database = all.part(0, vectors.sampled());
        FeatureMatrix queries = similarity.prepare(vectors.queries(), "queries");
        int found = Math.min(database.rows(), Math.max(2, neighbors));
        FloatNeighbors near;
        List<CodeMeasures.Part> parts = new ArrayList<>();
        FullSize fullSize =
                FullSize.of(database.rows(), vectors.givenRows(), neighbors).orElse(null);
        try (Progress.Task task = progress.begin("exact neighbors", fullSize == null ? 1 : 2)) {
            near = search.find(database, queries, found, similarity);
            task.advance(1);
            if (fullSize != null) {
                FeatureMatrix part = database.part(0, fullSize.part());
                parts.add(
                        new CodeMeasures.Part(part.rows(), search.find(part, queries, fullSize.nearest(), similarity)));
                task.advance(1);
            }
        }
        parts.add(new CodeMeasures.Part(
                database.rows(), found == neighbors ? near : search.find(database, queries, neighbors, similarity)));
        LabelMetrics labels = vectors.relevance() == null ? null : new LabelMetrics(vectors.relevance(), FIRST);
        JudgedGain gain = vectors.judgments() == null ? null : new JudgedGain(vectors.judgments(), FIRST);
        CodeMeasures measures = new CodeMeasures(oversamplings, parts, labels, gain);
        RandomStreams first = new RandomStreams(seeds.get(0));
        Diagnosis diagnosis = Diagnosis.of(vectors.database().part(0, database.rows()), database, queries, near, first);
        List<QuantizerSpec.Configured> fitting = fitting(database.dimension(), sources);
        Screen.Result screen = screened && labels == null && gain == null && Screen.isNeeded(fitting.size())
                ? new Screen(similarity, neighbors, oversamplings).of(fitting, database, queries, first, progress)
                : new Screen.Result(fitting, null, List.of());
        List<QuantizerSpec.Configured> finalists = screen.finalists();
        MeasureCache.OfData keptOfThese = (labels == null && gain == null ? kept : MeasureCache.NONE)
                .with(database, queries, similarity, oversamplings, parts);
        Measured[] measured = new Measured[finalists.size()];
        Advice.Refused[] unfit = new Advice.Refused[finalists.size()];
        List<Callable<@Nullable Void>> longestFirst = new ArrayList<>();
        for (int last = finalists.size() - 1; last >= 0; last--) {
            int i = last;
            longestFirst.add(() -> {
                QuantizerSpec.Configured one = finalists.get(i);
                try (Progress.Task task =
                        progress.begin(name(i, finalists), seedsOf(one).size())) {
                    measured[i] = measure(one, all, database.rows(), queries, fullSize, measures, keptOfThese, task);
                } catch (InputException | NonFiniteException e) {
                    unfit[i] = Advice.Refused.of(one, e);
                }
                return null;
            });
        }
        AtOnce.run(AT_ONCE, longestFirst);
        List<Advice.Refused> refused = Stream.concat(
                        screen.refused().stream(), Arrays.stream(unfit).filter(Objects::nonNull))
                .toList();
        return new Advice(
                database.rows(),
                database.dimension(),
                queries.rows(),
                vectors.drawn(),
                similarity,
                neighbors,
                seeds,
                diagnosis,
                Arrays.stream(measured).filter(Objects::nonNull).toList(),
                vectors.givenRows(),
                fullSize == null ? database.rows() : fullSize.predictedRows(),
                labels == null ? null : labeled(List.of(labels.ofFloats(all, queries, similarity))),
                vectors.judgments() == null || gain == null
                        ? null
                        : judged(vectors.judgments(), gain.ofFloats(all, queries, similarity)),
                screen.screening(),
                List.of(),
                refused,
                Advice.Skipped.NONE);
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

    private static String name(int i, List<QuantizerSpec.Configured> all) {
        return String.format(
                Locale.ROOT,
                "quantizer %d of %d, %s (%s)",
                i + 1,
                all.size(),
                all.get(i).name(),
                Advice.options(all.get(i).options()));
    }

    private List<Long> seedsOf(QuantizerSpec.Configured one) {
        return one.random() && !one.slow() ? seeds : seeds.subList(0, 1);
    }

    private Measured measure(
            QuantizerSpec.Configured one,
            FeatureMatrix database,
            int sampled,
            FeatureMatrix queries,
            @Nullable FullSize fullSize,
            CodeMeasures measures,
            MeasureCache.OfData kept,
            Progress.Task task)
            throws IOException {
        List<Long> measuredSeeds = seedsOf(one);
        List<MeasureCache.Run> runs = new ArrayList<>();
        for (long seed : measuredSeeds) {
            runs.add(kept.get(one, seed, () -> run(one, seed, database, sampled, queries, measures)));
            task.advance(1);
        }
        List<CodeMeasures.Values> values =
                runs.stream().map(MeasureCache.Run::values).toList();
        List<LabelMetrics.PerQuery> labels =
                values.stream().flatMap(run -> run.labels().stream()).toList();
        List<double[]> gains =
                values.stream().flatMap(run -> run.gain().stream()).toList();
        return new Measured(
                one.name(),
                one.options(),
                runs.get(0).bytes(),
                runs.get(0).modelBytes(),
                runs.size(),
                recalls(values, measures.parts() - 1, interval -> interval),
                fullSize == null ? null : recalls(values, PREDICTING, fullSize::predict),
                mean(runs, MeasureCache.Run::nanosPerDistance),
                mean(runs, MeasureCache.Run::trainSeconds),
                mean(runs, MeasureCache.Run::encodeSeconds),
                labels.isEmpty() ? null : labeled(labels),
                gains.isEmpty() ? null : crossed(gains));
    }

    private static double mean(List<MeasureCache.Run> runs, ToDoubleFunction<MeasureCache.Run> number) {
        return runs.stream().mapToDouble(number).average().orElseThrow();
    }

    private MeasureCache.Run run(
            QuantizerSpec.Configured one,
            long seed,
            FeatureMatrix database,
            int sampled,
            FeatureMatrix queries,
            CodeMeasures measures) {
        long start = System.nanoTime();
        Quantizer.Fitted fitted = one.quantizer().fit(database.part(0, sampled), similarity, new RandomStreams(seed));
        long trained = System.nanoTime();
        Quantizer.Encoded codes = fitted.encode(database);
        long encoded = System.nanoTime();
        Quantizer.Estimates estimates = codes.estimates(queries);
        return new MeasureCache.Run(
                fitted.bytes(),
                fitted.modelBytes(),
                (trained - start) / 1e9,
                (encoded - trained) / 1e9,
                nanosPerDistance(codes.size(), estimates),
                measures.of(codes, estimates));
    }

    private Measured.Recalls recalls(List<CodeMeasures.Values> runs, int part, UnaryOperator<CrossedMean> change) {
        return new Measured.Recalls(
                recall(runs, part, Half.ALL, change),
                recall(runs, part, Half.CHOOSING, change),
                recall(runs, part, Half.REPORTING, change));
    }

    /** For each oversampling, the recall in a part over all runs and the queries of a half. */
    private Map<Integer, CrossedMean> recall(
            List<CodeMeasures.Values> runs, int part, Half half, UnaryOperator<CrossedMean> change) {
        Map<Integer, CrossedMean> intervals = new TreeMap<>();
        for (int o = 0; o < oversamplings.size(); o++) {
            int place = o;
            intervals.put(
                    oversamplings.get(o),
                    change.apply(crossed(runs.stream()
                            .map(run -> half.of(run.recall(part, place)))
                            .toList())));
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
        // Looked at in any case, so that no compiler leaves the distances out.
        if (Float.isNaN(sum)) {
            throw new NonFiniteException("estimated distances are not finite in float32; scale the vectors down");
        }
        return nanos / ((double) queries * size);
    }
}
