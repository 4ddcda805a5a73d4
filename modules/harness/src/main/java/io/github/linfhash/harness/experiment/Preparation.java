package io.github.linfhash.harness.experiment;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.harness.home.ProjectHome;
import io.github.linfhash.protocols.dataset.DataLocator;
import io.github.linfhash.protocols.dataset.DatasetManifest;
import io.github.linfhash.protocols.features.FeatureCache;
import io.github.linfhash.protocols.images.ImageShape;
import io.github.linfhash.protocols.images.LabelledImages;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.reports.results.DatasetSummary;
import io.github.linfhash.reports.results.FeatureSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From a protocol to the features of its images.
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
    public ImageFeatures prepare(Protocol protocol, @Nullable Path data) throws IOException {
        DataLocator locator = new DataLocator(home.root(), home.cache());
        DatasetManifest manifest = locator.manifest(protocol.data().set());
        Integer side = protocol.data().padTo();
        requireRoom(side, manifest);
        LabelledImages images = manifest.load(locator.locate(manifest, Optional.ofNullable(data)), progress);
        DatasetSummary dataset = new DatasetSummary(
                manifest.name(), manifest.title(), images.sha256(), images.size(), protocol.reproducesPaper());
        LabelledImages padded = side == null ? images : images.padded(side, side);
        FeatureMatrix raw =
                new FeatureCache(home.cache().resolve("features")).gist(padded, protocol.features(), progress);
        FeatureSummary features = new FeatureSummary("GIST-" + raw.dimension(), raw.sha256(), raw.dimension());
        return new ImageFeatures(raw, images.labels(), dataset, features);
    }

    private static void requireRoom(@Nullable Integer side, DatasetManifest manifest) {
        ImageShape shape = manifest.content().shape();
        int least = Math.max(shape.width(), shape.height());
        if (side != null && (side < least || side > LARGEST_SIDE)) {
            throw new InputException("data.padTo: expected a side from " + least + " to " + LARGEST_SIDE + " for the "
                    + "images of " + manifest.title() + ", found " + side);
        }
    }
}
