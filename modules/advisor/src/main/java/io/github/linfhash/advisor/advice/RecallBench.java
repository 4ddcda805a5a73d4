package io.github.linfhash.advisor.advice;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.core.statistics.SeedVariance;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.CodeMeasures;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.JudgedGain;
import io.github.linfhash.quantizers.neighbors.LabelMetrics;
import io.github.linfhash.quantizers.neighbors.NeighborCache.NeighborSearch;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.quantizers.scalar.Floats;
import io.github.linfhash.quantizers.scalar.Int8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/**
 * Fits quantizers to some vectors and measures recall among the codes of others, which the quantizers have not seen. A quantizer without a model
 * learns nothing from vectors, and is measured on all of them.
 */
final class RecallBench {
    private static final int TIMED_DISTANCES = 500_000;

    /** The most vectors that a quantizer was fitted to, and the most new ones, whose recall is compared. */
    private static final int COMPARED = 20_000;

    /** The most queries of measurements that are made with the first seed only. */
    private static final int FEW_QUERIES = 200;

    private final Similarity similarity;
    private final List<Integer> oversamplings;
    private final int mostRescored;
    private final FeatureMatrix all;
    private final FeatureMatrix training;
    private final boolean divided;
    private final FeatureMatrix queries;
    private final List<Integer> groups;
    private final List<Kept> kept;
    /** The quantizers that cannot keep these vectors for rescoring. */
    final List<Advice.Refused> refused = new ArrayList<>();

    final @Nullable LabelMetrics labels;
    final @Nullable JudgedGain gain;

    /** The vectors that quantizers with a model are measured on; the others are measured on {@link #whole}. */
    private final Scope fresh;

    private final Scope whole;
    private final @Nullable Comparison comparison;
    private final @Nullable Sampled ofSampled;

    /** The neighbors of the queries among the searched vectors, at least two, nearest first. */
    final FloatNeighbors near;

    /** Where given queries come from; null where queries were drawn. */
    final Advice.@Nullable Origin origin;

    RecallBench(
            AdviceRequest.Question question,
            AdviceData vectors,
            FeatureMatrix all,
            FeatureMatrix queries,
            NeighborSearch search,
            Progress progress)
            throws IOException {
        this.similarity = question.similarity();
        this.oversamplings = question.oversamplings();
        this.mostRescored = question.mostOversampling();
        this.all = all;
        this.divided = vectors.division().training() > 0;
        this.training = vectors.training(all);
        this.queries = queries;
        this.groups = vectors.groups();
        int k = question.neighbors();
        Relevance relevance = vectors.relevance();
        this.labels = relevance == null ? null : new LabelMetrics(relevance, Advisor.FIRST);
        this.gain = vectors.judgments() == null ? null : new JudgedGain(vectors.judgments(), Advisor.FIRST);
        this.kept = kept(
                all.part(0, vectors.division().searched() + vectors.division().training()));
        try (Progress.Task task = progress.begin("exact neighbors", divided ? 3 : 1)) {
            int rows = vectors.division().searched();
            FeatureMatrix searched = all.part(0, rows);
            this.near = search.find(
                    searched,
                    queries,
                    Math.min(rows, Math.max(Math.max(k, Scope.further(k)), Diagnosis.LOOKED_AT)),
                    similarity);
            this.fresh = new Scope(rows, vectors.givenRows(), k, near, search);
            task.advance(1);
            if (divided) {
                int both = rows + training.rows();
                FloatNeighbors ofBoth =
                        search.find(all.part(0, both), queries, Math.min(both, Scope.further(k)), similarity);
                // Recall could be predicted for more vectors, but all quantizers are compared among the same number of
                // them.
                RecallExtrapolation ofFresh = fresh.fullSize;
                int predicted = ofFresh == null ? vectors.givenRows() : ofFresh.predictedRows();
                this.whole = new Scope(both, predicted, k, ofBoth, search);
                task.advance(1);
                this.comparison = new Comparison(Math.min(COMPARED, Math.min(rows, training.rows())), k, search);
                task.advance(1);
            } else {
                this.whole = fresh;
                this.comparison = null;
            }
        }
        FeatureMatrix sampled = vectors.sampledQueries();
        FeatureMatrix drawn = sampled == null ? null : PreparedVectors.of(similarity, sampled, "sampled queries");
        this.ofSampled = drawn == null ? null : new Sampled(few(drawn), search);
        FeatureMatrix database = all.part(0, vectors.division().searched());
        this.origin = drawn == null
                ? null
                : Advice.Origin.of(
                        Diagnosis.nearest(queries, database, near, similarity),
                        Diagnosis.nearest(drawn, database, search.find(database, drawn, 1, similarity), similarity));
    }

