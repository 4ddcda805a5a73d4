package io.github.linfhash.experiment.runner;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.CandidateCurves;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.OutputCurves;
import io.github.linfhash.core.evaluation.PerQueryMetrics;
import io.github.linfhash.core.evaluation.RadiusCurves;
import io.github.linfhash.core.evaluation.RankMeasure;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.OwnDistance;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import io.github.linfhash.quantizers.hashing.HashingQuantizer;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a run.
 *
 * @param codesHash SHA-256 of the codes, or of what stands for them
 * @param parameters the number of learned parameters
 * @param modelBytes the bytes of the learned arrays that encoding needs; null where they are not known
 * @param metrics values by key
 * @param curves curves by name
 * @param seconds wall-clock times by phase
 * @param queries values of single queries by key, whose means are among the metrics
 * @param retrieval what a search by Hamming distance finds; null where the codes are compared in another way
 */
public record Measurement(
        String codesHash,
        long parameters,
        @Nullable Long modelBytes,
        Map<String, Double> metrics,
        Map<String, double[]> curves,
        Map<String, Double> seconds,
        Map<String, double[]> queries,
        @Nullable Retrieval retrieval) {
    /**
     * The codes of a run that are compared by Hamming distance.
     *
     * @param function what made them; null where that is not known
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

        /** Measures them. */
        Measurement measure(PreparedSplit trial, Conventions conventions) {
            long start = System.nanoTime();
            Retrieval retrieval = trial.search(queries.codes(), database.codes());
            Map<String, Double> metrics = new LinkedHashMap<>(StandardMetrics.evaluate(retrieval, conventions));
            metrics.putAll(StandardMetrics.onRequest(trial.metrics(), retrieval, conventions));
            Map<String, double[]> curves = new LinkedHashMap<>(curves());
            curves.putAll(RadiusCurves.of(retrieval, conventions));
            curves.putAll(CandidateCurves.of(retrieval, conventions));
            Map<String, double[]> ofQueries = new LinkedHashMap<>(
                    PerQueryMetrics.of(retrieval, conventions, trial.metrics()).all());
            Map<String, double[]> near = neighbors(trial, retrieval, conventions);
            ofQueries.putAll(near);
            long evaluated = System.nanoTime();
            if (function != null && queries.outputs() != null && database.outputs() != null) {
                metrics.putAll(StandardMetrics.evaluate(
                        Metric.Source.OUTPUTS,
                        retrieval.withOutputs(queries.outputs(), database.outputs()),
                        conventions));
                EncoderOutputs outputs = EncoderOutputs.of(function, queries.outputs());
                metrics.putAll(outputs.metrics());
                curves.putAll(outputs.curves());
            }
            if (function instanceof OwnDistance own && trial.metrics().contains(StandardMetrics.OWN_MAP.key())) {
                metrics.put(
                        StandardMetrics.OWN_MAP.key(),
                        trial.map(q -> own.distances(queries.codes(), q, database.codes())));
            }
            if (!near.isEmpty()) {
                metrics.putAll(NeighborValues.means(near));
                double bytes = Math.ceil(database.codes().bits() / 8.0);
                metrics.put(StandardMetrics.BYTES.key(), bytes);
                Long model = modelBytes();
                if (model != null) {
                    metrics.put(
                            StandardMetrics.BYTES_AT_N.key(),
                            bytes + (double) model / database.codes().size());
                }
            }
            Map<String, Double> all = new LinkedHashMap<>(seconds);
            all.put(StandardMetrics.EVALUATE.key(), (evaluated - start) / 1e9);
            String hash = Run.hash(queries.codes(), database.codes());
            return new Measurement(hash, parameters(), modelBytes(), metrics, curves, all, ofQueries, retrieval);
        }

        /** Measures neighbor recall at each oversampling and precision at 10 of each query, by key; empty if the protocol has no neighbors. */
        private Map<String, double[]> neighbors(PreparedSplit trial, Retrieval retrieval, Conventions conventions) {
            PreparedSplit.Neighborhood near = trial.neighborhood();
            if (near == null) {
                return Map.of();
            }
            BinaryCodes codes = database.codes();
            double[][] recall = new NeighborRecall(StandardMetrics.OVERSAMPLINGS)
                    .of(near.truth(), codes.size(), HashingQuantizer.estimates(codes, queries.codes()));
            Map<String, double[]> values = NeighborValues.of(oversampling -> recall[oversampling]);
            values.put(
                    StandardMetrics.PRECISION_TOP_10.key(),
                    RankMeasure.precision(10).perQuery(retrieval, conventions));
            return values;
        }
    }

    /**
     * The statistics that results keep of the continuous outputs for queries. Encoders alone have them: their N outputs are meant to be antipodal.
     *
     * @param metrics numbers by key
     * @param curves lists of numbers by name
     */
    public record EncoderOutputs(Map<String, Double> metrics, Map<String, double[]> curves) {
        private static final EncoderOutputs NONE = new EncoderOutputs(Map.of(), Map.of());

        /**
         * The curves of {@link OutputCurves} and its mean error of scaled outputs; nothing of another method.
         *
         * @param outputs the real outputs of the queries
         */
        public static EncoderOutputs of(HashFunction function, FeatureMatrix outputs) {
            return function instanceof NetworkHashFunction
                    ? new EncoderOutputs(
                            Map.of(StandardMetrics.QUANTIZATION.key(), OutputCurves.scaledQuantizationError(outputs)),
                            OutputCurves.of(outputs))
                    : NONE;
        }
    }

    /** How many float neighbors codes keep, under the keys of {@link StandardMetrics#NEIGHBOR_RECALLS}. */
    static final class NeighborValues {
        private NeighborValues() {}

        /** The values of each query, at the oversampling of each place in {@link StandardMetrics#OVERSAMPLINGS}. */
        static Map<String, double[]> of(IntFunction<double[]> recall) {
            Map<String, double[]> values = new LinkedHashMap<>();
            for (int o = 0; o < StandardMetrics.OVERSAMPLINGS.size(); o++) {
                values.put(StandardMetrics.NEIGHBOR_RECALLS.get(o).key(), recall.apply(o));
            }
            return values;
        }

        /** The mean over the queries of each. */
        static Map<String, Double> means(Map<String, double[]> queries) {
            Map<String, Double> means = new LinkedHashMap<>();
            queries.forEach((key, values) ->
                    means.put(key, Arrays.stream(values).average().orElseThrow()));
            return means;
        }
    }
}
