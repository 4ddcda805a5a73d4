package io.github.linfhash.tasks;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.evaluation.RankMetrics;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.runner.ExternalCodes;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.results.schema.Results;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Finds what has to be explained in the codes of one seed that another program made. The checks of order and ranking use a sample of
 * queries and of database vectors, and not all.
 *
 * <p>The check of order compares, for each sampled query, its mean code distance to all sampled database vectors with the distance to the one
 * that is nearest by features. Codes that depend on the features make the second smaller. If the codes are those of other vectors, the mean
 * difference is within a few standard errors of 0.
 */
final class Flags {
    private static final int QUERIES = 500;
    private static final int ROWS = 4000;

    /** In standard errors; codes of other vectors exceed it in one of 700 cases. */
    private static final double LEAST = 3;

    /** The most queries whose class is predicted from their nearest vectors. */
    private static final int VOTED = 2000;

    /** In standard errors; chance exceeds it in one of 30,000 cases. */
    private static final double TOO_GOOD = 4;

    private final PreparedSplit split;
    private final boolean labeled;
    private final List<Results> known;

    // Samples are places among the queries, or among the database vectors, of the split.
    private final int[] queries;
    private final int[] rows;
    /** The nearest sampled database vector of each sampled query, by features. */
    private final FloatNeighbors nearest;

    private final int[] voted;
    /** For each of these queries, whether the vote by features is right. */
    private final boolean[] right;

    private final int[] free;
    /** For each of these database vectors, whether another seed trains on it. */
    private final boolean[] elsewhere;

    /**
     * Draws the samples of a seed.
     *
     * @param split the prepared split of the seed
     * @param all the splits of all seeds of the protocol
     * @param known results by the same rules, whose best mAP is compared with
     */
    Flags(Protocol protocol, long seed, PreparedSplit split, Map<Long, Split> all, List<Results> known) {
        this.split = split;
        this.labeled = !protocol.unlabeled();
        this.known = known;
        queries = drawn(seed, "queries", split.queries().rows(), QUERIES);
        rows = drawn(seed, "database", split.database().rows(), ROWS);
        nearest = FloatNeighbors.find(
                split.database().select(rows), split.queries().select(queries), 1, Similarity.EUCLIDEAN);
        voted = drawn(0, "votes", split.queries().rows(), VOTED);
        right = labeled && split.databaseLabels() instanceof ClassLabels classes
                ? rightVotes(split, voted, classes)
                : new boolean[0];
        BitSet own = new BitSet();
        BitSet others = new BitSet();
        all.forEach((other, drawn) -> {
            Arrays.stream(drawn.query()).forEach(own::set);
            Arrays.stream(drawn.training()).forEach(other == seed ? own::set : others::set);
        });
        int[] database = split.split().database();
        int[] unused = IntStream.range(0, database.length)
                .filter(place -> !own.get(database[place]))
                .toArray();
        free = unused.length == 0
                ? unused
                : IntStream.of(drawn(seed, "elsewhere", unused.length, ROWS))
                        .map(place -> unused[place])
                        .toArray();
        elsewhere = new boolean[free.length];
        for (int i = 0; i < free.length; i++) {
            elsewhere[i] = others.get(database[free[i]]);
        }
    }

    private static int[] drawn(long seed, String part, int rows, int most) {
        return new PermutationSampler(new RandomStreams(seed).stream("flags/" + part), rows, Math.min(rows, most))
                .sample();
    }

    /** Returns for some queries whether most of their nearest database vectors by features are of their class. */
    private static boolean[] rightVotes(PreparedSplit split, int[] queries, ClassLabels classes) {
        FloatNeighbors nearest = FloatNeighbors.find(
                split.database(),
                split.queries().select(queries),
                Math.min(LabelKnowledge.VOTERS, split.database().rows()),
                Similarity.EUCLIDEAN);
        ClassLabels truth = (ClassLabels) split.queryLabels();
        boolean[] right = new boolean[queries.length];
        for (int q = 0; q < queries.length; q++) {
            Map<Integer, Integer> found = new HashMap<>();
            for (int id : nearest.ids(q)) {
                found.merge(classes.get(id), 1, Integer::sum);
            }
            right[q] = LabelKnowledge.most(found) == truth.get(queries[q]);
        }
        return right;
    }