    /**
     * Codes of the vectors that may be kept for rescoring.
     *
     * @param name of the quantizer
     * @param bytes of a code
     * @param estimates of the distances to the queries
     */
    private record Kept(String name, int bytes, Quantizer.Estimates estimates) {}

    /** Returns the kept codes that are larger than so many bytes. */
    private List<Kept> keptBeside(int bytes) {
        return kept.stream().filter(one -> one.bytes > bytes).toList();
    }

    /** Returns the vectors in float16 and int8, unless their values are out of range. */
    private List<Kept> kept(FeatureMatrix vectors) {
        int d = vectors.dimension();
        List<Kept> all = new ArrayList<>();
        for (QuantizerSpec.Configured one : Stream.of(
                        Floats.HALF.within(d, Short.BYTES * d), Int8.SPEC.within(d, d + Int8.SIDE_BYTES))
                .flatMap(List::stream)
                .toList()) {
            try {
                Quantizer.Fitted fitted = one.quantizer().fit(training, similarity, new RandomStreams(0));
                all.add(new Kept(
                        one.name(), fitted.bytes(), fitted.encode(vectors).estimates(queries)));
            } catch (InputException e) {
                refused.add(Advice.Refused.of(one, e));
            }
        }
        return List.copyOf(all);
    }

    /** The first vectors of the database, among which recall is measured. */
    final class Scope {
        private final int rows;
        final @Nullable RecallExtrapolation fullSize;
        private final List<CodeMeasures.Part> parts = new ArrayList<>();
        private final CodeMeasures measures;

        /** Returns how many neighbors to find, so that k remain when a tenth of the vectors is left out. */
        static int further(int k) {
            return 2 * k + 6;
        }

        Scope(int rows, int given, int k, FloatNeighbors near, NeighborSearch search) throws IOException {
            this.rows = rows;
            this.fullSize = RecallExtrapolation.of(rows, given, k).orElse(null);
            if (fullSize != null) {
                int deep = Math.min(fullSize.part(), further(fullSize.nearest()));
                FloatNeighbors ofPart = fullSize.part() == rows
                        ? near.first(deep)
                        : search.find(all.part(0, fullSize.part()), queries, deep, similarity);
                parts.add(new CodeMeasures.Part(
                        fullSize.part(), ofPart.first(fullSize.nearest()), deep > fullSize.nearest() ? ofPart : null));
            }
            parts.add(new CodeMeasures.Part(rows, near.first(Math.min(k, near.perQuery()))));
            this.measures = new CodeMeasures(oversamplings, parts, mostRescored, labels, gain);
        }

        /** Returns the measured recall, or the one that it predicts among all vectors. */
        double expected(double recall, int oversampling) {
            return fullSize == null ? recall : fullSize.predict(recall, oversampling);
        }
    }

    /** Compares recall among vectors that quantizers are fitted to with recall among as many new ones, for a few of the queries. */
    private final class Comparison {
        private final FeatureMatrix few;
        private final FeatureMatrix seen;
        private final FloatNeighbors ofSeen;
        private final FloatNeighbors ofFresh;

        Comparison(int rows, int k, NeighborSearch search) throws IOException {
            this.few = few(queries);
            this.seen = training.part(0, rows);
            this.ofSeen = search.find(seen, few, Math.min(k, rows), similarity);
            this.ofFresh = search.find(all.part(0, rows), few, Math.min(k, rows), similarity);
        }

        /** Returns the recall among codes of vectors that the quantizer was fitted to. */
        List<Double> among(Quantizer.Encoded codes) {
            return means(ofSeen, seen.rows(), codes, few);
        }

        /** Returns the recall among codes of the searched vectors. */
        List<Double> fresh(Quantizer.Encoded codes) {
            return means(ofFresh, seen.rows(), codes, few);
        }
    }

    /** Queries that were drawn from the vectors, in addition to given ones. */
    private final class Sampled {
        private final FeatureMatrix drawn;
        private final FloatNeighbors ofFresh;
        private final FloatNeighbors ofWhole;

