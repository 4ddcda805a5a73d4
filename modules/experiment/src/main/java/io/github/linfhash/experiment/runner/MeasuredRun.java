package io.github.linfhash.experiment.runner;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.CandidateCurves;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.OutputCurves;
import io.github.linfhash.core.evaluation.RadiusCurves;
import io.github.linfhash.core.evaluation.RankMeasure;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.MethodDistance;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import io.github.linfhash.quantizers.hashing.HashingQuantizer;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a run.
 *
 * @param codesHash SHA-256 of the packed codes or, for quantizers, of estimated distances
 * @param parameters the number of learned parameters
 * @param modelBytes the bytes of the learned arrays that encoding needs; null if unknown
 * @param metrics the values of the metrics, including those of single queries
 * @param curves curves by name
 * @param seconds wall-clock times by phase
 */
public record MeasuredRun(
        String codesHash,
        long parameters,
        @Nullable Long modelBytes,
        List<Metric.Value> metrics,
        Map<String, double[]> curves,
        Map<String, Double> seconds) {
    /**
     * The codes of a run that are compared by Hamming distance.
     *
     * @param function the function that made them; null if unknown
     * @param seconds wall-clock times by phase
     */
    record Made(Encoded queries, Encoded database, @Nullable HashFunction function, Map<String, Double> seconds) {
        private long parameters() {
            return function == null ? 0 : function.parameters();
        }

        private @Nullable Long modelBytes() {
            return function == null ? null : function.state().bytes();
        }

        private Map<String, double[]> curves() {
            return function == null ? Map.of() : function.curves();
        }

        /** Measures the codes. */
        MeasuredRun measure(PreparedSplit split, Conventions conventions) {
            long start = System.nanoTime();
            Retrieval retrieval = split.search(queries.codes(), database.codes());
            List<Metric.Value> metrics =
                    new ArrayList<>(StandardMetrics.measure(split.metrics(), retrieval, conventions));
            Map<String, double[]> curves = new LinkedHashMap<>(curves());
            curves.putAll(RadiusCurves.of(retrieval, conventions));
            curves.putAll(CandidateCurves.of(retrieval, conventions));
            List<Metric.Value> near = neighbors(split, retrieval, conventions);
            long evaluated = System.nanoTime();
            if (function != null && queries.outputs() != null && database.outputs() != null) {
                metrics.add(StandardMetrics.REAL_MAP.measured(
                        retrieval.withOutputs(queries.outputs(), database.outputs()), conventions));
                EncoderOutputs outputs = EncoderOutputs.of(function, queries.outputs());
                metrics.addAll(outputs.metrics());
                curves.putAll(outputs.curves());
            }
            if (function instanceof MethodDistance own && split.metrics().contains(StandardMetrics.OWN_MAP.key())) {
                metrics.add(Metric.Value.of(
                        StandardMetrics.OWN_MAP, split.map(q -> own.distances(queries.codes(), q, database.codes()))));
            }
            if (!near.isEmpty()) {
                metrics.addAll(near);
                double bytes = Math.ceil(database.codes().bits() / 8.0);
                metrics.add(Metric.Value.of(StandardMetrics.BYTES, bytes));
                Long model = modelBytes();
                if (model != null) {
                    metrics.add(Metric.Value.of(
                            StandardMetrics.BYTES_AT_N,
                            bytes + (double) model / database.codes().size()));
                }
            }
            Map<String, Double> all = new LinkedHashMap<>(seconds);
            all.put(StandardMetrics.EVALUATE.key(), (evaluated - start) / 1e9);
            String hash = Run.hash(queries.codes(), database.codes());
            return new MeasuredRun(hash, parameters(), modelBytes(), metrics, curves, all);
        }

        /** Measures neighbor recall at each oversampling and precision at 10; nothing if the protocol has no neighbors. */
        private List<Metric.Value> neighbors(PreparedSplit split, Retrieval retrieval, Conventions conventions) {
            PreparedSplit.Neighborhood near = split.neighborhood();
            if (near == null) {
                return List.of();
            }
            BinaryCodes codes = database.codes();
            double[][] recall = new NeighborRecall(StandardMetrics.OVERSAMPLINGS)
                    .of(near.truth(), codes.size(), HashingQuantizer.estimates(codes, queries.codes()));
            return neighborValues(
                    oversampling -> recall[oversampling],
                    RankMeasure.precision(10).perQuery(retrieval, conventions));
        }
    }

    /**
     * Returns the recall of the nearest neighbors by full-precision vectors, and the precision.
     *
     * @param recall the values of the queries at the oversampling of each place in {@link StandardMetrics#OVERSAMPLINGS}
     * @param precision the precision of the first 10 of each query
     */
    static List<Metric.Value> neighborValues(IntFunction<double[]> recall, double[] precision) {
        List<Metric.Value> values = new ArrayList<>();
        for (int o = 0; o < StandardMetrics.OVERSAMPLINGS.size(); o++) {
            values.add(Metric.Value.mean(StandardMetrics.NEIGHBOR_RECALLS.get(o), recall.apply(o)));
        }
        values.add(Metric.Value.mean(StandardMetrics.PRECISION_TOP_10, precision));
        return values;
    }

    /**
     * The statistics of the continuous outputs for queries that results contain. Only encoders have them: their N outputs are meant to be antipodal.
     *
     * @param metrics numbers
     * @param curves lists of numbers by name
     */
    public record EncoderOutputs(List<Metric.Value> metrics, Map<String, double[]> curves) {
        private static final EncoderOutputs NONE = new EncoderOutputs(List.of(), Map.of());

        /**
         * Returns the curves of {@link OutputCurves} and the mean error of scaled outputs; empty for methods that are not encoders.
         *
         * @param outputs the continuous outputs of the queries
         */
        public static EncoderOutputs of(HashFunction function, FeatureMatrix outputs) {
            return function instanceof NetworkHashFunction
                    ? new EncoderOutputs(
                            List.of(Metric.Value.of(
                                    StandardMetrics.QUANTIZATION, OutputCurves.scaledQuantizationError(outputs))),
                            OutputCurves.of(outputs))
                    : NONE;
        }
    }

    /**
     * The output of a hash function for some rows.
     *
     * @param codes a code for each row
     * @param outputs the real outputs behind the codes, a row for each; null where the method has none
     */
    record Encoded(BinaryCodes codes, @Nullable FeatureMatrix outputs) {
        static Encoded of(HashFunction function, FeatureMatrix features) {
            if (function instanceof RealOutputs real) {
                RealOutputs.Encoding both = real.encodeWithOutputs(features);
                return new Encoded(both.codes(), both.outputs());
            }
            return new Encoded(function.encode(features), null);
        }

        Encoded select(int[] rows) {
            return new Encoded(codes.select(rows), outputs == null ? null : outputs.select(rows));
        }
    }
}