    /** Returns what has to be explained in the codes of a length, in words for {@link Flag}. */
    List<String> of(ExternalCodes.Pair pair) {
        ExternalCodes.Codes codes = pair.read();
        if (labeled) {
            if (areLabels(codes)) {
                return List.of(Flag.LABELS);
            }
            if (isPerfect(codes)) {
                return List.of(Flag.PERFECT);
            }
        }
        if (nearness(codes) < LEAST) {
            return List.of(ofNoUse(codes));
        }
        return labeled ? ofLabels(codes, pair.key().bits()) : List.of();
    }

    /** Returns the flags for codes that seem to be made with more labels than those of the seed's training vectors. */
    private List<String> ofLabels(ExternalCodes.Codes codes, int bits) {
        List<String> words = new ArrayList<>();
        if (split.queryLabels() instanceof ClassLabels ofQueries
                && split.databaseLabels() instanceof ClassLabels ofDatabase
                && LabelKnowledge.beyondFeatures(
                                codes.queries().select(voted),
                                codes.database(),
                                ofQueries.select(voted),
                                ofDatabase,
                                right)
                        > TOO_GOOD) {
            words.add(Flag.BEYOND);
        }
        if (ofOtherSeeds(codes) > TOO_GOOD) {
            words.add(Flag.OTHER_SEEDS);
        }
        BestKnown.of(known, bits).ifPresent(best -> {
            double map = new RankMetrics(HammingScan.scan(codes.queries(), codes.database(), split.relevance())).map();
            if (best.isFarBelow(map)) {
                words.add(Flag.best(map, best));
            }
        });
        return words;
    }

    /** {@link LabelKnowledge#ofOtherSeeds} of the sampled queries and of database vectors that any seed might have trained on. */
    private double ofOtherSeeds(ExternalCodes.Codes codes) {
        if (free.length == 0) {
            // This seed trains on the whole database, so no vector shows what codes know of other seeds.
            return 0;
        }
        Labels labels = split.databaseLabels().select(free);
        return LabelKnowledge.ofOtherSeeds(
                codes.queries().select(queries),
                split.queryLabels().select(queries),
                codes.database().select(free),
                labels,
                elsewhere,
                labels instanceof ClassLabels classes ? classes.toArray() : new int[free.length]);
    }

    /** Why codes say nothing of the features: they are no more different ones than bits, or those of other rows. */
    private static String ofNoUse(ExternalCodes.Codes codes) {
        int queries = codes.queries().unique();
        int database = codes.database().unique();
        int few = codes.database().bits();
        if (database == 1 || queries == 1) {
            return Flag.constant(
                    database == 1 ? (queries == 1 ? "queries and of the database" : "database") : "queries");
        }
        if (database <= few) {
            return Flag.few(database, codes.database().size() + " database vectors");
        }
        return queries <= few ? Flag.few(queries, codes.queries().size() + " queries") : Flag.ORDER;
    }

    /** Whether vectors, of queries and database together, have the same code exactly where they have the same labels. */
    private boolean areLabels(ExternalCodes.Codes codes) {
        Groups groups = new Groups();
        return groups.agree(codes.database(), split.databaseLabels())
                && groups.agree(codes.queries(), split.queryLabels())
                && groups.areSeveral();
    }

    /** Which code stands for which labels. */
    private static final class Groups {
        private final Map<ByteBuffer, Object> labelsOf = new HashMap<>();
        private final Map<Object, ByteBuffer> codeOf = new HashMap<>();

        boolean areSeveral() {
            return labelsOf.size() > 1;
        }

        boolean agree(BinaryCodes codes, Labels labels) {
            byte[] bytes = codes.toBytes();
            int width = bytes.length / codes.size();
            for (int row = 0; row < codes.size(); row++) {
                ByteBuffer code = ByteBuffer.wrap(bytes, row * width, width).slice();
                Object label = labelOf(labels, row);
                Object labelBefore = labelsOf.putIfAbsent(code, label);
                ByteBuffer codeBefore = codeOf.putIfAbsent(label, code);
                if ((labelBefore != null && !labelBefore.equals(label))
                        || (codeBefore != null && !codeBefore.equals(code))) {
                    return false;
                }
            }
            return true;
        }

