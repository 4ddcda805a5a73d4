package io.github.linfhash.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.io.binding.StrictReader;
import java.util.Map;

/** The output of {@code evaluate}: the sizes of an experiment and its metrics. */
public final class MetricsJson {
    private static final JsonMapper JSON = new JsonMapper();

    private MetricsJson() {}

    /** The standard metrics with the sizes, as indented JSON that ends in a line break. */
    public static String standard(Retrieval retrieval) {
        return of(retrieval, StandardMetrics.evaluate(retrieval));
    }

    /**
     * Some metrics of an experiment by key, in the same form.
     *
     * @throws io.github.linfhash.codes.NonFiniteException if a number is NaN or infinite; the sentence says where
     */
    public static String of(Retrieval retrieval, Map<String, Double> values) {
        DistanceHistograms histograms = retrieval.histograms();
        ObjectNode json = JSON.createObjectNode()
                .put("bits", histograms.bits())
                .put("queries", histograms.queries())
                .put("database", histograms.databaseSize());
        ObjectNode metrics = json.putObject("metrics");
        values.forEach(metrics::put);
        return StrictReader.toJson(json) + "\n";
    }
}
