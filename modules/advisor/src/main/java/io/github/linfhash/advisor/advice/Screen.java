package io.github.linfhash.advisor.advice;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the recall of quantizers from a small part of the vectors, and an upper bound of it: they are fitted to some vectors and searched
 * among as many others. The bound is the upper end of the interval of the recall that is predicted for all vectors ({@link RecallExtrapolation}).
 * A quantizer that is fitted to few vectors has a lower recall among new ones, and a higher one among those few, than if it were fitted to many. The
 * mean of the two recalls counts.
 *
 * @param similarity by which neighbors are searched
 * @param neighbors k
 * @param oversamplings ascending
 * @param rows the most vectors to fit quantizers to, and to search
 */
record Screen(Similarity similarity, int neighbors, List<Integer> oversamplings, int rows) {
    /** The largest number of quantizers that are measured without screening. */
    private static final int FEW = 12;

    /** The rows of a first screening. */
    static final int ROWS = 2000;

    /** The most rows of a closer screening. */
    private static final int MOST_ROWS = 10_000;

    private static final int QUERIES = 300;

    /**
     * The vectors and queries of a screening.
     *
     * @param training vectors that quantizers are fitted to
     * @param searched other vectors, among which neighbors are searched
     * @param queries all queries, of which the choosing half is used
     * @param given how many vectors share a model
     */
    record Sample(FeatureMatrix training, FeatureMatrix searched, FeatureMatrix queries, int given) {}

    /**
     * Returns a closer screening with enough rows to predict recall for all vectors, as far as there are as many; empty if this one has nearly as
     * many rows.
     */
    Optional<Screen> closer(Sample sample) {
        int have = Math.min(sample.training.rows(), sample.searched.rows());
        int more = Math.min(Math.min(MOST_ROWS, have), sample.given / neighbors);
        return more < 2 * rows ? Optional.empty() : Optional.of(new Screen(similarity, neighbors, oversamplings, more));
    }

    /** Returns whether so many quantizers are screened. */
    static boolean isNeeded(int quantizers) {
        return quantizers > FEW;
    }

    /**
     * The estimates for a quantizer.
     *
     * @param bytes of a code with its share of the model
     * @param free whether it has no model
     * @param recall among the part, for each oversampling
     * @param predicted for all vectors, for each oversampling: the mean, and the upper end of its interval
     */
    record Scored(
            QuantizerSpec.Configured one,
            double bytes,
            int codeBytes,
            boolean free,
            Map<Integer, Double> recall,
            Map<Integer, CrossedMean> predicted) {
        /** Returns the recall that is predicted for all vectors. */
        double expected(int oversampling) {
            return Objects.requireNonNull(predicted.get(oversampling)).mean();
        }

        /** Returns the upper bound of the recall for all vectors. */
        double bound(int oversampling) {
            return Objects.requireNonNull(predicted.get(oversampling)).high();
        }

        private double score() {
            return recall.values().stream()
                    .mapToDouble(value -> value)
                    .average()
                    .orElseThrow();
        }
    }

    /**
     * The result of a screening.
     *
     * @param scored by their bytes, model included; of equal bytes the best first
     * @param kept the best of each quantizer that has no model: these are always measured
     */
    record Result(
            int rows,
            int queries,
            List<Scored> scored,
            List<QuantizerSpec.Configured> kept,
            List<Advice.Refused> refused) {
        /** Returns the screening with the quantizers that were not measured. */
        Advice.Screening screening(Set<QuantizerSpec.Configured> measured) {
            List<Advice.Dropped> dropped = scored.stream()
                    .filter(one -> !measured.contains(one.one))
                    .map(one -> new Advice.Dropped(one.one.name(), one.one.options(), one.codeBytes, one.recall))
                    .toList();
            return new Advice.Screening(rows, queries, dropped);
        }
    }

    /** The vectors of a screening and their neighbors. */
    private final class Part {
        private final FeatureMatrix training;
        private final FeatureMatrix searched;
        private final FeatureMatrix asked;
        private final int given;
        private final FloatNeighbors ofSearched;
        private final FloatNeighbors ofTraining;
        private final Optional<RecallExtrapolation> fullSize;

        Part(Sample sample, RandomStreams random) {
            this.training = Quantizer.sample(sample.training, rows, random);
            FeatureMatrix others = Quantizer.sample(sample.searched, rows, random);
            int both = Math.min(training.rows(), others.rows());
            this.searched = others.part(0, both);
            this.asked = sample.queries.select(IntStream.iterate(0, q -> q < sample.queries.rows(), q -> q + 2)
                    .limit(QUERIES)
                    .toArray());
            this.given = sample.given;
            this.fullSize = RecallExtrapolation.of(both, given, neighbors);
            int part = fullSize.map(RecallExtrapolation::part).orElse(both);
            int k = fullSize.map(RecallExtrapolation::nearest).orElse(Math.min(neighbors, both));
            this.ofSearched = FloatNeighbors.find(searched.part(0, part), asked, k, similarity);
            this.ofTraining = FloatNeighbors.find(training.part(0, part), asked, k, similarity);
        }

