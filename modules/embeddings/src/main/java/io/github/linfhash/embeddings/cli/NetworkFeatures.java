package io.github.linfhash.embeddings.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.cache.FeatureCache;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.embeddings.images.Channels;
import io.github.linfhash.embeddings.images.ImageEmbedder;
import io.github.linfhash.embeddings.images.Layout;
import io.github.linfhash.embeddings.images.PixelValues;
import io.github.linfhash.experiment.runner.ImageEmbedding;
import io.github.linfhash.protocols.protocol.ImageFeatures.Network;
import io.github.linfhash.protocols.protocol.ImageFeatures.OfNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Features of a protocol's images, as {@code linfhash embed --protocol} makes them; kept once for both. */
public final class NetworkFeatures implements ImageEmbedding {
    @Override
    public FeatureMatrix embed(LabeledImages images, Path model, OfNetwork rule, Path cache, Progress progress)
            throws IOException {
        try (ImageEmbedder embedder = ImageEmbedder.open(model, options(rule))) {
            return EmbeddedRows.of(
                    embedder, images, images.sha256(), new FeatureCache(cache.resolve("features")), progress);
        } catch (InputException e) {
            throw new InputException("features.onnx: " + e.getMessage(), e);
        }
    }

    private static ImageEmbedder.Options options(OfNetwork rule) {
        Network network = rule.onnx();
        return new ImageEmbedder.Options(
                rule.side(),
                network.layout() == null ? null : Layout.valueOf(constant(network.layout())),
                range(network.values()),
                network.channels() == null ? null : Channels.valueOf(constant(network.channels())),
                network.output());
    }

    private static @Nullable PixelValues range(@Nullable String values) {
        return values == null ? null : PixelValues.named(values).orElseThrow();
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
