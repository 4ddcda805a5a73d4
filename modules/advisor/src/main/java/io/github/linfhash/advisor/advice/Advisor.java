package io.github.linfhash.advisor.advice;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.JudgedGain;
import io.github.linfhash.quantizers.neighbors.LabelMetrics;
import io.github.linfhash.quantizers.neighbors.NeighborCache.NeighborSearch;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/**
 * Measures quantizers on vectors: what share of exact neighbors their codes find again. Queries are never in the database, and nothing is
 * fitted to them. Quantizers are fitted to some vectors and searched among others. Each second query takes part in the choice of a quantizer,
 * and the others report what that one finds.
 *
 * <p>Where there are many quantizers, all are first measured on a small part of the vectors, with one seed and queries of the choosing half
 * ({@link Screen}). What promises to reach a target is then measured on all vectors, and so is all that may reach it with clearly fewer bytes, model
 * included, in the order of bytes. So the choice has nearly as few bytes as that of measuring all, unless the small part misleads.
 */
public final class Advisor {
    /** The precision and the gain are those of so many results. */
    static final int FIRST = 10;

    /** How many quantizers are measured at the same time: much of some of them does not use several cores. */
    private static final int AT_ONCE = 2;

    /** A quantizer that needs at least this share of the bytes of another one is not measured to replace it. */
    private static final double CLEARLY_FEWER = 0.95;

    /** So many quantizers have to be measured before they tell of others, so far apart may these be, and a share of misses below this is no number. */
    private static final int LEAST_MEASURED = 5;

    private static final double RARE_DEVIATIONS = 2;
    private static final double LEAST_MISSED = 0.002;

    /** The most vectors that quantizers are fitted to. */
    static final int MOST_TRAINING = 50_000;

    /** Where quantizers come from: all that fit vectors of a dimension into some bytes. */
    @FunctionalInterface
    public interface Source {
        List<QuantizerSpec.Configured> within(int dimension, int bytes);
    }

    /**
     * Quantizers to measure.
     *
     * @param sources of all
     * @param shown those of a dimension that are always measured, whatever their bytes
     * @param screened whether the others are screened where there are many; never with labels or judgments, which say more than recall
     * @param recommended which of the measured ones may be recommended
     * @param leftOut the names of quantizers that are not measured because they are slow or equal to another one
     */
    record Candidates(
            List<Source> sources,
            IntFunction<List<QuantizerSpec.Configured>> shown,
            boolean screened,
            Predicate<QuantizerResult> recommended,
            List<String> leftOut) {}

    /**
     * How many vectors are searched, and to how many others quantizers are fitted.
     *
     * @param searched in which the neighbors of queries are looked for
     * @param training to which quantizers are fitted; 0 if these are the searched ones
     */
    public record Division(int searched, int training) {
        /**
         * Divides: half of the vectors, at most {@value #MOST_TRAINING}, are for fitting. If nothing could be predicted from the other half for
         * all, as with k = 1, or it has too few vectors, all are searched.
         *
         * @param given how many vectors there are, without queries
         * @param most how many may be searched, and may be fitted to
         * @param neighbors k
         */
        public static Division of(int given, int most, int neighbors) {
            int half = Math.min(Math.min(MOST_TRAINING, given / 2), most);
            int training = neighbors < 2 || neighbors > given - half ? 0 : half;
            return new Division(Math.min(most, given - training), training);
        }
    }

    private final Question question;
    private final Similarity similarity;

    Advisor(Question question) {
        this.question = question;
        this.similarity = question.similarity();
    }

