package io.github.linfhash.advisor.advice;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Moments;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * The properties of vectors on which the quality of codes depends.
 *
 * @param lengths of the vectors as they were given
 * @param duplicates of vectors and queries
 * @param shape of the distribution
 */
public record Diagnosis(Lengths lengths, Duplicates duplicates, Shape shape) {
    /** The norms of the vectors of the database: the least, the mean and the greatest. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record Lengths(double least, double mean, double greatest) {}

    /**
     * Duplicates and near-copies.
     *
     * @param exactDuplicatesOfQueries how many queries equal a vector of the database
     * @param nearDuplicatesOfQueries how many queries, exact duplicates included, have a neighbor within a thousandth of the typical distance
     * @param copies how many vectors of the database equal another one of it
     * @param groupedQueries the share of queries whose nearest vectors are a group of near-copies: some neighbor is at least {@value #GAP} times
     *     as far as the one before it, which chance explains in at most one of a hundred cases in the dimension that the farther neighbors have
     */
    public record Duplicates(
            int exactDuplicatesOfQueries, int nearDuplicatesOfQueries, int copies, double groupedQueries) {
        /** Returns whether so many queries have groups of near-copies that the ranks of a sample do not scale to those of all vectors. */
        @JsonProperty
        public boolean inGroups() {
            return groupedQueries >= MANY;
        }
    }

    /**
     * The shape of the distribution.
     *
     * @param centering the share of the mean squared length that the mean vector takes, within 0..1: what centering removes
     * @param flatness the mean of |x|_1 / (sqrt(d) |x|_2) over vectors about their mean, within 0..1; sqrt(2 / pi) = 0.798 for random directions
     * @param isotropy (trace C)^2 / (d trace C^2) of the covariance C: 1 if all directions vary alike, 1 / d if one does
     * @param largestHub the largest share of the queries that one vector is a neighbor of
     * @param intrinsicDimension by the distances of the queries' first and second neighbors (Facco et al. 2017); null where all of these are equal
     */
    public record Shape(
            double centering,
            double flatness,
            double isotropy,
            double largestHub,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double intrinsicDimension) {}

    /** How many neighbors of a query are examined for groups of near-copies. */
    static final int LOOKED_AT = 64;

    private static final double GAP = 2;

    /** Gaps that are more probable than this do not count. */
    private static final double BY_CHANCE = 0.01;

    private static final double SAME_NORM = 1.01;

    /** From this share of queries on, predictions for more vectors are not reliable. */
    private static final double MANY = 0.2;

    private static final int SAMPLE = 20_000;
    private static final int PAIRS = 1001;
    private static final double NEARNESS = 1e-3;

    /**
     * Examines vectors.
     *
     * @param given the database as it was given
     * @param database the same, prepared
     * @param queries prepared
     * @param neighbors of the queries, at least two each
     * @param hubs how many of these neighbors count for the largest hub
     * @param similarity that orders the neighbors
     */
    static Diagnosis of(
            FeatureMatrix given,
            FeatureMatrix database,
            FeatureMatrix queries,
            FloatNeighbors neighbors,
            int hubs,
            Similarity similarity,
            RandomStreams random) {
        double[] lengths = lengths(given);
        FeatureMatrix sample = Quantizer.sample(database, SAMPLE, random);
        double[] mean = Moments.mean(sample);
        double typical = typicalDistance(sample, random);
        int exact = 0;
        int near = 0;
        for (int q = 0; q < queries.rows(); q++) {
            double distance = distance(queries, q, database, neighbors.id(q, 0));
            exact += distance == 0 ? 1 : 0;
            near += distance <= NEARNESS * typical ? 1 : 0;
        }
        int hub = Arrays.stream(neighbors.first(hubs).occurrences(database.rows()))
                .max()
                .orElse(0);
        return new Diagnosis(
                new Lengths(
                        Arrays.stream(lengths).min().orElseThrow(),
                        Arrays.stream(lengths).average().orElseThrow(),
                        Arrays.stream(lengths).max().orElseThrow()),
                new Duplicates(
                        exact,
                        near,
                        copies(database),
                        comparable(lengths, similarity) ? grouped(queries, database, neighbors) : 0),
                new Shape(
                        centering(sample, mean),
                        flatness(sample, mean),
                        isotropy(sample, mean),
                        (double) hub / queries.rows(),
                        intrinsicDimension(queries, database, neighbors)));
    }

    /** Returns whether neighbors are ordered by distance. By dot product they are only if all vectors have nearly the same norm. */
    private static boolean comparable(double[] lengths, Similarity similarity) {
        return similarity != Similarity.DOT
                || Arrays.stream(lengths).max().orElseThrow()
                        <= SAME_NORM * Arrays.stream(lengths).min().orElseThrow();
    }

    /** Returns the distance of each query to its nearest vector, or the negative inner product for the dot product. */
    static double[] nearest(
            FeatureMatrix queries, FeatureMatrix database, FloatNeighbors neighbors, Similarity similarity) {
        return IntStream.range(0, queries.rows())
                .mapToDouble(q -> similarity == Similarity.DOT
                        ? -neighbors.score(q, 0)
                        : distance(queries, q, database, neighbors.id(q, 0)))
                .toArray();
    }

