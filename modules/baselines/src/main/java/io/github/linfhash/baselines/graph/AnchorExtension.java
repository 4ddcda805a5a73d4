package io.github.linfhash.baselines.graph;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How any rows, in the graph's data or not, are joined to its anchors; it does not hold the data's own Z. Safe for
 * threads.
 */
final class AnchorExtension {
    private static final Map<String, AnchorWeights> RULES =
            Map.of("gaussian", AnchorWeights.GAUSSIAN, "lae", AnchorWeights.LAE);

    private final AnchorSearch search;
    private final AnchorWeights weights;
    private final double sigma;
    private final LocalWeights rule;

    /** Takes the search of the anchors, how weights are found, and the bandwidth, a distance greater than 0. */
    AnchorExtension(AnchorSearch search, AnchorWeights weights, double sigma) {
        this.search = search;
        this.weights = weights;
        this.sigma = sigma;
        this.rule = weights.fit(search.anchors(), sigma);
    }

    /** The m x d anchors. */
    FeatureMatrix anchors() {
        return search.anchors();
    }

    /** Z of k x d values, row-major. */
    SparseWeights of(float[] rows) {
        return weigh(search.find(rows));
    }

    SparseWeights weigh(Neighbours neighbours) {
        return neighbours.weigh(rule);
    }

    ModelState addTo(ModelState state) {
        FeatureMatrix anchors = anchors();
        return state.with("nearest", search.nearest())
                .with("sigma", sigma)
                .with("weights", weights.name().toLowerCase(Locale.ROOT))
                .with("anchors", ModelArray.floats(anchors.toArray(), anchors.rows(), anchors.dimension()));
    }

    static AnchorExtension read(StateReader in) {
        int m = in.rows("anchors");
        FeatureMatrix anchors = FeatureMatrix.owning(m, in.inputs(), in.floats("anchors", m, in.inputs()));
        String rule = in.word("weights", RULES.keySet().stream().sorted().toList());
        return new AnchorExtension(
                new AnchorSearch(anchors, in.count("nearest", 1, m)),
                Objects.requireNonNull(RULES.get(rule)),
                in.number("sigma", Double.MIN_NORMAL, Double.MAX_VALUE));
    }
}
