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
import io.github.linfhash.core.statistics.SeedVariance;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/**
 * Measures the recall of quantizers on vectors: the share of the exact neighbors that are also nearest by code. Queries are never in the database,
 * and nothing is fitted to them. Quantizers are fitted to some vectors, and the others are searched. Every second query takes part in the choice
 * of a quantizer. The other queries report the recall of the chosen one.
 *
 * <p>If there are many quantizers, all are first measured on a small part of the vectors, with one seed and with choosing queries only
 * ({@link Screen}). Measured on all vectors are then those that are expected to reach a target with the fewest bytes, and those that may reach it
 * with clearly fewer bytes, model included. The choice therefore takes nearly as few bytes as if all quantizers were measured on all vectors, unless
 * the small part misleads.
 */
public final class Advisor {
    /** The number of results that precision and nDCG are computed of. */
    static final int FIRST = 10;

    /** How many quantizers are measured at the same time, because long parts of some fits use one core only. */
    private static final int AT_ONCE = 2;

    /** A quantizer that needs at least this share of the bytes of another one is not measured to replace it. */
    private static final double CLEARLY_FEWER = 0.95;

    /** The fewest measured quantizers from which the error of screening is estimated. */
    private static final int LEAST_MEASURED = 5;

    /** An error of screening this many standard deviations from the mean is considered possible. */
    private static final double RARE_DEVIATIONS = 2;

    /** Shares of missed neighbors below this are too uncertain to compare. */
    private static final double LEAST_MISSED = 0.002;

    /** The most vectors that quantizers are fitted to. */
    static final int MOST_TRAINING = 50_000;

    /** A source of quantizers: returns those that code vectors of a dimension in at most so many bytes. */
    @FunctionalInterface
    public interface Source {
        List<QuantizerSpec.Configured> within(int dimension, int bytes);
    }

    /**
     * Quantizers to measure.
     *
     * @param sources of all quantizers
     * @param shown returns the quantizers of a dimension that are always measured, whatever their bytes
     * @param screened whether the others are screened if they are many; never done with labels or judgments, which screening does not measure
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
     * @param searched vectors among which the neighbors of queries are searched
     * @param training vectors that quantizers are fitted to; 0 if these are the searched ones
     */
    public record Division(int searched, int training) {
        /**
         * Divides vectors: half of them, at most {@value #MOST_TRAINING}, are for fitting. If recall among all vectors could not be predicted from
         * the other half, as with k = 1, or the other half has fewer than k vectors, all are searched.
         *
         * @param given the number of vectors, without queries
         * @param most the largest number of vectors to search, and to fit quantizers to
         * @param neighbors k
         */
        public static Division of(int given, int most, int neighbors) {
            int half = Math.min(Math.min(MOST_TRAINING, given / 2), most);
            int training = neighbors < 2 || neighbors > given - half ? 0 : half;
            return new Division(Math.min(most, given - training), training);
        }
    }

    private final AdviceRequest.Question question;
    private final Similarity similarity;

    Advisor(AdviceRequest.Question question) {
        this.question = question;
        this.similarity = question.similarity();
    }

    /**
     * Measures quantizers. Those that cannot work with the vectors are listed as refused. If fewer vectors are searched than the database has, recall
     * among all is predicted ({@link RecallExtrapolation}).
     *
     * @param vectors a drawn sample
     * @throws IOException if the exact search fails or the cache cannot be read
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
                bench.near,
                question.neighbors(),
                similarity,
                first);
        LabelMetrics labels = bench.labels;
        JudgedGain gain = bench.gain;
        List<QuantizerSpec.Configured> shown = candidates.shown().apply(database.dimension());
        List<QuantizerSpec.Configured> fitting = fitting(database.dimension(), candidates.sources(), shown);
        Run run = new Run(
                bench, resources.cache().dependingOn(vectors.hash()).with(named(vectors), queries, question), progress);
        Advice.Screening screening = null;
        List<Advice.Refused> refused = new ArrayList<>(bench.refused);
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
                        if (closer.isEmpty() || !Screen.isNeeded(some.size())) {
                            return some;
                        }
                        List<QuantizerSpec.Configured> again =
                                some.stream().map(Screen.Scored::one).toList();
                        return closer.get().of(again, sample, first, progress).scored();
                    },
                    givenRows,
                    queries.rows() - queries.rows() / 2);
            screening = screen.screening(run.done.keySet());
        } else {
            run.measure(fitting);
        }
        refused.addAll(run.refused);
        List<QuantizerResult> measured = run.pooled(fitting);
        RecallExtrapolation fullSize = bench.scope(true).fullSize;
        return new Advice(
                question,
                new Advice.Sample(
                        database.rows(),
                        vectors.division().training(),
                        givenRows,
                        fullSize == null ? database.rows() : fullSize.predictedRows(),
                        database.dimension(),
                        queries.rows(),
                        vectors.queries() == null,
                        vectors.queryGroups() == null
                                ? 0
                                : (int) vectors.groups().stream().distinct().count()),
                diagnosis,
                bench.origin,
                labels == null ? null : labeled(List.of(labels.ofFloats(database, queries, similarity))),
                vectors.judgments() == null || gain == null
                        ? null
                        : judged(vectors.judgments(), gain.ofFloats(all, queries, similarity), queries.rows()),
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

    /** Screens quantizers again, on more vectors. */
    @FunctionalInterface
    private interface CloserLook {
        List<Screen.Scored> at(List<Screen.Scored> some) throws IOException;
    }

