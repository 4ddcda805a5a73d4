package io.github.linfhash.harness.experiment;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.harness.home.ProjectHome;
import io.github.linfhash.protocols.dataset.DataLocator;
import io.github.linfhash.protocols.dataset.DatasetManifest;
import io.github.linfhash.protocols.dataset.ImageContent;
import io.github.linfhash.protocols.features.FeatureCache;
import io.github.linfhash.protocols.gist.GistOptions;
import io.github.linfhash.protocols.images.ImageShape;
import io.github.linfhash.protocols.images.LabelledImages;
import io.github.linfhash.protocols.protocol.DataSource;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.reports.results.DatasetSummary;
import io.github.linfhash.reports.results.FeatureSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From a protocol to the features of its rows.
 *
 * @param home where manifests, embedded data and the cache are
 * @param progress where to say how far it is
 */
public record Preparation(ProjectHome home, Progress progress) {
    private static final int LARGEST_SIDE = 512;

    /**
     * Finds and reads the images and extracts their features, or takes the features from the cache.
     *
     * @param data the folder that the user named, or null
     * @throws io.github.linfhash.core.errors.InputException if the data set is not there or its files are not right
     * @throws IOException if the cache cannot be written
     */
    public FeatureData prepare(Protocol protocol, @Nullable Path data) throws IOException {
        if (protocol.data() instanceof DataSource.OfSet source) {
            return prepare(protocol, source, data);
        }
        throw new IllegalStateException("no way to read " + protocol.data().shown());
    }

    private FeatureData prepare(Protocol protocol, DataSource.OfSet source, @Nullable Path data) throws IOException {
        DataLocator locator = new DataLocator(home.root(), home.cache());
        DatasetManifest manifest = locator.manifest(source.set());
        if (manifest.content() instanceof ImageContent content) {
            requireRoom(source.padTo(), content.shape(), manifest.title());
            Path location = locator.locate(manifest, Optional.ofNullable(data));
            LabelledImages images = content.read(manifest, location, progress);
            return ofImages(protocol, manifest, images, source.padTo());
        }
        throw new IllegalStateException("no way to read " + source.shown());
    }

    private FeatureData ofImages(
            Protocol protocol, DatasetManifest manifest, LabelledImages images, @Nullable Integer side)
            throws IOException {
        GistOptions gist = protocol.features();
        if (gist == null) {
            throw new InputException("protocol " + protocol.name() + ": expected the key 'features', which says how "
                    + "the images of " + manifest.title() + " become vectors, found none");
        }
        DatasetSummary dataset = new DatasetSummary(
                manifest.name(),
                manifest.title(),
                images.sha256(),
                images.size(),
                protocol.reproducesPaper(),
                false,
                List.of());
        LabelledImages padded = side == null ? images : images.padded(side, side);
        FeatureMatrix raw = new FeatureCache(home.cache().resolve("features")).gist(padded, gist, progress);
        FeatureSummary features = new FeatureSummary("GIST-" + raw.dimension(), raw.sha256(), raw.dimension());
        return new FeatureData(raw, images.labels(), dataset, features);
    }

    private static void requireRoom(@Nullable Integer side, ImageShape shape, String title) {
        int least = Math.max(shape.width(), shape.height());
        if (side != null && (side < least || side > LARGEST_SIDE)) {
            throw new InputException("data.padTo: expected a side from " + least + " to " + LARGEST_SIDE + " for the "
                    + "images of " + title + ", found " + side);
        }
    }
}
