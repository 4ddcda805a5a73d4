package io.github.linfhash.quantizers.advice;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out quantizers that a small part of the vectors shows to be surpassed: one step of successive halving (Jamieson and Talwalkar,
 * AISTATS 2016), whose budget is the number of vectors.
 *
 * <p>The score of a quantizer is its recall, averaged over oversamplings. It is left out if another with no more bytes has a significantly
 * better one: by more than two standard errors of the paired difference over queries. Of what is left, the best {@value #FOR_BYTES} of each number of
 * bytes go on.
 *
 * @param similarity by what neighbors are searched
 * @param neighbors k
 * @param oversamplings ascending
 */
record Screen(Similarity similarity, int neighbors, List<Integer> oversamplings) {
    /** So many are measured without screening. */
    private static final int FEW = 12;

    private static final int ROWS = 2000;
    private static final int QUERIES = 200;
    private static final int FOR_BYTES = 2;
    private static final double STANDARD_ERRORS = 2;

    /**
     * What a screening gives.
     *
     * @param finalists in their order
     * @param screening what was left out; null if nothing was screened
     */
    record Result(
            List<QuantizerSpec.Configured> finalists,
            Advice.@Nullable Screening screening,
            List<Advice.Refused> refused) {}

    /** Whether there are enough quantizers. */
    static boolean isNeeded(int quantizers) {
        return quantizers > FEW;
    }

    /** A quantizer with its bytes, its recall at each oversampling, and the score of each query. */
    private static final class Scored {
        private final QuantizerSpec.Configured one;
        private final int bytes;
        private final Map<Integer, Double> recall;
        private final double[] scores;

        Scored(QuantizerSpec.Configured one, int bytes, Map<Integer, Double> recall, double[] scores) {
            this.one = one;
            this.bytes = bytes;
            this.recall = recall;
            this.scores = scores;
        }

        double score() {
            return StatUtils.mean(scores);
        }

        boolean surpasses(Scored other) {
            double[] differences = new double[scores.length];
            Arrays.setAll(differences, q -> scores[q] - other.scores[q]);
            double error = Math.sqrt(StatUtils.variance(differences) / differences.length);
            return bytes <= other.bytes && StatUtils.mean(differences) > STANDARD_ERRORS * error;
        }
    }

    /** Screens; what cannot work with the vectors is refused. */
    Result of(
            List<QuantizerSpec.Configured> all,
            FeatureMatrix database,
            FeatureMatrix queries,
            RandomStreams random,
            Progress progress)
            throws IOException {
        FeatureMatrix rows = Quantizer.sample(database, ROWS, random);
        FeatureMatrix asked = queries.select(IntStream.iterate(0, q -> q < queries.rows(), q -> q + 2)
                .limit(QUERIES)
                .toArray());
        FloatNeighbors truth = FloatNeighbors.find(rows, asked, Math.min(neighbors, rows.rows()), similarity);
        Scored[] scores = new Scored[all.size()];
        Advice.Refused[] refusals = new Advice.Refused[all.size()];
        String name = "screening " + all.size() + " quantizers on " + rows.rows() + " vectors";
        try (Progress.Task task = progress.begin(name, all.size())) {
            List<Callable<@Nullable Void>> fits = new ArrayList<>();
            for (List<Integer> alike : longestFirst(fittedAlike(all), all)) {
                fits.add(() -> {
                    Quantizer.Fitted last = null;
                    for (int i : alike) {
                        QuantizerSpec.Configured one = all.get(i);
                        try {
                            last = fitted(one, last, rows, random);
                            scores[i] = score(one, last, rows, asked, truth);
                        } catch (InputException | NonFiniteException e) {
                            refusals[i] = Advice.Refused.of(one, e);
                        }
                        task.advance(1);
                    }
                    return null;
                });
            }
            AtOnce.run(Runtime.getRuntime().availableProcessors(), fits);
        }
        List<Scored> scored = Arrays.stream(scores).filter(Objects::nonNull).toList();
        List<Advice.Refused> refused =
                Arrays.stream(refusals).filter(Objects::nonNull).toList();
        Set<Scored> chosen = chosen(scored);
        List<Advice.Dropped> dropped = scored.stream()
                .filter(one -> !chosen.contains(one))
                .map(one -> new Advice.Dropped(one.one.name(), one.one.options(), one.bytes, one.recall))
                .toList();
        return new Result(
                scored.stream().filter(chosen::contains).map(one -> one.one).toList(),
                new Advice.Screening(rows.rows(), asked.rows(), dropped),
                refused);
    }

    /** The quantizers by number, those together that differ in the distance alone. */
    private static List<List<Integer>> fittedAlike(List<QuantizerSpec.Configured> all) {
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
        return groups;
    }

    /** Slow ones first, and of these the ones of many bytes, which come last. */
    private static List<List<Integer>> longestFirst(List<List<Integer>> groups, List<QuantizerSpec.Configured> all) {
        return groups.stream()
                .sorted(Comparator.comparing(
                                (List<Integer> alike) -> all.get(alike.get(0)).slow())
                        .thenComparing(alike -> alike.get(0))
                        .reversed())
                .toList();
    }

    /** Fits, or takes the fit of one that differs in the distance alone. */
    private Quantizer.Fitted fitted(
            QuantizerSpec.Configured one, Quantizer.@Nullable Fitted alike, FeatureMatrix rows, RandomStreams random) {
        return Optional.ofNullable(alike)
                .flatMap(known -> one.distance().flatMap(known::comparedBy))
                .orElseGet(() -> one.quantizer().fit(rows, similarity, random));
    }

    private Scored score(
            QuantizerSpec.Configured one,
            Quantizer.Fitted fitted,
            FeatureMatrix rows,
            FeatureMatrix asked,
            FloatNeighbors truth) {
        Quantizer.Encoded codes = fitted.encode(rows);
        double[][] recall = new NeighborRecall(oversamplings).of(truth, codes, codes.estimates(asked));
        Map<Integer, Double> means = new TreeMap<>();
        double[] scores = new double[asked.rows()];
        for (int o = 0; o < recall.length; o++) {
            means.put(oversamplings.get(o), StatUtils.mean(recall[o]));
            for (int q = 0; q < scores.length; q++) {
                scores[q] += recall[o][q] / recall.length;
            }
        }
        return new Scored(one, fitted.bytes(), means, scores);
    }

    private static Set<Scored> chosen(List<Scored> scored) {
        Map<Integer, List<Scored>> byBytes = scored.stream()
                .filter(one -> scored.stream().noneMatch(other -> other.surpasses(one)))
                .collect(Collectors.groupingBy(one -> one.bytes, LinkedHashMap::new, Collectors.toList()));
        Set<Scored> chosen = new HashSet<>();
        byBytes.values()
                .forEach(equal -> equal.stream()
                        .sorted(Comparator.comparingDouble(Scored::score).reversed())
                        .limit(FOR_BYTES)
                        .forEach(chosen::add));
        return chosen;
    }
}
