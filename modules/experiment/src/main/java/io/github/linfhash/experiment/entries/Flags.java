package io.github.linfhash.experiment.entries;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.runner.ExternalCodes;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.protocols.protocol.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final Protocol protocol;
    private final FeatureData data;
    private final Splits splits;
    private final Labels truth;
    private final Map<Long, Sample> samples = new HashMap<>();

    private Flags(Protocol protocol, FeatureData data, Splits splits) {
        this.protocol = protocol;
        this.data = data;
        this.splits = splits;
        this.truth = protocol.split().truth(data.labels());
    }

    /** All flags of codes, in the order in which they are found. */
    static List<Flag> of(ExternalCodes codes, Protocol protocol, FeatureData data, Splits splits) {
        Flags flags = new Flags(protocol, data, splits);
        Map<String, List<RunKey>> runs = new LinkedHashMap<>();
        for (ExternalCodes.Pair pair : codes.pairs()) {
            flags.of(pair)
                    .ifPresent(words -> runs.computeIfAbsent(words, unused -> new ArrayList<>())
                            .add(pair.key()));
        }
        return runs.entrySet().stream()
                .map(entry -> new Flag(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Optional<String> of(ExternalCodes.Pair pair) {
        ExternalCodes.Codes codes = pair.read();
        Sample sample = samples.computeIfAbsent(pair.key().seed(), this::sample);
        if (!protocol.unlabeled()) {
            if (areLabels(codes, sample.split())) {
                return Optional.of(Flag.LABELS);
            }
            if (sample.isPerfect(codes, truth)) {
                return Optional.of(Flag.PERFECT);
            }
        }
        return sample.nearness(codes) < LEAST ? Optional.of(ofNoUse(codes)) : Optional.empty();
    }

    /** Why codes say nothing of the features: they are no more different ones than bits, or those of other rows. */
    private static String ofNoUse(ExternalCodes.Codes codes) {
        int queries = different(codes.queries());
        int database = different(codes.database());
        int few = codes.database().bits();
        if (database == 1 || queries == 1) {
            return Flag.constant(
                    database == 1 ? (queries == 1 ? "queries and of the database" : "database") : "queries");
        }
        if (database <= few) {
            return Flag.few(database, codes.database().size() + " rows of the database");
        }
        return queries <= few ? Flag.few(queries, codes.queries().size() + " queries") : Flag.ORDER;
    }

    private static int different(BinaryCodes codes) {
        byte[] bytes = codes.toBytes();
        int width = bytes.length / codes.size();
        Set<ByteBuffer> seen = new HashSet<>();
        for (int row = 0; row < codes.size(); row++) {
            seen.add(ByteBuffer.wrap(bytes, row * width, width).slice());
        }
        return seen.size();
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
}
