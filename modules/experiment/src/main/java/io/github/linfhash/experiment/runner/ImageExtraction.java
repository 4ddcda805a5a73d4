package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.data.cache.FeatureCache;
import io.github.linfhash.data.gist.Gist;
import io.github.linfhash.data.gist.GistOptions;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.data.manifest.ModelManifest;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.protocols.protocol.ImageFeatures;
import io.github.linfhash.protocols.protocol.ImageFeatures.Network;
import io.github.linfhash.protocols.protocol.ImageFeatures.OfGist;
import io.github.linfhash.protocols.protocol.ImageFeatures.OfNetwork;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.schema.FeatureSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** How a protocol's images become features, which are kept in the cache. */
sealed interface ImageExtraction {
    /** The features of images, a row for each. */
    FeatureMatrix extract(LabeledImages images) throws IOException;

    /** What features of a dimension are called. */
    String name(int dimension);

    /**
     * What a protocol says.
     *
     * @throws InputException if a network is asked for and is not there or another one, or is named and not asked for
     */
    static ImageExtraction of(Protocol protocol, Preparation preparation) {
        ImageFeatures features = protocol.features();
        if (features instanceof OfNetwork network) {
            return new ByNetwork(
                    Preparation.extra(ImageEmbedding.class, protocol, "features of images by a network"),
                    file(network.onnx(), preparation),
                    network,
                    preparation);
        }
        if (preparation.model() != null) {
            throw new InputException("--network: expected none, as protocol " + protocol.name()
                    + " has no features of a network, found " + preparation.model());
        }
        return features instanceof OfGist gist ? new ByGist(gist.options(), preparation) : new None(protocol.name());
    }

    /** The file of a network, which has the digest that it has to have. */
    private static Path file(Network network, Preparation preparation) {
        Path model = preparation.model();
        if (network.model() != null) {
            return ModelManifest.read(
                            preparation.home().protocols().resolve("models").resolve(network.model() + ".yaml"))
                    .locate(model, preparation.home().cache());
        }
        Path file = model == null ? preparation.base().resolve(Objects.requireNonNull(network.file())) : model;
        if (network.sha256() != null && !network.sha256().equals(sha256(file))) {
            throw new InputException(file + " is not the network of the protocol: expected SHA-256 " + network.sha256()
                    + ", found " + sha256(file));
        }
        return file;
    }

    private static String sha256(Path file) {
        try {
            return Digests.sha256(file);
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + StrictInput.reason(e), e);
        }
    }

    /** GIST. */
    record ByGist(GistOptions options, Preparation preparation) implements ImageExtraction {
        @Override
        public FeatureMatrix extract(LabeledImages images) throws IOException {
            FeatureCache cache = new FeatureCache(preparation.home().cache().resolve("features"));
            return new Gist(options).extract(images, cache, preparation.progress());
        }

        @Override
        public String name(int dimension) {
            return "GIST-" + dimension;
        }
    }

    /** The output of a network. */
    record ByNetwork(ImageEmbedding embedding, Path file, OfNetwork rule, Preparation preparation)
            implements ImageExtraction {
        @Override
        public FeatureMatrix extract(LabeledImages images) throws IOException {
            return embedding.embed(images, file, rule, preparation.home().cache(), preparation.progress());
        }

        @Override
        public String name(int dimension) {
            String called = Objects.requireNonNullElse(rule.onnx().model(), String.valueOf(file.getFileName()));
            return FeatureSummary.NETWORK + called + ", side " + rule.side();
        }
    }

    /** A protocol of vectors, or one that says nothing of its images. */
    record None(String protocol) implements ImageExtraction {
        @Override
        public FeatureMatrix extract(LabeledImages images) {
            throw new InputException("protocol " + protocol + ": expected the key 'features', which says how images"
                    + " become vectors, found none");
        }

        @Override
        public String name(int dimension) {
            return FeatureSummary.AS_GIVEN;
        }
    }
}