    /**
     * Measures; what cannot work with the vectors is told as refused. Where fewer vectors are searched than there are, recall among all is
     * predicted ({@link RecallExtrapolation}).
     *
     * @param vectors drawn ones
     * @throws IOException if the search does, or what was kept cannot be read
     */
    Advice measure(AdviceData vectors, Candidates candidates, AdviceRequest.Resources resources) throws IOException {
        NeighborSearch search = resources.search();
        Progress progress = resources.progress();
        int givenRows = vectors.givenRows();
        FeatureMatrix all = PreparedVectors.of(similarity, vectors.database(), "database");
        FeatureMatrix database = all.part(0, vectors.division().searched());
        FeatureMatrix queries = PreparedVectors.of(similarity, vectors.asked(), "queries");
        RecallBench bench = new RecallBench(question, vectors, all, queries, search, progress);
        RandomStreams first = new RandomStreams(question.seeds().get(0));
        Diagnosis diagnosis = Diagnosis.of(
                vectors.database().part(0, database.rows()),
                database,
                queries,
                bench.near(),
                question.neighbors(),
                similarity,
                first);
        LabelMetrics labels = bench.labels();
        JudgedGain gain = bench.gain();
        List<QuantizerSpec.Configured> shown = candidates.shown().apply(database.dimension());
        List<QuantizerSpec.Configured> fitting = fitting(database.dimension(), candidates.sources(), shown);
        Run run = new Run(
                bench, resources.cache().dependingOn(vectors.hash()).with(named(vectors), queries, question), progress);
        Advice.Screening screening = null;
        List<Advice.Refused> refused = new ArrayList<>(bench.refused());
        if (candidates.screened() && labels == null && gain == null && Screen.isNeeded(fitting.size())) {
            Screen.Sample sample = screened(all, vectors, queries);
            Screen look = new Screen(similarity, question.neighbors(), question.oversamplings(), Screen.ROWS);
            Screen.Result screen = look.of(fitting, sample, first, progress);
            refused.addAll(screen.refused());
            run.measure(Stream.concat(shown.stream(), screen.kept().stream())
                    .filter(fitting::contains)
                    .distinct()
                    .toList());
            run.race(
                    screen.scored(),
                    some -> {
                        Optional<Screen> closer = look.closer(sample);
                        return closer.isEmpty() || !Screen.isNeeded(some.size())
                                ? some
                                : closer.get()
                                        .of(
                                                some.stream()
                                                        .map(Screen.Scored::one)
                                                        .toList(),
                                                sample,
                                                first,
                                                progress)
                                        .scored();
                    },
                    givenRows,
                    queries.rows() - queries.rows() / 2);
            screening = screen.screening(run.done.keySet());
        } else {
            run.measure(fitting);
        }
        refused.addAll(run.refused);
        List<QuantizerResult> measured =
                fitting.stream().map(run.done::get).filter(Objects::nonNull).toList();
        RecallExtrapolation fullSize = bench.scope(true).fullSize();
        return new Advice(
                question,
                new Sample(
                        database.rows(),
                        vectors.division().training(),
                        givenRows,
                        fullSize == null ? database.rows() : fullSize.predictedRows(),
                        database.dimension(),
                        queries.rows(),
                        vectors.queries() == null),
                diagnosis,
                origin(database, queries, bench, vectors.sampledQueries(), search),
                new Advice.FullPrecision(
                        labels == null ? null : labeled(List.of(labels.ofFloats(database, queries, similarity))),
                        vectors.judgments() == null || gain == null
                                ? null
                                : judged(vectors.judgments(), gain.ofFloats(all, queries, similarity), queries.rows())),
                measured,
                measured.stream().filter(candidates.recommended()).toList(),
                new Advice.Unmeasured(screening, candidates.leftOut(), refused, vectors.skipped()));
    }

    private static Screen.Sample screened(FeatureMatrix all, AdviceData vectors, FeatureMatrix queries) {
        int rows = vectors.division().searched();
        int half = rows / 2;
        return vectors.division().training() > 0
                ? new Screen.Sample(vectors.training(all), all.part(0, rows), queries, vectors.givenRows())
                : new Screen.Sample(all.part(0, half), all.part(half, rows - half), queries, vectors.givenRows());
    }

    private static String named(AdviceData vectors) {
        FeatureMatrix sampled = vectors.sampledQueries();
        return String.join(
                "\n",
                vectors.database().sha256(),
                vectors.division() + " " + vectors.givenRows(),
                sampled == null ? "" : sampled.sha256());
    }

    /** Scores quantizers again, among more vectors. */
    @FunctionalInterface
    private interface CloserLook {
        List<Screen.Scored> at(List<Screen.Scored> some) throws IOException;
    }

    /** Measures, keeping what was measured. */
    private final class Run {
        private final RecallBench bench;
        private final MeasureCache.OfData kept;
        private final Progress progress;
        private final Map<QuantizerSpec.Configured, QuantizerResult> done = new LinkedHashMap<>();
        private final List<Advice.Refused> refused = new ArrayList<>();
        private int begun;

        Run(RecallBench bench, MeasureCache.OfData kept, Progress progress) {
            this.bench = bench;
            this.kept = kept;
            this.progress = progress;
        }

        /** Measures quantizers, with all seeds. */
        void measure(List<QuantizerSpec.Configured> some) throws IOException {
            measure(some, measured -> false);
        }

