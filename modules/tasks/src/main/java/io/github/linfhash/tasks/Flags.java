package io.github.linfhash.tasks;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.evaluation.RankMetrics;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.runner.ExternalCodes;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.protocols.protocol.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.results.schema.Results;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Looks for what has to be explained in codes that were made elsewhere. A sample of queries and of the database is drawn for each seed;
 * on it, and not on all rows, ranking and order are looked at.
 *
 * <p>The order: to each query of the sample belong the mean code distance to all rows of the sample, and the distance to the one that is
 * nearest by features. Codes that say anything of the features make the second smaller; codes of other rows do not, and the mean
 * difference is then within a few standard errors of 0.
 */
final class Flags {
    private static final int QUERIES = 500;
    private static final int ROWS = 4000;

    /** In standard errors; codes of other rows are nearer than that in one of 700 cases. */
    private static final double LEAST = 3;

    /** Queries whose class the nearest rows vote on. */
    private static final int VOTED = 2000;

    /** In standard errors; chance gives as much in one of 30,000 cases. */
    private static final double TOO_GOOD = 4;

    private final Protocol protocol;
    private final FeatureData data;
    private final Splits splits;
    private final Labels truth;
    private final List<Results> known;
    private final Map<Long, Sample> samples = new HashMap<>();
    private final Map<Long, Votes> votes = new HashMap<>();

    private Flags(Protocol protocol, FeatureData data, Splits splits, List<Results> known) {
        this.protocol = protocol;
        this.data = data;
        this.splits = splits;
        this.truth = data.truth(protocol);
        this.known = known;
    }

    /**
     * All flags of codes, in the order in which they are found.
     *
     * @param known results by the same rules, whose best mAP is compared with
     */
    static List<Flag> of(ExternalCodes codes, Protocol protocol, FeatureData data, Splits splits, List<Results> known) {
        Flags flags = new Flags(protocol, data, splits, known);
        Map<String, List<RunKey>> runs = new LinkedHashMap<>();
        for (ExternalCodes.Pair pair : codes.pairs()) {
            for (String words : flags.of(pair)) {
                runs.computeIfAbsent(words, unused -> new ArrayList<>()).add(pair.key());
            }
        }
        return runs.entrySet().stream()
                .map(entry -> new Flag(entry.getKey(), entry.getValue()))
                .toList();
    }

    private List<String> of(ExternalCodes.Pair pair) {
        ExternalCodes.Codes codes = pair.read();
        Sample sample = samples.computeIfAbsent(pair.key().seed(), this::sample);
        if (!protocol.unlabeled()) {
            if (areLabels(codes, sample.split())) {
                return List.of(Flag.LABELS);
            }
            if (sample.isPerfect(codes, truth)) {
                return List.of(Flag.PERFECT);
            }
        }
        if (sample.nearness(codes) < LEAST) {
            return List.of(ofNoUse(codes));
        }
        return protocol.unlabeled() ? List.of() : ofLabels(codes, sample, pair.key());
    }

    /** Returns the flags for codes that seem to be made with more labels than those of the seed's training rows. */
    private List<String> ofLabels(ExternalCodes.Codes codes, Sample sample, RunKey run) {
        List<String> words = new ArrayList<>();
        if (truth instanceof ClassLabels classes) {
            Split split = sample.split();
            double beyond = votes.computeIfAbsent(run.seed(), seed -> votes(split, classes))
                    .beyondFeatures(codes, split, classes);
            if (beyond > TOO_GOOD) {
                words.add(Flag.BEYOND);
            }
        }
        if (ofOtherSeeds(codes, sample, run.seed()) > TOO_GOOD) {
            words.add(Flag.OTHER_SEEDS);
        }
        BestKnown.of(known, run.bits()).ifPresent(best -> {
            double map = map(codes, sample.split());
            if (best.isFarBelow(map)) {
                words.add(Flag.best(map, best));
            }
        });
        return words;
    }

    private double map(ExternalCodes.Codes codes, Split split) {
        Relevance relevance = Relevance.bySimilarLabels(truth.select(split.query()), truth.select(split.database()));
        return new RankMetrics(HammingScan.scan(codes.queries(), codes.database(), relevance)).map();
    }

    /** The votes of the nearest rows by features on the class of some queries. */
    private static final class Votes {
        /** Places among the queries of the split. */
        private final int[] queries;

        /** For each of them, whether it is true. */
        private final boolean[] right;

        Votes(int[] queries, boolean[] right) {
            this.queries = queries;
            this.right = right;
        }

        double beyondFeatures(ExternalCodes.Codes codes, Split split, ClassLabels truth) {
            return LabelKnowledge.beyondFeatures(
                    codes.queries().select(queries),
                    codes.database(),
                    truth.select(chosen(split.query(), queries)),
                    truth.select(split.database()),
                    right);
        }
    }

