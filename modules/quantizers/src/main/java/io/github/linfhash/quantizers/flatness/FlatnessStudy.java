package io.github.linfhash.quantizers.flatness;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.MeanInterval;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.neighbors.CrossedInterval;
import io.github.linfhash.quantizers.neighbors.EstimateErrors;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.quantizers.rabitq.RaBitQ;
import io.github.linfhash.quantizers.rabitq.RaBitQCodes;
import io.github.linfhash.quantizers.rotation.Maps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Measures representations of the same vectors at equal bytes: how flat they are, which error of their signs RaBitQ's bound makes of that,
 * the error that there is, and how many of the nearest neighbors are kept.
 *
 * <p>All signs are read with RaBitQ's estimate, (x, q) by |x|^2 (s, q) / (s, x), queries in float32, and two float32 numbers beside each code.
 *
 * @param similarity by what vectors are compared
 * @param bytes of a code, those two numbers included
 * @param neighbors k, at least 2
 * @param seeds of what is random; what is not is measured once
 */
public record FlatnessStudy(Similarity similarity, List<Integer> bytes, int neighbors, List<Long> seeds) {
    /** The oversamplings at which recall is measured. */
    public static final List<Integer> OVERSAMPLINGS = List.of(1, 3);

    /** @throws InputException if a number of bytes leaves no two bits to the code, or there are too few neighbors */
    public FlatnessStudy {
        bytes = List.copyOf(bytes);
        seeds = List.copyOf(seeds);
        for (int one : bytes) {
            if (one <= RaBitQ.SIDE_BYTES) {
                throw new InputException("expected more bytes than the " + RaBitQ.SIDE_BYTES
                        + " that stand beside a code, found " + one);
            }
        }
        if (neighbors < 2) {
            throw new InputException("expected at least 2 neighbors of a query, found " + neighbors);
        }
    }

    /**
     * Measures everything.
     *
     * @param database n x d
     * @param queries m x d, m at least 2, none of them a row of the database
     * @throws InputException if a vector is not finite, or has no direction where cosines are taken
     */
    public Flatness measure(
            FeatureMatrix database, FeatureMatrix queries, List<? extends Representation> all, Progress progress) {
        FeatureMatrix vectors = similarity.prepare(database, "database");
        FeatureMatrix asked = similarity.prepare(queries, "queries");
        Run run = new Run(vectors, asked, FloatNeighbors.find(vectors, asked, neighbors, similarity));
        List<Flatness.Outcome> outcomes = new ArrayList<>();
        try (Progress.Task task = progress.begin("representations", (long) all.size() * bytes.size())) {
            for (int one : bytes) {
                for (Representation representation : all) {
                    run.outcome(representation, 8 * (one - RaBitQ.SIDE_BYTES)).ifPresent(outcomes::add);
                    task.advance(1);
                }
            }
        }
        return new Flatness(vectors.rows(), vectors.dimension(), asked.rows(), neighbors, outcomes);
    }

    /** What one seed gives. */
    private record OfSeed(
            double flatness, double predicted, EstimateErrors errors, double total, List<double[]> recall) {}

    /** A database with its queries. */
    private final class Run {
        private final FeatureMatrix database;
        private final FeatureMatrix queries;
        private final FloatNeighbors near;
        private final float[] mean;

        Run(FeatureMatrix database, FeatureMatrix queries, FloatNeighbors near) {
            this.database = database;
            this.queries = queries;
            this.near = near;
            this.mean = Maps.mean(database);
        }

        Optional<Flatness.Outcome> outcome(Representation representation, int bits) {
            List<OfSeed> found = new ArrayList<>();
            for (long seed : representation.random() ? seeds : seeds.subList(0, 1)) {
                Optional<Representation.Fitted> fitted = representation.fit(database, bits, new RandomStreams(seed));
                if (fitted.isEmpty()) {
                    return Optional.empty();
                }
                found.add(measure(fitted.get(), representation.keepsProducts()));
            }
            return Optional.of(new Flatness.Outcome(
                    representation.title(),
                    bits,
                    bits / 8 + RaBitQ.SIDE_BYTES,
                    found.size(),
                    average(found, OfSeed::flatness),
                    average(found, OfSeed::predicted),
                    average(found, one -> one.errors.error()),
                    average(found, one -> one.errors.nearError()),
                    average(found, one -> one.errors.bias()),
                    average(found, OfSeed::total),
                    recall(found)));
        }

        private OfSeed measure(Representation.Fitted fitted, boolean keepsProducts) {
            FeatureMatrix x = fitted.vectors().apply(database);
            FeatureMatrix q = fitted.queries().apply(queries);
            float[] terms = keepsProducts
                    ? similarity.termsOf(database, mean)
                    : similarity.termsOf(x, new float[x.dimension()]);
            RaBitQCodes codes = RaBitQCodes.ofMapped(x, terms, similarity);
            RaBitQCodes.Estimates estimates = codes.estimates(q);
            double[] flatness = Flatness.ofRows(x);
            return new OfSeed(
                    Arrays.stream(flatness).filter(c -> c > 0).average().orElse(Double.NaN),
                    Flatness.predicted(flatness, x.dimension()),
                    EstimateErrors.of(x, q, estimates, terms, similarity, near),
                    keepsProducts
                            ? EstimateErrors.of(centered(database), centered(queries), estimates, terms, similarity, near)
                                    .error()
                            : Double.NaN,
                    List.of(new NeighborRecall(OVERSAMPLINGS).of(near, codes, estimates)));
        }

        private FeatureMatrix centered(FeatureMatrix vectors) {
            return Maps.first(mean.length, mean).apply(vectors);
        }
    }

    private static double average(List<OfSeed> found, ToDoubleFunction<OfSeed> of) {
        return found.stream().mapToDouble(of).average().orElse(Double.NaN);
    }

    private static SortedMap<Integer, MeanInterval> recall(List<OfSeed> found) {
        SortedMap<Integer, MeanInterval> recall = new TreeMap<>();
        for (int o = 0; o < OVERSAMPLINGS.size(); o++) {
            int place = o;
            recall.put(
                    OVERSAMPLINGS.get(o),
                    CrossedInterval.of(
                            found.stream().map(one -> one.recall.get(place)).toArray(double[][]::new)));
        }
        return recall;
    }
}