        /**
         * Measures quantizers.
         *
         * @param told whether the first seeds of one tell enough of it
         */
        private void measure(List<QuantizerSpec.Configured> some, Predicate<QuantizerResult> told) throws IOException {
            QuantizerResult[] measured = new QuantizerResult[some.size()];
            Advice.Refused[] unfit = new Advice.Refused[some.size()];
            List<Callable<@Nullable Void>> longestFirst = new ArrayList<>();
            for (List<Integer> alike : Screen.fittedAlike(some)) {
                int before = begun;
                begun += alike.size();
                longestFirst.add(() -> {
                    Map<Long, RecallBench.Coded> shared = new HashMap<>();
                    int number = before;
                    for (int i : alike) {
                        QuantizerSpec.Configured one = some.get(i);
                        String name = String.format(
                                Locale.ROOT,
                                "quantizer %d, %s (%s)",
                                ++number,
                                one.name(),
                                OptionEntry.words(one.options()));
                        try (Progress.Task task =
                                progress.begin(name, seedsOf(one).size())) {
                            measured[i] = measure(one, told, shared, task);
                        } catch (InputException | NonFiniteException e) {
                            unfit[i] = Advice.Refused.of(one, e);
                        }
                    }
                    return null;
                });
            }
            BoundedExecutor.run(AT_ONCE, longestFirst);
            for (int i = 0; i < measured.length; i++) {
                if (measured[i] != null) {
                    done.put(some.get(i), measured[i]);
                }
            }
            Arrays.stream(unfit).filter(Objects::nonNull).forEach(refused::add);
        }

        /**
         * Measures one.
         *
         * @param shared codes of each seed by quantizers that differ in the comparison alone; those of this one are put there
         */
        private QuantizerResult measure(
                QuantizerSpec.Configured one,
                Predicate<QuantizerResult> told,
                Map<Long, RecallBench.Coded> shared,
                Progress.Task task)
                throws IOException {
            List<MeasureCache.Run> runs = new ArrayList<>();
            for (long seed : seedsOf(one)) {
                boolean isFirst = runs.isEmpty();
                if (!isFirst && told.test(bench.measured(one, runs))) {
                    break;
                }
                runs.add(kept.get(one, seed, () -> bench.run(one, seed, isFirst, shared)));
                task.advance(1);
            }
            return bench.measured(one, runs);
        }

        /**
         * For each target and oversampling measures what is expected to reach it with the fewest bytes. Then, at the largest oversampling, all
         * that may reach it with clearly fewer bytes than what has been found to, those first that are expected to find most.
         *
         * @param screened all that were screened, by their bytes
         * @param closer looks closer at some of them
         * @param given how many vectors share a model
         * @param choosing how many queries choose; with too few for a target nothing is sought that reaches it with fewer bytes
         */
        void race(List<Screen.Scored> screened, CloserLook closer, int given, int choosing) throws IOException {
            List<Screen.Scored> scored = screened;
            Set<QuantizerSpec.Configured> promising = new LinkedHashSet<>();
            for (double target : Advice.TARGETS) {
                for (int factor : question.allowed()) {
                    scored.stream()
                            .filter(one -> one.expected(factor) >= target)
                            .findFirst()
                            .filter(one -> !done.containsKey(one.one()))
                            .ifPresent(one -> promising.add(one.one()));
                }
            }
            Predicate<QuantizerResult> fails = this::reachesNothing;
            measure(List.copyOf(promising), fails);
            int most = question.allowed().get(question.allowed().size() - 1);
            List<Double> shown = Advice.TARGETS.stream()
                    .filter(target -> choosing >= Targets.queriesToShow(target))
                    .toList();
            Set<QuantizerSpec.Configured> tried = new HashSet<>(done.keySet());
            tried.addAll(promising);
            Predicate<Screen.Scored> open = one ->
                    !tried.contains(one.one()) && shown.stream().anyMatch(target -> mayReach(one, target, most, given));
            if (scored.stream().anyMatch(open)) {
                scored = closer.at(scored.stream()
                        .filter(open.or(one -> promising.contains(one.one())))
                        .toList());
            }
            while (true) {
                double sparest = sparest(scored, most);
                Set<QuantizerSpec.Configured> next = new LinkedHashSet<>();
                for (double target : shown) {
                    scored.stream()
                            .filter(one -> !tried.contains(one.one())
                                    && mayReach(one, target, most, given)
                                    && 1 - (1 - one.expected(most)) * sparest >= target)
                            .sorted(Comparator.comparingDouble((Screen.Scored one) -> one.expected(most))
                                    .reversed())
                            .limit(AT_ONCE)
                            .forEach(one -> next.add(one.one()));
                }
                if (next.isEmpty()) {
                    return;
                }
                tried.addAll(next);
                measure(List.copyOf(next), fails);
            }
        }

        /** Whether the recall of a quantizer is below all targets, beyond what chance explains. */
        private boolean reachesNothing(QuantizerResult measured) {
            return question.allowed().stream()
                    .noneMatch(factor -> Advice.TARGETS.stream()
                            .anyMatch(target -> measured.choosingAt(factor).high() >= target));
        }