    private Votes votes(Split split, ClassLabels classes) {
        int[] queries = drawn(0, "votes", split.query().length, VOTED);
        Preprocessor preprocessor = Preprocessor.fit(protocol.preprocessing(), data.raw(), split.training());
        FloatNeighbors nearest = FloatNeighbors.find(
                preprocessor.apply(data.raw(), split.database()),
                preprocessor.apply(data.raw(), chosen(split.query(), queries)),
                Math.min(LabelKnowledge.VOTERS, split.database().length),
                Similarity.EUCLIDEAN);
        boolean[] right = new boolean[queries.length];
        for (int q = 0; q < queries.length; q++) {
            Map<Integer, Integer> found = new HashMap<>();
            for (int id : nearest.ids(q)) {
                found.merge(classes.get(split.database()[id]), 1, Integer::sum);
            }
            right[q] = LabelKnowledge.most(found) == classes.get(split.query()[queries[q]]);
        }
        return new Votes(queries, right);
    }

    /** {@link LabelKnowledge#ofOtherSeeds} of the sample's queries and of rows that were free to train under any seed. */
    private double ofOtherSeeds(ExternalCodes.Codes codes, Sample sample, long seed) {
        BitSet own = new BitSet();
        BitSet elsewhere = new BitSet();
        for (long other : protocol.seeds()) {
            Split split = splits.draw(other);
            Arrays.stream(split.query()).forEach(own::set);
            Arrays.stream(split.training()).forEach(other == seed ? own::set : elsewhere::set);
        }
        int[] database = sample.split().database();
        int[] free = IntStream.range(0, database.length)
                .filter(place -> !own.get(database[place]))
                .toArray();
        if (free.length == 0) {
            // Where this seed trains on all rows, no row tells what codes know of other seeds.
            return 0;
        }
        int[] places = chosen(free, drawn(seed, "elsewhere", free.length, ROWS));
        boolean[] labeled = new boolean[places.length];
        int[] strata = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            int row = database[places[i]];
            labeled[i] = elsewhere.get(row);
            strata[i] = truth instanceof ClassLabels classes ? classes.get(row) : 0;
        }
        return LabelKnowledge.ofOtherSeeds(
                codes.queries().select(sample.queries()),
                truth.select(chosen(sample.split().query(), sample.queries())),
                codes.database().select(places),
                truth.select(chosen(database, places)),
                labeled,
                strata);
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

    /** Whether codes and labels group the rows of queries and database, taken together, in the same way. */
    private boolean areLabels(ExternalCodes.Codes codes, Split split) {
        Groups groups = new Groups();
        return groups.agree(codes.database(), truth.select(split.database()))
                && groups.agree(codes.queries(), truth.select(split.query()))
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

    private Sample sample(long seed) {
        Split split = splits.draw(seed);
        int[] queries = drawn(seed, "queries", split.query().length, QUERIES);
        int[] rows = drawn(seed, "database", split.database().length, ROWS);
        Preprocessor preprocessor = Preprocessor.fit(protocol.preprocessing(), data.raw(), split.training());
        FeatureMatrix ofRows = preprocessor.apply(data.raw(), chosen(split.database(), rows));
        FeatureMatrix ofQueries = preprocessor.apply(data.raw(), chosen(split.query(), queries));
        return new Sample(split, queries, rows, FloatNeighbors.find(ofRows, ofQueries, 1, Similarity.EUCLIDEAN));
    }

    private static int[] drawn(long seed, String part, int rows, int most) {
        return new PermutationSampler(new RandomStreams(seed).stream("flags/" + part), rows, Math.min(rows, most))
                .sample();
    }

    private static int[] chosen(int[] rows, int[] places) {
        int[] chosen = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            chosen[i] = rows[places[i]];
        }
        return chosen;
    }

    /** A sample of a split: places in its queries and in its database, and the nearest row of each query among the rows. */
    private static final class Sample {
        private final Split split;
        private final int[] queries;
        private final int[] rows;
        private final FloatNeighbors nearest;

        Sample(Split split, int[] queries, int[] rows, FloatNeighbors nearest) {
            this.split = split;
            this.queries = queries;
            this.rows = rows;
            this.nearest = nearest;
        }

        Split split() {
            return split;
        }

        int[] queries() {
            return queries;
        }

        /** Whether each query has all that is relevant nearer than all else, and some query has both. */
        boolean isPerfect(ExternalCodes.Codes codes, Labels truth) {
            BinaryCodes ofQueries = codes.queries().select(queries);
            BinaryCodes ofRows = codes.database().select(rows);
            Labels queryLabels = truth.select(chosen(split.query(), queries));
            Labels rowLabels = truth.select(chosen(split.database(), rows));
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

        /** By how many standard errors the nearest by features are nearer by code than the mean row; 0 where all are as near. */
        double nearness(ExternalCodes.Codes codes) {
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