    /** The measurements of one request. */
    private final class Run {
        private final RecallBench bench;
        private final MeasureCache.OfData kept;
        private final Progress progress;
        private final Map<QuantizerSpec.Configured, QuantizerResult> done = new LinkedHashMap<>();
        private final Map<QuantizerSpec.Configured, List<MeasureCache.Run>> runsOf = new ConcurrentHashMap<>();
        private final List<Advice.Refused> refused = new ArrayList<>();
        private int begun;

        Run(RecallBench bench, MeasureCache.OfData kept, Progress progress) {
            this.bench = bench;
            this.kept = kept;
            this.progress = progress;
        }

        /** Measures quantizers with all seeds. */
        void measure(List<QuantizerSpec.Configured> some) throws IOException {
            measure(some, measured -> false);
        }

        /**
         * Measures quantizers.
         *
         * @param told tests whether a quantizer needs no further seeds
         */
        private void measure(List<QuantizerSpec.Configured> some, Predicate<QuantizerResult> told) throws IOException {
            QuantizerResult[] measured = new QuantizerResult[some.size()];
            Advice.Refused[] unfit = new Advice.Refused[some.size()];
            List<Callable<@Nullable Void>> longestFirst = new ArrayList<>();
            // Later rounds may add others.
            int known = begun + some.size();
            for (List<Integer> alike : Screen.fittedAlike(some)) {
                int before = begun;
                begun += alike.size();
                longestFirst.add(() -> {
                    Map<Long, RecallBench.Coded> shared = new HashMap<>();
                    int number = before;
                    for (int i : alike) {
                        QuantizerSpec.Configured one = some.get(i);
                        String name = "quantizer " + ++number + " of " + known + ", " + one.name() + " ("
                                + OptionEntry.words(one.options()) + ")";
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
         * Measures a quantizer.
         *
         * @param shared the codes by seed of quantizers that make the same codes and compare them in another way; the codes of this one are added
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
                if (!isFirst && told.test(bench.measured(one, runs, bench.seedVariances(List.of(runs))))) {
                    break;
                }
                runs.add(kept.get(one, seed, () -> bench.run(one, seed, isFirst, shared)));
                task.advance(1);
            }
            runsOf.put(one, runs);
            return bench.measured(one, runs, bench.seedVariances(List.of(runs)));
        }

        /**
         * Returns what was measured, in this order, with the variance of two seeds pooled over all quantizers; one has none, and three or more tell
         * their own.
         */
        List<QuantizerResult> pooled(List<QuantizerSpec.Configured> order) {
            Map<RecallBench.Part, List<SeedVariance>> all = bench.seedVariances(
                    order.stream().map(runsOf::get).filter(Objects::nonNull).toList());
            List<QuantizerResult> pooled = new ArrayList<>();
            for (QuantizerSpec.Configured one : order) {
                List<MeasureCache.Run> runs = runsOf.get(one);
                if (runs != null) {
                    pooled.add(
                            runs.size() == 2 ? bench.measured(one, runs, all) : Objects.requireNonNull(done.get(one)));
                }
            }
            return pooled;
        }

        /**
         * Measures those screened quantizers that may be chosen. First, for each target and oversampling, the quantizer that is expected to reach the
         * target with the fewest bytes. Then, in rounds, those that may reach a target at the largest oversampling with clearly fewer bytes than
         * the best one measured so far; of these, the ones with the highest expected recall come first.
         *
         * @param screened all screened quantizers, ascending by bytes
         * @param closer screens some of them again, on more vectors
         * @param given how many vectors share a model
         * @param choosing the number of queries that choose; targets that so few queries cannot show are left out of the rounds
         */
        void race(List<Screen.Scored> screened, CloserLook closer, int given, int choosing) throws IOException {
            List<Screen.Scored> scored = screened;
            Set<QuantizerSpec.Configured> promising = new LinkedHashSet<>();
            for (double target : question.targets()) {
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
            List<Double> shown = question.targets().stream()
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

        /** Returns whether a quantizer significantly misses all targets at every oversampling. */
        private boolean reachesNothing(QuantizerResult measured) {
            return question.allowed().stream()
                    .noneMatch(factor -> question.targets().stream()
                            .anyMatch(target -> measured.choosingAt(factor).high() >= target));
        }

        /**
         * Returns whether a quantizer may reach a target with clearly fewer bytes than every measured quantizer that reaches it. A quantizer that
         * {@code linfhash quantize} writes only has to be smaller than the other ones that it writes.
         */
        private boolean mayReach(Screen.Scored one, double target, int most, int given) {
            Predicate<QuantizerResult> portable = measured -> Quantizers.isPortable(measured.name());
            return one.bound(most) >= target
                    && (one.bytes() < CLEARLY_FEWER * least(target, given, measured -> true)
                            || (Quantizers.isPortable(one.one().name())
                                    && one.bytes() < CLEARLY_FEWER * least(target, given, portable)));
        }

        /** Returns the fewest bytes of the measured quantizers that reach a target; infinity if none does. */
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
         * Returns the least factor by which the share of missed neighbors may differ from the share that screening expected. It is estimated from the
         * quantizers measured so far, because screening errs alike for all of them. It is 0 while few are measured.
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

    /** Returns the factor {@value #RARE_DEVIATIONS} standard deviations below the mean of logarithms; 0 for few of them. */
    static double lowFactor(double[] logarithms) {
        return logarithms.length < LEAST_MEASURED
                ? 0
                : Math.exp(StatUtils.mean(logarithms) - RARE_DEVIATIONS * Math.sqrt(StatUtils.variance(logarithms)));
    }

    /** Returns each quantizer with each of its options once, beginning with those that are always measured. */
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

    /** Returns the mean over queries and seeds of fractions, where all seeds have the same queries. */
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