        /**
         * Whether a quantizer may reach a target with clearly fewer bytes than what has been found to: than all of these, or, if it can be written,
         * than those of them that can.
         */
        private boolean mayReach(Screen.Scored one, double target, int most, int given) {
            return one.bound(most) >= target
                    && (one.bytes() < CLEARLY_FEWER * least(target, given, measured -> true)
                            || (Quantizers.isPortable(one.one().name())
                                    && one.bytes()
                                            < CLEARLY_FEWER
                                                    * least(
                                                            target,
                                                            given,
                                                            measured -> Quantizers.isPortable(measured.name()))));
        }

        /** The fewest bytes that have been found to reach a target. */
        private double least(double target, int given, Predicate<QuantizerResult> among) {
            return done.values().stream()
                    .filter(among)
                    .filter(measured -> measured.expected().choosing().entrySet().stream()
                            .anyMatch(at -> at.getKey() <= question.mostOversampling()
                                    && at.getValue().low() >= target))
                    .mapToDouble(measured -> measured.bytesAt(given))
                    .min()
                    .orElse(Double.POSITIVE_INFINITY);
        }

        /**
         * The least factor by which the share of neighbors that a quantizer misses may differ from what screening expected, by those that have
         * been measured: what the small part says too much or too little of one quantizer, it says of others. 0 as long as few are measured.
         */
        private double sparest(List<Screen.Scored> scored, int factor) {
            double[] factors = scored.stream()
                    .filter(one -> done.containsKey(one.one()) && one.expected(factor) <= 1 - LEAST_MISSED)
                    .mapToDouble(one -> {
                        QuantizerResult measured = Objects.requireNonNull(done.get(one.one()));
                        double found = measured.choosingAt(factor).mean();
                        return Math.log(Math.max(LEAST_MISSED, 1 - found) / (1 - one.expected(factor)));
                    })
                    .toArray();
            return lowFactor(factors);
        }
    }

    /** {@value #RARE_DEVIATIONS} standard deviations below the mean of logarithms, as a factor; 0 of few. */
    static double lowFactor(double[] logarithms) {
        return logarithms.length < LEAST_MEASURED
                ? 0
                : Math.exp(StatUtils.mean(logarithms) - RARE_DEVIATIONS * Math.sqrt(StatUtils.variance(logarithms)));
    }

    /** Each quantizer with each of its options once; those that are shown first. */
    private List<QuantizerSpec.Configured> fitting(
            int dimension, List<Source> sources, List<QuantizerSpec.Configured> shown) {
        List<QuantizerSpec.Configured> all = new ArrayList<>(shown);
        Set<String> names = new HashSet<>();
        shown.forEach(one -> names.add(one.name() + " " + one.options()));
        for (Source source : sources) {
            for (int most : question.sizes()) {
                for (QuantizerSpec.Configured one : source.within(dimension, most)) {
                    if (names.add(one.name() + " " + one.options())) {
                        all.add(one);
                    }
                }
            }
        }
        return all;
    }

    private List<Long> seedsOf(QuantizerSpec.Configured one) {
        return one.random() && !one.slow() ? question.seeds() : question.seeds().subList(0, 1);
    }

    /** Compares how near the vectors are to the given queries and to sampled ones, if there are both. */
    private Advice.@Nullable Origin origin(
            FeatureMatrix database,
            FeatureMatrix queries,
            RecallBench bench,
            @Nullable FeatureMatrix sampledQueries,
            NeighborSearch search)
            throws IOException {
        if (sampledQueries == null) {
            return null;
        }
        FeatureMatrix sampled = PreparedVectors.of(similarity, sampledQueries, "sampled queries");
        return Advice.Origin.of(
                Diagnosis.nearest(queries, database, bench.near(), similarity),
                Diagnosis.nearest(sampled, database, search.find(database, sampled, 1, similarity), similarity));
    }

    /** The mean of fractions of the same queries under several seeds. */
    static CrossedMean crossed(List<double[]> ofSeeds) {
        return CrossedMean.crossed(new double[][][] {ofSeeds.toArray(double[][]::new)}, CrossedMean.Range.FRACTION)
                .orElseThrow();
    }

    static QuantizerResult.Labeled labeled(List<LabelMetrics.PerQuery> runs) {
        return new QuantizerResult.Labeled(
                crossed(runs.stream()
                        .map(LabelMetrics.PerQuery::averagePrecision)
                        .toList()),
                crossed(runs.stream().map(LabelMetrics.PerQuery::precision).toList()));
    }

    private static Advice.Judged judged(Qrels judgments, double[] floats, int queries) {
        return new Advice.Judged(
                floats.length,
                queries - floats.length,
                judgments.ofOtherQueries(),
                judgments.ofOtherRows(),
                crossed(List.of(floats)));
    }
}
