package io.github.linfhash.baselines.graph;

import io.github.linfhash.baselines.encoding.CodeLength;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.Optional;

/**
 * Hashing with graphs (Liu, Wang, Kumar, Chang, ICML 2011), trained on all unlabelled rows.
 *
 * <p>The anchors are K-means centres, started at a uniform sample of the rows (stream "anchors").
 */
public final class Agh implements HashingMethod {
    private static final String CITATION = "W. Liu, J. Wang, S. Kumar, S.-F. Chang: Hashing with Graphs, ICML 2011";

    /** The registration of the method with one layer. */
    public static final MethodSpec<AghOptions> ONE_LAYER = new MethodSpec<>(
                    "agh1",
                    "AGH1",
                    CITATION,
                    MethodSpec.Supervision.UNSUPERVISED,
                    AghOptions.DEFAULTS,
                    options -> new Agh(options, Layers.ONE),
                    state -> AnchorHashFunction.restore(state, Layers.ONE))
            .fitting((data, options) -> Optional.of(options.fitting(data)));

    /** The registration of the method with two layers. */
    public static final MethodSpec<AghOptions> TWO_LAYERS = new MethodSpec<>(
                    "agh2",
                    "AGH2",
                    CITATION,
                    MethodSpec.Supervision.UNSUPERVISED,
                    AghOptions.DEFAULTS,
                    options -> new Agh(options, Layers.TWO),
                    state -> AnchorHashFunction.restore(state, Layers.TWO))
            .fitting((data, options) -> Optional.of(options.fitting(data)));

    private final AghOptions options;
    private final Layers layers;

    private Agh(AghOptions options, Layers layers) {
        this.options = options;
        this.layers = layers;
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        int functions = layers.functions(bits);
        FeatureMatrix data = training.unlabelled();
        if (data.rows() < options.anchors()) {
            throw new InputException("AGH needs at least as many unlabelled rows as anchors: there are " + data.rows()
                    + " rows for " + options.anchors() + " anchors.");
        }
        FeatureMatrix anchors = new KMeans(options.anchors(), options.clusteringIterations())
                .centres(data, context.random().stream("anchors"), context.progress());
        AnchorGraph graph = AnchorGraph.of(data, anchors, options);
        double[][] embedding = GraphEmbedding.of(graph, functions);
        return new AnchorHashFunction(graph.extension(), embedding, layers.fit(graph, embedding), bits);
    }
}
