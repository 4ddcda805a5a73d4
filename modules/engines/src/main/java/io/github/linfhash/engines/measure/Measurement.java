package io.github.linfhash.engines.measure;

import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.engines.measure.VectorCollection.Built;
import io.github.linfhash.engines.measure.VectorCollection.Throughput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured, and the answer.
 *
 * @param server the engine that held the indexes
 * @param vectors what was measured with
 * @param targets of recall, ascending
 * @param points all that were measured with the queries that report
 * @param answers one for each target
 * @param filters searches with filters
 * @param leftOut sentences about types, builds and steps that were not measured, because of a limit or a failure
 * @param complete whether every step was taken: nothing failed, and nothing is still to come
 * @param seconds that all took
 */
public record Measurement(
        Engine.Server server,
        Vectors vectors,
        List<Double> targets,
        List<Measured> points,
        List<Answer> answers,
        Filterings filters,
        List<String> leftOut,
        boolean complete,
        double seconds) {
    private static final double ALL = 0.999;

    /** The most queries that report on an exact scan, which takes as long for each, and misses nothing. */
    public static final int EXACT_QUERIES = 64;

    /** Indexes whose sizes differ by less are equally large: pages are filled differently each time. */
    private static final double SAME_SIZE = ParameterSearch.SAME_SIZE;

    public Measurement {
        targets = List.copyOf(targets);
        points = List.copyOf(points);
        answers = List.copyOf(answers);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Searches with filters.
     *
     * @param all that were measured; none unless asked for
     * @param exactScan lines that search by an exact scan, to be pasted; empty without searches
     */
    public record Filterings(List<Filtered> all, String exactScan) {
        /** No searches with filters. */
        public static final Filterings NONE = new Filterings(List.of(), "");

        public Filterings {
            all = List.copyOf(all);
        }
    }

    /**
     * The vectors.
     *
     * @param rows of the table
     * @param dimension of the vectors
     * @param similarity by which they are near
     * @param neighbors k
     * @param choosing how many queries choose
     * @param reporting how many other queries report
     * @param sampled whether the queries were sampled from the vectors
     * @param seed of the samples
     * @param table that lines to paste name
     */
    public record Vectors(
            long rows,
            int dimension,
            Similarity similarity,
            int neighbors,
            int choosing,
            int reporting,
            boolean sampled,
            long seed,
            SqlNames table) {
        private static final int MOST_LOSS_QUERIES = 100;
        private static final int LEAST_LOSS_QUERIES = 20;
        private static final long SCANNED_NUMBERS = 1_000_000_000;

        /** Vectors of no table. */
        public Vectors(
                long rows,
                int dimension,
                Similarity similarity,
                int neighbors,
                int choosing,
                int reporting,
                boolean sampled,
                long seed) {
            this(rows, dimension, similarity, neighbors, choosing, reporting, sampled, seed, SqlNames.EXAMPLE);
        }

        /** Returns for how many of the queries that report codes are scanned: fewer in large tables, whatever the load of the machine. */
        public int lossQueries() {
            long affordable = SCANNED_NUMBERS / (rows * dimension);
            return (int) Math.min(reporting, Math.max(LEAST_LOSS_QUERIES, Math.min(MOST_LOSS_QUERIES, affordable)));
        }
    }

    /**
     * An operating point with what was measured of it.
     *
     * @param point the index and how it is searched
     * @param built the index with its size
     * @param choosing recall of the queries that choose
     * @param recall of the queries that report
     * @param latency of one client
     * @param clients searches per second of several clients at once
     * @param plan blocks, and whether the index was used; null if the engine has no plans
     * @param losses of recall; null if the engine cannot tell them apart
     * @param distanceRatio the mean of the distance of the k-th row found, divided by that of the k-th exact neighbor; null if it is not defined
     */
    public record Measured(
            OperatingPoint point,
            Built built,
            CrossedMean choosing,
            CrossedMean recall,
            Latency latency,
            Throughput clients,
            @Nullable Plan plan,
            @Nullable Losses losses,
            @Nullable Double distanceRatio) {
        /** The bytes of the index. */
        public long indexBytes() {
            return built.indexBytes();
        }

        /** The type of the index. */
        public IndexType type() {
            return point.index().type();
        }

        /** Whether searches used the index, as far as an engine may do without it. */
        public boolean usesIndex() {
            return plan == null || plan.usesIndex();
        }

        /** Whether the queries that choose show that it reaches a target. An exact scan that finds all, but for rounding, does so for any queries. */
        public boolean reaches(double target) {
            return choosing.low() >= target || (type().exact() && choosing.mean() >= ALL);
        }

        /** Searches per second of all clients. */
        public double perSecondOfAll() {
            return clients.perSecond().get(0);
        }
    }

    /**
     * Milliseconds of searches of one client.
     *
     * @param p50 of half of them
     * @param p95 of 95% of them
     * @param perSecond searches, one after the other
     */
    public record Latency(double p50, double p95, double perSecond) {
        static Latency of(double[] millis) {
            return new Latency(
                    Halving.percentile(millis, 0.5),
                    Halving.percentile(millis, 0.95),
                    1000 / Arrays.stream(millis).average().orElseThrow());
        }
    }

    /**
     * Losses of recall.
     *
     * @param code the recall that an exact scan of the codes loses
     * @param index the recall that the index loses in addition
     */
    public record Losses(double code, double index) {}

    /**
     * The plan of searches.
     *
     * @param usesIndex whether all of them used the index
     * @param hit blocks that were in the server's buffers, per search
     * @param read other blocks, per search
     */
    public record Plan(boolean usesIndex, double hit, double read) {}

    /**
     * The answer for a target.
     *
     * @param target of recall
     * @param reached whether the lower end of the interval of the choosing queries reaches it
     * @param measured the chosen operating point
     * @param recall of the queries that report, over all builds of the index
     * @param builds how many these are
     * @param growth of the index with its rows; null unless asked for
     * @param snippet lines to paste
     */
    public record Answer(
            double target,
            boolean reached,
            Measured measured,
            CrossedMean recall,
            int builds,
            @Nullable Growth growth,
            Engine.Snippet snippet) {
        Answer with(Growth found, Engine.Snippet ofLarger) {
            return new Answer(target, reached, measured, recall, builds, found, ofLarger);
        }
    }

    /** Makes the lines to paste for an operating point. */
    @FunctionalInterface
    interface Snippets {
        Engine.Snippet of(OperatingPoint point) throws IOException;
    }

    /**
     * Chooses for a target: the fewest bytes, then the smallest 95th percentile; what comes closest if nothing reaches it. An exact scan is chosen if
     * nothing else was measured.
     */
    static Answer answer(double target, List<Measured> measured, int neighbors, Snippets snippets) throws IOException {
        List<Measured> indexes =
                measured.stream().filter(one -> !one.type().exact()).toList();
        List<Measured> among = indexes.isEmpty() ? measured : indexes;
        List<Measured> able = among.stream()
                .filter(one -> one.usesIndex() && one.reaches(target))
                .toList();
        if (able.isEmpty()) {
            Measured closest = among.stream()
                    .max(Comparator.comparingDouble(one -> one.choosing().low()))
                    .orElseThrow();
            return new Answer(target, false, closest, closest.recall(), 1, null, snippets.of(closest.point()));
        }
        long heap = measured.stream()
                .mapToLong(one -> one.built().heapBytes())
                .min()
                .orElseThrow();
        double smallest = able.stream()
                .mapToLong(one -> lasting(one, heap, neighbors))
                .min()
                .orElseThrow();
        Measured chosen = able.stream()
                .filter(one -> lasting(one, heap, neighbors) <= SAME_SIZE * smallest)
                .min(Comparator.comparingDouble(one -> one.latency().p95()))
                .orElseThrow();
        return new Answer(target, true, chosen, chosen.recall(), 1, null, snippets.of(chosen.point()));
    }

    /** The bytes of an index with what its searches need in addition, such as vectors that rescore. */
    private static long lasting(Measured one, long leastHeap, int neighbors) {
        return one.indexBytes()
                + (one.point().candidates() > neighbors ? one.built().heapBytes() - leastHeap : 0);
    }

    /** The hardest target. */
    public double hardest() {
        return targets.get(targets.size() - 1);
    }

    /** The operating points of a type that no other one of it beats in both recall and latency, the fastest first. */
    public List<Measured> frontier(IndexType type) {
        Stream<Measured> ofType = points.stream().filter(one -> one.type().equals(type));
        List<Measured> sorted = ofType.sorted(
                        Comparator.comparingDouble(one -> one.latency().p50()))
                .toList();
        return sorted.stream()
                .filter(one -> sorted.stream()
                        .noneMatch(
                                other -> other.latency().p50() < one.latency().p50()
                                        && other.recall().mean() >= one.recall().mean()))
                .toList();
    }

    /** The types of indexes that were measured, by name. */
    public List<IndexType> types() {
        Stream<IndexType> types = points.stream().map(one -> one.type());
        return types.distinct()
                .sorted(Comparator.comparing(IndexType::toString))
                .toList();
    }
}