        Sampled(FeatureMatrix drawn, NeighborSearch search) throws IOException {
            this.drawn = drawn;
            this.ofFresh = near(fresh, search);
            this.ofWhole = divided ? near(whole, search) : ofFresh;
        }

        private FloatNeighbors near(Scope scope, NeighborSearch search) throws IOException {
            CodeMeasures.Part part = scope.parts.get(0);
            return search.find(all.part(0, part.rows()), drawn, part.neighbors().perQuery(), similarity);
        }

        /** Returns the recall among codes of the searched vectors. */
        List<Double> recall(Quantizer.Encoded codes, boolean learned) {
            Scope scope = learned ? fresh : whole;
            int rows = scope.parts.get(0).rows();
            List<Double> found = means(learned ? ofFresh : ofWhole, rows, codes, drawn);
            return IntStream.range(0, found.size())
                    .mapToObj(o -> scope.expected(found.get(o), oversamplings.get(o)))
                    .toList();
        }
    }

    /** Returns the mean recall among the first rows at each oversampling. */
    private List<Double> means(FloatNeighbors truth, int rows, Quantizer.Encoded codes, FeatureMatrix asked) {
        double[][] recall = new NeighborRecall(oversamplings).of(truth, rows, codes.estimates(asked));
        return Arrays.stream(recall).map(StatUtils::mean).toList();
    }

    /** Returns evenly spread queries, half of which choose. */
    private static FeatureMatrix few(FeatureMatrix queries) {
        int step = Math.max(1, queries.rows() / FEW_QUERIES) | 1;
        int[] chosen =
                IntStream.iterate(0, q -> q < queries.rows(), q -> q + step).toArray();
        return queries.select(chosen);
    }

    /** Returns the scope that a quantizer is measured on. */
    Scope scope(boolean learned) {
        return learned ? fresh : whole;
    }

    /**
     * A fitted quantizer with its codes.
     *
     * @param seen codes of vectors that it was fitted to; null if recall among them is not measured
     * @param trainSeconds the time of fitting; like {@code encodeSeconds} 0 if not measured
     */
    record Coded(
            Quantizer.Fitted fitted,
            Quantizer.Encoded codes,
            Quantizer.@Nullable Encoded seen,
            double trainSeconds,
            double encodeSeconds) {
        /** Returns the same codes for a quantizer that only compares them in another way; empty if its codes may differ. */
        Optional<Coded> comparedBy(QuantizerSpec.Configured other) {
            return codes.comparedBy(other)
                    .map(same -> new Coded(
                            fitted,
                            same,
                            seen == null ? null : seen.comparedBy(other).orElseThrow(),
                            trainSeconds,
                            encodeSeconds));
        }
    }

    private boolean isLearned(Quantizer.Fitted fitted) {
        return divided && fitted.modelBytes() > 0;
    }

    private Coded coded(QuantizerSpec.Configured one, long seed, boolean first) {
        long start = System.nanoTime();
        Quantizer.Fitted fitted = one.quantizer().fit(training, similarity, new RandomStreams(seed));
        long trained = System.nanoTime();
        Quantizer.Encoded codes = fitted.encode(gain == null ? all.part(0, scope(isLearned(fitted)).rows) : all);
        long encoded = System.nanoTime();
        return new Coded(
                fitted,
                codes,
                first && isLearned(fitted) && comparison != null ? fitted.encode(comparison.seen) : null,
                (trained - start) / 1e9,
                (encoded - trained) / 1e9);
    }

    /**
     * Fits and measures a quantizer.
     *
     * @param first whether this is the first seed, with which more is measured
     * @param shared the codes by seed of quantizers that make the same codes and compare them in another way; the codes of this one are added
     */
    MeasureCache.Run run(QuantizerSpec.Configured one, long seed, boolean first, Map<Long, Coded> shared) {
        Coded coded = Optional.ofNullable(shared.get(seed))
                .flatMap(alike -> alike.comparedBy(one))
                .orElseGet(() -> coded(one, seed, first));
        shared.put(seed, coded);
        Quantizer.Fitted fitted = coded.fitted;
        Quantizer.Encoded codes = coded.codes;
        boolean learned = isLearned(fitted);
        Scope scope = scope(learned);
        Quantizer.Estimates estimates = codes.estimates(queries);
        double nanos = nanosPerDistance(codes.size(), estimates);
        List<Quantizer.Estimates> beside =
                keptBeside(fitted.bytes()).stream().map(Kept::estimates).toList();
        List<Double> none = List.of();
        boolean floats = one.name().equals(Floats.SPEC.name())
                && one.options().equals(new Floats.Options(all.dimension()))
                && labels == null
                && gain == null;
        return new MeasureCache.Run(
                fitted.bytes(),
                fitted.modelBytes(),
                learned,
                coded.trainSeconds,
                coded.encodeSeconds,
                nanos,
                floats ? scope.measures.ofFloats(queries.rows()) : scope.measures.of(codes, estimates, beside),
                new MeasureCache.Besides(
                        coded.seen != null && comparison != null ? comparison.among(coded.seen) : none,
                        coded.seen != null && comparison != null ? comparison.fresh(codes) : none,
                        first && ofSampled != null ? ofSampled.recall(codes, learned) : none));
    }

