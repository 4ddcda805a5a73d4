package io.github.linfhash.quantizers.flatness;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.antisparse.AntiSparseMap;
import io.github.linfhash.quantizers.rotation.HadamardMap;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.quantizers.rotation.Maps;
import io.github.linfhash.quantizers.sign.ItqSign;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Rotations of vectors about their mean, or of their first N principal components where N is less than d. */
public enum LinearRepresentation implements Representation {
    /** The first N coordinates as they are. */
    IDENTITY(false),
    /** The principal components, not rotated. */
    PCA(false),
    /** A random rotation; with more values than coordinates, the vectors in a random frame, with the least Euclidean norm. */
    ROTATION(true),
    /** A random rotation by Hadamard transforms of blocks. */
    HADAMARD(true),
    /** The rotation that iterative quantization learns, from a random start. */
    ITQ(true);

    private static final int ITQ_ITERATIONS = 50;
    private static final int ITQ_SAMPLE = 16_384;

    private final boolean random;

    LinearRepresentation(boolean random) {
        this.random = random;
    }

    @Override
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean random() {
        return random;
    }

    @Override
    public boolean keepsProducts() {
        return true;
    }

    @Override
    public Optional<Fitted> fit(FeatureMatrix database, int width, RandomStreams streams) {
        return width > database.dimension() && this != ROTATION
                ? Optional.empty()
                : Optional.of(Fitted.same(map(database, width, streams)));
    }

    private UnaryOperator<FeatureMatrix> map(FeatureMatrix database, int width, RandomStreams streams) {
        int d = database.dimension();
        float[] mean = Maps.mean(database);
        return switch (this) {
            case IDENTITY -> Maps.first(width, mean)::apply;
            case PCA -> components(database, width, mean)::apply;
            case ROTATION ->
                width > d
                        ? AntiSparseMap.of(database, d, width, 1, streams)::spread
                        : Maps.rotatedComponents(database, width, mean, streams)::apply;
            case HADAMARD -> {
                HadamardMap ofAll = HadamardMap.inBlocks(new float[width], streams.stream("hadamard"));
                LinearMap kept = width == d ? Maps.first(d, mean) : components(database, width, mean);
                yield vectors -> ofAll.apply(kept.apply(vectors));
            }
            case ITQ ->
                new ItqSign(new ItqSign.Options(width, ITQ_ITERATIONS, ITQ_SAMPLE, Distance.ASYMMETRIC))
                        .map(database, streams)::apply;
        };
    }

    private static LinearMap components(FeatureMatrix database, int width, float[] mean) {
        return LinearMap.of(Maps.principalComponents(database, width), mean);
    }
}