        /** Fits and encodes, untimed. */
        private RecallBench.Coded coded(QuantizerSpec.Configured one, RandomStreams random) {
            int part = fullSize.map(RecallExtrapolation::part).orElse(searched.rows());
            Quantizer brief = one.quantizer().brief();
            Quantizer.Fitted fitted = brief.fit(training, similarity, random);
            Quantizer.Encoded fresh = fitted.encode(searched.part(0, part));
            // Only iterative fits have another recall among their own vectors. Means and components have the same among
            // others.
            boolean close = !brief.equals(one.quantizer());
            return new RecallBench.Coded(fitted, fresh, close ? fitted.encode(training.part(0, part)) : null, 0, 0);
        }

        Scored score(QuantizerSpec.Configured one, RecallBench.Coded coded) {
            Quantizer.Fitted fitted = coded.fitted();
            double[][] fresh = recall(coded.codes(), ofSearched);
            double[][] seen = coded.seen() == null ? fresh : recall(coded.seen(), ofTraining);
            boolean free = fitted.modelBytes() == 0;
            Map<Integer, Double> means = new TreeMap<>();
            Map<Integer, CrossedMean> predicted = new TreeMap<>();
            for (int o = 0; o < fresh.length; o++) {
                means.put(oversamplings.get(o), StatUtils.mean(fresh[o]));
                double[] between = new double[fresh[o].length];
                int place = o;
                Arrays.setAll(between, q -> (fresh[place][q] + seen[place][q]) / 2);
                predicted.put(oversamplings.get(o), predicted(between, oversamplings.get(o)));
            }
            double bytes = fitted.bytes() + (double) fitted.modelBytes() / given;
            return new Scored(one, bytes, fitted.bytes(), free, means, predicted);
        }

        private double[][] recall(Quantizer.Encoded codes, FloatNeighbors truth) {
            return new NeighborRecall(oversamplings).of(truth, codes, codes.estimates(asked));
        }

        private CrossedMean predicted(double[] recall, int oversampling) {
            CrossedMean mean = Advisor.crossed(List.of(recall));
            return fullSize.map(full -> full.predict(mean, oversampling, 0)).orElse(mean);
        }
    }

    /** Screens quantizers; those that cannot work with the vectors are refused. */
    Result of(List<QuantizerSpec.Configured> all, Sample sample, RandomStreams random, Progress progress)
            throws IOException {
        Part part = new Part(sample, random);
        Scored[] scores = new Scored[all.size()];
        Advice.Refused[] refusals = new Advice.Refused[all.size()];
        String name = "screening " + all.size() + " quantizers on " + part.searched.rows() + " vectors";
        try (Progress.Task task = progress.begin(name, all.size())) {
            List<Callable<@Nullable Void>> fits = new ArrayList<>();
            for (List<Integer> alike : fittedAlike(all)) {
                fits.add(() -> {
                    Optional<RecallBench.Coded> last = Optional.empty();
                    for (int i : alike) {
                        QuantizerSpec.Configured one = all.get(i);
                        try {
                            RecallBench.Coded coded = last.flatMap(known -> known.comparedBy(one))
                                    .orElseGet(() -> part.coded(one, random));
                            last = Optional.of(coded);
                            scores[i] = part.score(one, coded);
                        } catch (InputException | NonFiniteException e) {
                            refusals[i] = Advice.Refused.of(one, e);
                        }
                        task.advance(1);
                    }
                    return null;
                });
            }
            BoundedExecutor.run(Runtime.getRuntime().availableProcessors(), fits);
        }
        List<Scored> scored = Arrays.stream(scores)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingDouble(Scored::bytes)
                        .thenComparing(Comparator.comparingDouble(Scored::score).reversed()))
                .toList();
        Map<String, QuantizerSpec.Configured> kept = new LinkedHashMap<>();
        scored.stream()
                .filter(Scored::free)
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .forEach(one -> kept.putIfAbsent(one.one.name(), one.one));
        return new Result(
                part.searched.rows(),
                part.asked.rows(),
                scored,
                List.copyOf(kept.values()),
                Arrays.stream(refusals).filter(Objects::nonNull).toList());
    }

    /**
     * Groups the indexes of quantizers that make the same codes and compare them in different ways. Slow quantizers come first, larger ones before
     * smaller ones, so that no core waits long at the end.
     */
    static List<List<Integer>> fittedAlike(List<QuantizerSpec.Configured> all) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            QuantizerSpec.Configured one = all.get(i);
            List<Integer> group = groups.stream()
                    .filter(other -> all.get(other.get(0)).fitsLike(one))
                    .findFirst()
                    .orElseGet(() -> {
                        List<Integer> added = new ArrayList<>();
                        groups.add(added);
                        return added;
                    });
            group.add(i);
        }
        return groups.stream()
                .sorted(Comparator.comparing(
                                (List<Integer> alike) -> all.get(alike.get(0)).slow())
                        .thenComparing(alike -> alike.get(0))
                        .reversed())
                .toList();
    }
}
