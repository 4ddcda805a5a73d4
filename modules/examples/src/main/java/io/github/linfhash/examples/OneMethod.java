package io.github.linfhash.examples;

import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.experiment.registry.MethodRegistry;
import java.util.Map;

/** Train, encode, evaluate: one method without a protocol. */
public final class OneMethod {
    private OneMethod() {}

    /**
     * The metrics of a method with its default options and seed 0.
     *
     * @param database features that are searched, and learned from; n x d
     * @param classes of the rows of the database
     * @param queries m x d
     * @param queryClasses of the queries
     */
    public static Map<String, Double> evaluate(
            String method,
            int bits,
            FeatureMatrix database,
            Labels classes,
            FeatureMatrix queries,
            Labels queryClasses) {
        HashFunction function = MethodRegistry.standard()
                .method(method)
                .train(new TrainingSet(database, classes, database), bits, TrainingContext.quiet(0));
        Relevance relevance = Relevance.bySimilarLabels(queryClasses, classes);
        return StandardMetrics.evaluate(Retrieval.of(function.encode(queries), function.encode(database), relevance));
    }
}