    private static int copies(FeatureMatrix vectors) {
        long[] hashes = new long[vectors.rows()];
        Arrays.setAll(hashes, vectors::hash);
        Arrays.sort(hashes);
        int copies = 0;
        for (int i = 0; i < hashes.length; i++) {
            boolean asBefore = i > 0 && hashes[i] == hashes[i - 1];
            boolean asNext = i + 1 < hashes.length && hashes[i] == hashes[i + 1];
            copies += asBefore || asNext ? 1 : 0;
        }
        return copies;
    }

    private static double grouped(FeatureMatrix queries, FeatureMatrix database, FloatNeighbors neighbors) {
        int looked = Math.min(LOOKED_AT, neighbors.perQuery());
        long grouped = IntStream.range(0, queries.rows())
                .filter(q -> isGrouped(IntStream.range(0, looked)
                        .mapToDouble(rank -> distance(queries, q, database, neighbors.id(q, rank)))
                        .toArray()))
                .count();
        return (double) grouped / queries.rows();
    }

    private static boolean isGrouped(double[] distances) {
        return IntStream.range(1, distances.length)
                .anyMatch(rank -> distances[rank] > 0
                        && distances[rank] >= GAP * distances[rank - 1]
                        && byChance(distances, rank) <= BY_CHANCE);
    }

    /**
     * Returns the probability of a gap at least as large as the one before a neighbor, if vectors are equally dense. In d dimensions, the number of
     * vectors grows with the distance to the power of d; d is estimated from the neighbor and the farther ones. The {@code rank} nearer vectors are
     * uniform in the ball up to the neighbor, so that the probability is the ratio of the volumes to the power of {@code rank}.
     */
    private static double byChance(double[] distances, int rank) {
        int last = distances.length - 1;
        double farther = Math.log(distances[last] / distances[rank]);
        if (rank == last || distances[rank - 1] == 0 || farther <= 0) {
            return 0;
        }
        double dimension = Math.log((last + 1.0) / (rank + 1)) / farther;
        return Math.pow(distances[rank - 1] / distances[rank], dimension * rank);
    }

    private static double[] lengths(FeatureMatrix vectors) {
        return IntStream.range(0, vectors.rows())
                .mapToDouble(i -> Math.sqrt(squares(vectors, i, new double[vectors.dimension()])))
                .toArray();
    }

    private static double squares(FeatureMatrix vectors, int row, double[] center) {
        double squares = 0;
        for (int j = 0; j < center.length; j++) {
            double less = vectors.get(row, j) - center[j];
            squares += less * less;
        }
        return squares;
    }

    private static double typicalDistance(FeatureMatrix vectors, RandomStreams random) {
        UniformRandomProvider draw = random.stream("pairs");
        double[] distances = new double[PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            distances[pair] = distance(vectors, draw.nextInt(vectors.rows()), vectors, draw.nextInt(vectors.rows()));
        }
        Arrays.sort(distances);
        return distances[PAIRS / 2];
    }

    private static double distance(FeatureMatrix some, int one, FeatureMatrix others, int other) {
        double squares = 0;
        for (int j = 0; j < some.dimension(); j++) {
            double less = (double) some.get(one, j) - others.get(other, j);
            squares += less * less;
        }
        return Math.sqrt(squares);
    }

    private static double centering(FeatureMatrix vectors, double[] mean) {
        double total = 0;
        double about = 0;
        for (int i = 0; i < vectors.rows(); i++) {
            total += squares(vectors, i, new double[mean.length]);
            about += squares(vectors, i, mean);
        }
        return total == 0 ? 0 : 1 - about / total;
    }

    private static double flatness(FeatureMatrix vectors, double[] mean) {
        double sum = 0;
        int counted = 0;
        for (int i = 0; i < vectors.rows(); i++) {
            double magnitudes = 0;
            for (int j = 0; j < mean.length; j++) {
                magnitudes += Math.abs(vectors.get(i, j) - mean[j]);
            }
            double squares = squares(vectors, i, mean);
            if (squares > 0) {
                sum += magnitudes / Math.sqrt(mean.length * squares);
                counted++;
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }

    private static double isotropy(FeatureMatrix vectors, double[] mean) {
        double[] covariance = Moments.covariance(vectors, mean);
        double trace = 0;
        double squares = 0;
        for (int i = 0; i < covariance.length; i++) {
            squares += covariance[i] * covariance[i];
            trace += i % (mean.length + 1) == 0 ? covariance[i] : 0;
        }
        return squares == 0 ? 0 : trace * trace / (mean.length * squares);
    }

    /** Returns the number of queries divided by the sum of ln(r2 / r1), over those with 0 &lt; r1. */
    private static @Nullable Double intrinsicDimension(
            FeatureMatrix queries, FeatureMatrix database, FloatNeighbors neighbors) {
        double logarithms = 0;
        int counted = 0;
        for (int q = 0; q < queries.rows() && neighbors.perQuery() > 1; q++) {
            double first = distance(queries, q, database, neighbors.id(q, 0));
            double second = distance(queries, q, database, neighbors.id(q, 1));
            if (first > 0) {
                logarithms += Math.log(Math.max(first, second) / first);
                counted++;
            }
        }
        return logarithms > 0 ? counted / logarithms : null;
    }
}