        private static Object labelOf(Labels labels, int row) {
            if (labels instanceof ClassLabels classes) {
                return classes.get(row);
            }
            LabelSets sets = (LabelSets) labels;
            List<Integer> carried = new ArrayList<>();
            for (int label = 0; label < sets.labels(); label++) {
                if (sets.has(row, label)) {
                    carried.add(label);
                }
            }
            return carried;
        }
    }

    /** Whether all relevant vectors of each sampled query are nearer than all others, and some query has both. */
    private boolean isPerfect(ExternalCodes.Codes codes) {
        BinaryCodes ofQueries = codes.queries().select(queries);
        BinaryCodes ofRows = codes.database().select(rows);
        Labels queryLabels = split.queryLabels().select(queries);
        Labels rowLabels = split.databaseLabels().select(rows);
        boolean both = false;
        for (int q = 0; q < queries.length; q++) {
            int farthest = -1;
            int closest = Integer.MAX_VALUE;
            for (int row = 0; row < rows.length; row++) {
                int distance = ofQueries.distance(q, ofRows, row);
                if (queryLabels.similar(q, rowLabels, row)) {
                    farthest = Math.max(farthest, distance);
                } else {
                    closest = Math.min(closest, distance);
                }
                if (farthest >= closest) {
                    return false;
                }
            }
            both |= farthest >= 0 && closest < Integer.MAX_VALUE;
        }
        return both;
    }

    /**
     * Returns by how many standard errors the nearest vector by features is nearer by code than the mean of all; 0 if all are equally near.
     */
    private double nearness(ExternalCodes.Codes codes) {
        BinaryCodes ofQueries = codes.queries().select(queries);
        BinaryCodes ofRows = codes.database().select(rows);
        SummaryStatistics nearer = new SummaryStatistics();
        for (int q = 0; q < queries.length; q++) {
            long sum = 0;
            for (int row = 0; row < rows.length; row++) {
                sum += ofQueries.distance(q, ofRows, row);
            }
            nearer.addValue((double) sum / rows.length - ofQueries.distance(q, ofRows, nearest.ids(q)[0]));
        }
        double error = nearer.getStandardDeviation() / Math.sqrt(queries.length);
        return error > 0 ? nearer.getMean() / error : 0;
    }

    /**
     * The best mean mAP that is known at a code length.
     *
     * @param entry the method that has it, {@code METHOD} or {@code METHOD:VARIANT}
     * @param mean over its seeds
     * @param deviation the standard deviation over its seeds
     */
    record BestKnown(String entry, double mean, double deviation) {
        /** So many standard deviations above it ask for an explanation. */
        static final int DEVIATIONS = 5;

        /** Few seeds may agree by chance. */
        private static final double LEAST_DEVIATION = 0.005;

        /** The best of some results at a code length, among methods with at least two runs there. */
        static Optional<BestKnown> of(List<Results> known, int bits) {
            return known.stream()
                    .flatMap(results -> of(results, bits).stream())
                    .max(Comparator.comparingDouble(BestKnown::mean));
        }

        private static List<BestKnown> of(Results results, int bits) {
            Map<String, SummaryStatistics> byEntry = new TreeMap<>();
            for (RunResult run : results.runs()) {
                Double map = run.metrics().get(StandardMetrics.MAP.key());
                if (!run.failed() && run.key().bits() == bits && map != null) {
                    byEntry.computeIfAbsent(run.key().entry(), unused -> new SummaryStatistics())
                            .addValue(map);
                }
            }
            return byEntry.entrySet().stream()
                    .filter(entry -> entry.getValue().getN() > 1)
                    .map(entry -> new BestKnown(
                            entry.getKey(),
                            entry.getValue().getMean(),
                            entry.getValue().getStandardDeviation()))
                    .toList();
        }

        /** Whether a mAP is so far above it that it has to be explained. */
        boolean isFarBelow(double map) {
            return map > mean + DEVIATIONS * Math.max(deviation, LEAST_DEVIATION);
        }
    }
}
