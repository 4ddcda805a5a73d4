package io.github.linfhash.advisor.advice;

import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.random.Shuffle;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.Moments;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.neighbors.CodeMeasures;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The recall of a quantizer among a sample of vectors, and where these lie. {@link Check} compares two of them: one from when the quantizer was
 * fitted, and one of later vectors.
 *
 * <p>A quantizer that learns from vectors finds more of them than of others from the same source. The first profile would thus be too good
 * if it searched what the quantizer was fitted to. It is that of a second quantizer with the same options, which is fitted to vectors that are not
 * searched ({@link Draw#toFit}).
 *
 * <p>Recall depends on how many vectors are searched. It is therefore measured among several numbers of them, so that a smaller collection can
 * be compared, too.
 *
 * @param found the recall and two numbers about the vectors
 * @param mean the mean of the vectors as {@link PreparedVectors#of} gives them, 1 x d
 */
public record DriftProfile(Found found, FeatureMatrix mean) {
    /** The factors at which recall is measured. */
    public static final List<Integer> OVERSAMPLINGS = AdviceRequest.Question.OVERSAMPLINGS;

    /** The k that a profile of the fitted vectors has. */
    public static final int NEIGHBORS = 10;

    /** With fewer vectors, there is no profile of those that a quantizer is fitted to. */
    public static final int LEAST_TO_FIT = 1000;

    /** The fewest new vectors of a profile. */
    public static final int LEAST = 100;

    private static final int MOST_QUERIES = 1000;
    private static final List<Integer> SIZES = List.of(1_000, 3_000, 10_000);
    private static final int MOST_FITTED = 50_000;
    private static final String STREAM = "snapshot";
    private static final String VECTORS = "vectors";
    private static final String QUERIES = "queries";

    /** A mean recall with its interval of 95% over the queries. */
    public record Interval(double mean, double low, double high) {
        public Interval {
            if (!(0 <= low && low <= mean && mean <= high && high <= 1)) {
                throw new InputException("expected 0 <= low <= mean <= high <= 1, found low " + low + ", mean " + mean
                        + ", high " + high);
            }
        }
    }

    /**
     * The numbers of a profile.
     *
     * @param neighbors k
     * @param rows how many vectors were sampled to be searched
     * @param queries how many queries were asked, none of them among these vectors
     * @param queriesDrawn whether the queries were drawn from the vectors
     * @param recall by the number of vectors that were searched, and by oversampling; never empty
     * @param meanNorm the mean norm of the vectors as they were given, at least 0
     * @param spread the root mean square distance of a prepared vector from the mean, at least 0
     */
    public record Found(
            int neighbors,
            int rows,
            int queries,
            boolean queriesDrawn,
            Map<Integer, Map<Integer, Interval>> recall,
            double meanNorm,
            double spread) {
        public Found {
            if (neighbors < 1 || rows < 1 || queries < 1 || !isNorm(meanNorm) || !isNorm(spread)) {
                throw new InputException(
                        "expected neighbors, rows and queries of at least 1 and finite meanNorm and spread, none below 0,"
                                + " found neighbors " + neighbors + ", rows " + rows + ", queries " + queries
                                + ", meanNorm " + meanNorm + ", spread " + spread);
            }
            Map<Integer, Map<Integer, Interval>> copied = new TreeMap<>();
            for (Map.Entry<Integer, Map<Integer, Interval>> size : recall.entrySet()) {
                if (size.getKey() < neighbors
                        || size.getKey() > rows
                        || !List.copyOf(new TreeMap<>(size.getValue()).keySet()).equals(OVERSAMPLINGS)) {
                    throw new InputException("expected recall among " + neighbors + " to " + rows
                            + " vectors at the oversamplings " + OVERSAMPLINGS + ", found " + size.getKey()
                            + " vectors and " + size.getValue().keySet());
                }
                copied.put(size.getKey(), new TreeMap<>(size.getValue()));
            }
            if (copied.isEmpty()) {
                throw new InputException("expected recall among at least one number of vectors, found none");
            }
            recall = copied;
        }

        private static boolean isNorm(double value) {
            return value >= 0 && Double.isFinite(value);
        }

        /** The largest number of vectors among which recall is known, of those that so many vectors suffice for. */
        public OptionalInt largestWithin(int vectors) {
            return recall.keySet().stream()
                    .mapToInt(size -> size)
                    .filter(size -> size <= vectors)
                    .max();
        }

        /** The recall among a number of vectors that it was measured among, by oversampling. */
        Map<Integer, Interval> among(int size) {
            return Objects.requireNonNull(recall.get(size));
        }
    }

    /**
     * A sample of n vectors, without replacement.
     *
     * @param queries so many rows come first that are queries; 0 where queries are given
     * @param searched so many rows follow that are searched
     * @param rows their numbers in random order; the last ones are neither, and a quantizer may be fitted to them
     */
    public record Draw(int queries, int searched, List<Integer> rows) {
        /** Draws from vectors that the quantizer has not seen: up to 1,000 queries and 10,000 vectors to search. */
        public static Draw ofNew(int n, boolean givenQueries, RandomStreams random) {
            return of(n, n, 0, givenQueries, random);
        }

        /** Draws from vectors to fit a quantizer to: at most a third of them are queries or searched, up to 50,000 others remain. */
        public static Draw toFit(int n, boolean givenQueries, RandomStreams random) {
            return of(n, n / 3, MOST_FITTED, givenQueries, random);
        }

        private static Draw of(int n, int measured, int others, boolean givenQueries, RandomStreams random) {
            int queries = givenQueries ? 0 : Math.min(MOST_QUERIES, n / 10);
            int searched = Math.min(measured - queries, SIZES.get(SIZES.size() - 1));
            int taken = Math.min(n, queries + searched + others);
            int[] order = Shuffle.sample(random.stream(STREAM), n, taken);
            return new Draw(queries, searched, IntStream.of(order).boxed().toList());
        }

        /** The rows that are neither queries nor searched, ascending. */
        public int[] others() {
            return rows.stream()
                    .skip(queries + searched)
                    .mapToInt(row -> row)
                    .sorted()
                    .toArray();
        }

        /** The rows that are queries or searched. */
        public int[] measured() {
            return rows.stream().limit(queries + searched).mapToInt(row -> row).toArray();
        }
    }

    /**
     * Vectors, as they were given, and queries.
     *
     * @param database n x d, in random order
     * @param queries m x d, at least two
     * @param drawn whether the queries were drawn from the same vectors
     */
    public record Sample(FeatureMatrix database, FeatureMatrix queries, boolean drawn) {
        /**
         * Parts the rows of {@link Draw#measured}.
         *
         * @param given queries of a user, of which at most 1,000 are drawn; null if they are among the rows
         */
        public static Sample of(
                FeatureMatrix measured, Draw draw, @Nullable FeatureMatrix given, RandomStreams random) {
            return new Sample(
                    measured.part(draw.queries(), draw.searched()),
                    given == null ? measured.part(0, draw.queries()) : Quantizer.sample(given, MOST_QUERIES, random),
                    given == null);
        }
    }

    /** Makes codes of raw vectors; their estimates are those of raw queries. */
    @FunctionalInterface
    public interface Coder {
        Quantizer.Encoded encode(FeatureMatrix vectors);

        /** The codes of a quantizer as advice measures it. */
        static Coder of(Quantizer.Fitted fitted, Similarity similarity) {
            return vectors -> {
                Quantizer.Encoded codes = fitted.encode(PreparedVectors.of(similarity, vectors, VECTORS));
                return new Quantizer.Encoded(
                        codes.size(), queries -> codes.estimates(PreparedVectors.of(similarity, queries, QUERIES)));
            };
        }

        /** The codes of a quantizer as a service loads it, which encodes vectors one by one. */
        static Coder of(FittedQuantizer loaded) {
            return vectors -> {
                int n = vectors.rows();
                int width = loaded.bytes();
                byte[] codes = new byte[Math.multiplyExact(n, width)];
                IntStream.range(0, n).parallel().forEach(i -> loaded.encode(row(vectors, i), codes, i * width));
                return new Quantizer.Encoded(
                        n,
                        queries -> new Quantizer.Estimates(queries.rows(), query -> {
                            float[] distances = new float[n];
                            loaded.query(row(queries, query)).distances(codes, 0, n, distances);
                            return i -> distances[i];
                        }));
            };
        }
    }

    /** The numbers of vectors among which recall is measured by default: those of a fixed list, or all if they are fewer. */
    public static List<Integer> sizes(int vectors) {
        List<Integer> sizes = SIZES.stream().filter(size -> size <= vectors).toList();
        return sizes.isEmpty() ? List.of(vectors) : sizes;
    }

    /**
     * Measures.
     *
     * @param neighbors k, at most the least of the sizes
     * @param sizes the numbers of vectors to search, ascending, none larger than the sample
     * @throws InputException if a vector is not finite or, for the cosine, has only zeros
     */
    public static DriftProfile of(
            Coder coder, Similarity similarity, Sample sample, int neighbors, List<Integer> sizes) {
        FeatureMatrix prepared = PreparedVectors.of(similarity, sample.database(), VECTORS);
        FeatureMatrix queries = PreparedVectors.of(similarity, sample.queries(), QUERIES);
        List<CodeMeasures.Part> parts = new ArrayList<>();
        for (int size : sizes) {
            FeatureMatrix part = prepared.part(0, size);
            parts.add(new CodeMeasures.Part(size, FloatNeighbors.find(part, queries, neighbors, similarity)));
        }
        Quantizer.Encoded codes = coder.encode(
                sample.database().part(0, parts.get(parts.size() - 1).rows()));
        CodeMeasures.Values values =
                new CodeMeasures(OVERSAMPLINGS, parts, 0, null, null).of(codes, codes.estimates(sample.queries()));
        Map<Integer, Map<Integer, Interval>> recall = new TreeMap<>();
        for (int part = 0; part < parts.size(); part++) {
            Map<Integer, Interval> atFactors = new TreeMap<>();
            for (int o = 0; o < OVERSAMPLINGS.size(); o++) {
                CrossedMean mean = CrossedMean.crossed(
                                new double[][][] {{values.recall(part, o)}}, CrossedMean.Range.FRACTION)
                        .orElseThrow();
                atFactors.put(OVERSAMPLINGS.get(o), new Interval(mean.mean(), mean.low(), mean.high()));
            }
            recall.put(parts.get(part).rows(), atFactors);
        }
        double[] mean = Moments.mean(prepared);
        Found found = new Found(
                neighbors,
                prepared.rows(),
                queries.rows(),
                sample.drawn(),
                recall,
                meanNorm(sample.database()),
                spread(prepared, mean));
        return new DriftProfile(found, FeatureMatrix.owning(1, mean.length, Matrices.toFloats(mean)));
    }

    private static float[] row(FeatureMatrix vectors, int i) {
        float[] row = new float[vectors.dimension()];
        vectors.copyRow(i, row);
        return row;
    }

    private static double meanNorm(FeatureMatrix vectors) {
        return IntStream.range(0, vectors.rows())
                .mapToDouble(i -> Math.sqrt(Similarity.squaredLength(row(vectors, i), 0, vectors.dimension())))
                .average()
                .orElseThrow();
    }

    private static double spread(FeatureMatrix vectors, double[] mean) {
        double squares = 0;
        float[] row = new float[mean.length];
        for (int i = 0; i < vectors.rows(); i++) {
            vectors.copyRow(i, row);
            for (int j = 0; j < mean.length; j++) {
                squares += (row[j] - mean[j]) * (row[j] - mean[j]);
            }
        }
        return Math.sqrt(squares / vectors.rows());
    }
}