    /**
     * Returns the time of one distance on this thread, including a query's share of preparing it. It is the median over queries, because other
     * programs interrupt some of them, and the first ones run before their code is compiled.
     */
    private static double nanosPerDistance(int size, Quantizer.Estimates estimates) {
        int queries = Math.max(1, Math.min(estimates.queries(), TIMED_DISTANCES / size));
        double[] nanos = new double[queries];
        float sum = 0;
        for (int q = 0; q < queries; q++) {
            long start = System.nanoTime();
            Distances query = estimates.forQuery(q);
            for (int i = 0; i < size; i++) {
                sum += query.to(i);
            }
            nanos[q] = System.nanoTime() - start;
        }
        // The sum is used, so that the compiler does not remove the loop.
        if (Float.isNaN(sum)) {
            throw new NonFiniteException("estimated distances are not finite in float32; scale the vectors down");
        }
        Arrays.sort(nanos);
        return nanos[queries / 2] / size;
    }

    /**
     * Combines the runs of all seeds.
     *
     * @param seeds as {@link #seedVariances} gives it, of this quantizer or of several
     */
    QuantizerResult measured(
            QuantizerSpec.Configured one, List<MeasureCache.Run> runs, Map<Part, List<SeedVariance>> seeds) {
        MeasureCache.Run first = runs.get(0);
        Scope scope = scope(first.learned());
        RecallExtrapolation fullSize = scope.fullSize;
        List<CodeMeasures.Values> values =
                runs.stream().map(MeasureCache.Run::values).toList();
        int last = scope.parts.size() - 1;
        List<Kept> beside = keptBeside(first.bytes());
        int all = oversamplings.size();
        int factors = first.values().rescoredFactors();
        List<LabelMetrics.PerQuery> labels =
                values.stream().flatMap(run -> run.labels().stream()).toList();
        List<double[]> gains =
                values.stream().flatMap(run -> run.gain().stream()).toList();
        MeasureCache.Besides besides = first.besides();
        return new QuantizerResult(
                new QuantizerResult.Code(one.name(), one.options(), first.bytes(), first.modelBytes(), first.learned()),
                recalls(which -> intervals(values, all, (run, o) -> run.recall(last, o), last, which, null, seeds)),
                fullSize == null
                        ? null
                        : recalls(which ->
                                intervals(values, all, (run, o) -> run.recall(0, o), 0, which, fullSize, seeds)),
                IntStream.range(0, beside.size())
                        .mapToObj(kind -> new QuantizerResult.Rescored(
                                beside.get(kind).name(),
                                beside.get(kind).bytes(),
                                recalls(which -> intervals(
                                        values,
                                        factors,
                                        (run, o) -> run.rescored(kind, o),
                                        0,
                                        which,
                                        fullSize,
                                        seeds))))
                        .toList(),
                besides.seen().isEmpty()
                        ? null
                        : new QuantizerResult.Seen(byFactor(besides.seen()), byFactor(besides.fresh())),
                besides.sampled().isEmpty() ? null : byFactor(besides.sampled()),
                labels.isEmpty() ? null : Advisor.labeled(labels),
                gains.isEmpty() ? null : Advisor.crossed(gains),
                new QuantizerResult.Effort(
                        runs.size(),
                        mean(runs, MeasureCache.Run::nanosPerDistance),
                        mean(runs, MeasureCache.Run::trainSeconds),
                        mean(runs, MeasureCache.Run::encodeSeconds)));
    }

    private static double mean(List<MeasureCache.Run> runs, ToDoubleFunction<MeasureCache.Run> number) {
        return runs.stream().mapToDouble(number).average().orElseThrow();
    }

