package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.quantizers.Quantizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What codes keep: recall among the first rows of a database and among all, label metrics and the gain of judged rows, of distances that
 * are computed once for each query. Immutable.
 */
public final class CodeMeasures {
    private final NeighborRecall recall;
    private final List<Part> parts;
    private final @Nullable LabelMetrics labels;
    private final @Nullable JudgedGain judged;

    /**
     * The first rows of a database.
     *
     * @param rows how many
     * @param neighbors of the queries among these
     */
    public record Part(int rows, FloatNeighbors neighbors) {}

    /**
     * For a database and queries.
     *
     * @param oversamplings each at least 1
     * @param parts of the database, each with its own number of neighbors; the last is the whole
     * @param labels null where nobody says what is relevant
     * @param judged null where nobody judged
     */
    public CodeMeasures(
            List<Integer> oversamplings, List<Part> parts, @Nullable LabelMetrics labels, @Nullable JudgedGain judged) {
        this.recall = new NeighborRecall(oversamplings);
        this.parts = List.copyOf(parts);
        this.labels = labels;
        this.judged = judged;
    }

    /** What was measured. */
    public static final class Values {
        private final double[][][] recall;
        private final LabelMetrics.@Nullable PerQuery labels;
        private final double @Nullable [] gain;

        private Values(double[][][] recall, LabelMetrics.@Nullable PerQuery labels, double @Nullable [] gain) {
            this.recall = recall;
            this.labels = labels;
            this.gain = gain;
        }

        /**
         * Recall alone, as it was measured.
         *
         * @param recall for each part and oversampling, that of each query; not copied
         */
        public static Values ofRecall(double[][][] recall) {
            return new Values(recall, null, null);
        }

        /** The recall of each query in a part, at an oversampling; both by their places in the lists. */
        public double[] recall(int part, int oversampling) {
            return recall[part][oversampling].clone();
        }

        /** The label metrics among all rows; empty without labels. */
        public Optional<LabelMetrics.PerQuery> labels() {
            return Optional.ofNullable(labels);
        }

        /** The gain among all rows of each query that counts; empty without judgments. */
        public Optional<double[]> gain() {
            return gain == null ? Optional.empty() : Optional.of(gain.clone());
        }
    }

    /** How many parts there are. */
    public int parts() {
        return parts.size();
    }

    /** Measures codes of the whole database. */
    public Values of(Quantizer.Encoded codes, Quantizer.Estimates estimates) {
        double[][][] values = new double[parts.size()][recall.count()][estimates.queries()];
        LabelMetrics.PerQuery ofLabels = labels == null ? null : labels.empty();
        double[] gain = judged == null ? null : judged.empty();
        IntStream.range(0, estimates.queries()).parallel().forEach(query -> {
            float[] distances = NeighborRecall.distances(estimates.of(query), codes.size());
            for (int p = 0; p < values.length; p++) {
                Part part = parts.get(p);
                float[] ofPart = part.rows == distances.length ? distances : Arrays.copyOf(distances, part.rows);
                double[] found = recall.of(part.neighbors, query, ofPart);
                for (int o = 0; o < found.length; o++) {
                    values[p][o][query] = found[o];
                }
            }
            if (labels != null && ofLabels != null) {
                labels.put(query, distances, ofLabels);
            }
            if (judged != null && gain != null) {
                judged.put(query, distances, gain);
            }
        });
        return new Values(values, ofLabels, gain);
    }
}
