package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.quantizers.Quantizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The measures of codes: recall among the first rows of a database, how much that depends on the rows that were drawn, label metrics, and the gain of
 * judged rows, of distances that are computed once for each query. Immutable.
 */
public final class CodeMeasures {
    private final NeighborRecall recall;
    private final Rescoring rescoring;
    private final List<Part> parts;
    private final @Nullable LabelMetrics labels;
    private final @Nullable JudgedGain judged;

    /**
     * The first rows of a database.
     *
     * @param rows how many
     * @param neighbors of the queries among these
     * @param further the same and further neighbors, so that some are left where a group of rows is left out; null where none is
     */
    public record Part(
            int rows, FloatNeighbors neighbors, @Nullable FloatNeighbors further) {
        /** A part of which no groups are left out. */
        public Part(int rows, FloatNeighbors neighbors) {
            this(rows, neighbors, null);
        }
    }

    /**
     * For a database and queries.
     *
     * @param oversamplings each at least 1
     * @param parts of the database, each with its own number of neighbors
     * @param mostRescored the largest oversampling at which they are rescored
     * @param labels of the first rows of the database; null where nobody says what is relevant
     * @param judged of all of its rows; null where nobody judged
     */
    public CodeMeasures(
            List<Integer> oversamplings,
            List<Part> parts,
            int mostRescored,
            @Nullable LabelMetrics labels,
            @Nullable JudgedGain judged) {
        this.recall = new NeighborRecall(oversamplings);
        this.rescoring = new Rescoring(
                oversamplings.stream().filter(factor -> factor <= mostRescored).toList());
        this.parts = List.copyOf(parts);
        this.labels = labels;
        this.judged = judged;
    }

    /** The measured values. */
    public static final class Values {
        private final double[][][] recall;
        private final double[][][][] leavingOut;
        private final double[][][] rescored;
        private final LabelMetrics.@Nullable PerQuery labels;
        private final double @Nullable [] gain;

        /**
         * Values as they were measured; not copied.
         *
         * @param recall for each part and oversampling, that of each query
         * @param leavingOut for each part and oversampling, and each group of rows, that of each query without the group; of no groups where
         *     none was left out
         * @param rescored for each kind of what is kept of vectors, and each oversampling, that of each query in the first part
         * @param labels null without labels
         * @param gain null without judgments
         */
        public Values(
                double[][][] recall,
                double[][][][] leavingOut,
                double[][][] rescored,
                LabelMetrics.@Nullable PerQuery labels,
                double @Nullable [] gain) {
            this.recall = recall;
            this.leavingOut = leavingOut;
            this.rescored = rescored;
            this.labels = labels;
            this.gain = gain;
        }

        /** How many parts were measured. */
        public int parts() {
            return recall.length;
        }

        /** The recall of each query in a part, at an oversampling; both by their places in the lists. */
        public double[] recall(int part, int oversampling) {
            return recall[part][oversampling].clone();
        }

        /** Returns the recall of each query without each of {@link NeighborRecall#GROUPS} groups of rows; of no groups where none was left out. */
        public double[][] leavingOut(int part, int oversampling) {
            return Arrays.stream(leavingOut[part][oversampling])
                    .map(double[]::clone)
                    .toArray(double[][]::new);
        }

        /** How many kinds of what is kept of vectors rescored. */
        public int kept() {
            return rescored.length;
        }

        /** At how many of the oversamplings, from the first on. */
        public int rescoredFactors() {
            return rescored.length == 0 ? 0 : rescored[0].length;
        }

        /** The recall of each query in the first part after rescoring by one of what is kept, at an oversampling; both by their places. */
        public double[] rescored(int kind, int oversampling) {
            return rescored[kind][oversampling].clone();
        }

        /** The label metrics among the labeled rows; empty without labels. */
        public Optional<LabelMetrics.PerQuery> labels() {
            return Optional.ofNullable(labels);
        }

        /** The gain among all rows of each query that counts; empty without judgments. */
        public Optional<double[]> gain() {
            return gain == null ? Optional.empty() : Optional.of(gain.clone());
        }
    }

    /** Measures codes of the rows of all parts and of the labeled ones, or of all rows where some are judged. */
    public Values of(Quantizer.Encoded codes, Quantizer.Estimates estimates) {
        return of(codes, estimates, List.of());
    }

    /**
     * Measures codes, and what rescoring finds in the first part.
     *
     * @param kept estimates of the same queries to what may be kept of the vectors of the first part
     */
    public Values of(Quantizer.Encoded codes, Quantizer.Estimates estimates, List<Quantizer.Estimates> kept) {
        int m = estimates.queries();
        double[][][] values = new double[parts.size()][recall.count()][m];
        double[][][][] without = new double[parts.size()][recall.count()][][];
        for (int p = 0; p < without.length; p++) {
            int groups = parts.get(p).further == null ? 0 : NeighborRecall.GROUPS;
            Arrays.setAll(without[p], o -> new double[groups][m]);
        }
        double[][][] rescored = new double[kept.size()][rescoring.count()][m];
        LabelMetrics.PerQuery ofLabels = labels == null ? null : labels.empty();
        double[] gain = judged == null ? null : judged.empty();
        estimates.forEach(codes.size(), (query, distances) -> {
            for (int p = 0; p < values.length; p++) {
                int at = p;
                Part part = parts.get(p);
                float[] ofPart = first(part.rows, distances);
                double[] found = recall.of(part.neighbors, query, ofPart);
                put(found, values[p], query);
                if (p == 0 && !kept.isEmpty()) {
                    int[] candidates = rescoring.candidates(ofPart, part.neighbors.perQuery());
                    for (int kind = 0; kind < rescored.length; kind++) {
                        Distances ofKept = kept.get(kind).forQuery(query);
                        put(rescoring.of(part.neighbors, query, candidates, ofKept), rescored[kind], query);
                    }
                }
                if (part.further != null) {
                    recall.leavingOut(
                            part.neighbors.perQuery(),
                            part.further.ids(query),
                            ofPart,
                            (o, group, share) -> without[at][o][group][query] = share);
                }
            }
            if (labels != null && ofLabels != null) {
                labels.put(query, first(labels.rows(), distances), ofLabels);
            }
            if (judged != null && gain != null) {
                judged.put(query, distances, gain);
            }
        });
        return new Values(values, without, rescored, ofLabels, gain);
    }

    /** Returns the recall that full-precision vectors have by definition, without labels and judgments. */
    public Values ofFloats(int queries) {
        double[] ones = new double[queries];
        Arrays.fill(ones, 1);
        double[][][] values = new double[parts.size()][recall.count()][];
        double[][][][] without = new double[parts.size()][recall.count()][][];
        for (int p = 0; p < values.length; p++) {
            Arrays.fill(values[p], ones);
            double[][] groups = new double[parts.get(p).further == null ? 0 : NeighborRecall.GROUPS][];
            Arrays.fill(groups, ones);
            Arrays.fill(without[p], groups);
        }
        return new Values(values, without, new double[0][][], null, null);
    }

    private static void put(double[] ofFactors, double[][] values, int query) {
        for (int o = 0; o < ofFactors.length; o++) {
            values[o][query] = ofFactors[o];
        }
    }

    private static float[] first(int rows, float[] distances) {
        return rows == distances.length ? distances : Arrays.copyOf(distances, rows);
    }
}