    private Map<Integer, Double> byFactor(List<Double> values) {
        Map<Integer, Double> byFactor = new TreeMap<>();
        for (int o = 0; o < values.size(); o++) {
            byFactor.put(oversamplings.get(o), values.get(o));
        }
        return byFactor;
    }

    /**
     * Returns the variance of seeds, for each part of the queries and each oversampling, pooled over quantizers: the queries that report tell nothing
     * to those that choose.
     *
     * @param quantizers the runs of each
     */
    Map<Part, List<SeedVariance>> seedVariances(List<List<MeasureCache.Run>> quantizers) {
        Map<Part, List<SeedVariance>> variances = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            Half half = part.of(groups);
            variances.put(
                    part,
                    IntStream.range(0, oversamplings.size())
                            .mapToObj(o -> SeedVariance.of(quantizers.stream()
                                    .filter(runs -> runs.size() > 1)
                                    .map(runs -> runs.stream()
                                            .map(run -> half.of(run.values()
                                                    .recall(
                                                            scope(run.learned())
                                                                            .parts
                                                                            .size()
                                                                    - 1,
                                                            o)))
                                            .toArray(double[][]::new))
                                    .toList()))
                            .toList());
        }
        return variances;
    }

    private QuantizerResult.Recalls recalls(Function<Part, Map<Integer, CrossedMean>> ofPart) {
        return new QuantizerResult.Recalls(
                ofPart.apply(Part.ALL), ofPart.apply(Part.CHOOSING), ofPart.apply(Part.REPORTING));
    }

    /**
     * Returns, for each of the first oversamplings, the recall among a part of the vectors, or the one that it predicts, over all runs and a half of
     * the queries.
     *
     * @param values returns the recall of each query in a run, at the oversampling with an index
     */
    private Map<Integer, CrossedMean> intervals(
            List<CodeMeasures.Values> runs,
            int factors,
            BiFunction<CodeMeasures.Values, Integer, double[]> values,
            int part,
            Part which,
            @Nullable RecallExtrapolation fullSize,
            Map<Part, List<SeedVariance>> seeds) {
        Half half = which.of(groups);
        List<SeedVariance> ofSeeds = Objects.requireNonNull(seeds.get(which));
        Map<Integer, CrossedMean> intervals = new TreeMap<>();
        for (int o = 0; o < factors; o++) {
            int place = o;
            CrossedMean measured = CrossedMean.ofGroups(
                    runs.stream().map(run -> half.of(values.apply(run, place))).toArray(double[][]::new),
                    ofSeeds.get(o),
                    half.ownGroups());
            intervals.put(
                    oversamplings.get(o),
                    fullSize == null
                            ? measured
                            : fullSize.predict(measured, oversamplings.get(o), ofDraw(runs, part, place, half)));
        }
        return intervals;
    }

    /** Returns the standard error of a mean recall that the draw of the vectors causes, by a jackknife over groups of them. */
    private static double ofDraw(List<CodeMeasures.Values> runs, int part, int place, Half half) {
        int groups = runs.get(0).leavingOut(part, place).length;
        if (groups == 0) {
            return 0;
        }
        double[] without = new double[groups];
        for (CodeMeasures.Values run : runs) {
            double[][] ofRun = run.leavingOut(part, place);
            for (int g = 0; g < groups; g++) {
                without[g] += StatUtils.mean(half.of(ofRun[g])) / runs.size();
            }
        }
        // The jackknife's variance is (g - 1) / g times the sum of squares about the mean.
        return Math.sqrt((groups - 1) * StatUtils.populationVariance(without));
    }

    /** Which queries: those of one half choose, and the others report. */
    enum Part {
        ALL,
        CHOOSING,
        REPORTING;

        private Half of(List<Integer> groups) {
            return switch (this) {
                case ALL -> new Half(groups, 0, 1);
                case CHOOSING -> new Half(groups, 0, 2);
                case REPORTING -> new Half(groups, 1, 2);
            };
        }
    }

    /** The queries of every second group, or of all. */
    private record Half(List<Integer> groups, int first, int step) {
        private IntStream places() {
            return IntStream.range(0, groups.size()).filter(q -> groups.get(q) % step == first);
        }

        double[] of(double[] ofQueries) {
            return places().mapToDouble(q -> ofQueries[q]).toArray();
        }

        int[] ownGroups() {
            return places().map(q -> groups.get(q) / step).toArray();
        }
    }
}
