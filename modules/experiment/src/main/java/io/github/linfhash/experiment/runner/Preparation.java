package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.cache.FeatureCache;
import io.github.linfhash.data.duplicates.DuplicateRows;
import io.github.linfhash.data.gist.Gist;
import io.github.linfhash.data.gist.GistOptions;
import io.github.linfhash.data.images.ImageFolder;
import io.github.linfhash.data.images.ImageShape;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.data.manifest.DataLocator;
import io.github.linfhash.data.manifest.DatasetContent.FeatureContent;
import io.github.linfhash.data.manifest.DatasetContent.ImageContent;
import io.github.linfhash.data.manifest.DatasetContent.TextContent;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.data.manifest.ModelManifest;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.formats.vectors.LabeledFeatures;
import io.github.linfhash.formats.vectors.LabeledTexts;
import io.github.linfhash.formats.vectors.NamedLabels;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.protocols.protocol.DataSource.OfImageFolder;
import io.github.linfhash.protocols.protocol.DataSource.OfSet;
import io.github.linfhash.protocols.protocol.DataSource.OfVectors;
import io.github.linfhash.protocols.protocol.ImageFeatures;
import io.github.linfhash.protocols.protocol.ImageFeatures.Network;
import io.github.linfhash.protocols.protocol.ImageFeatures.OfGist;
import io.github.linfhash.protocols.protocol.ImageFeatures.OfNetwork;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.Protocol.Augmentation;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing;
import io.github.linfhash.protocols.split.UnseenClassesSplit;
import io.github.linfhash.quantizers.neighbors.NeighborCache;
import io.github.linfhash.quantizers.neighbors.NeighborCache.NeighborSearch;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.ProtocolSummary.FeatureSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From a protocol to the features of its rows.
 *
 * @param home where manifests, embedded data and the cache are
 * @param base the folder that relative paths of the protocol start from
 * @param model the network that the user names for features of images; null for the file in the cache folder, where the
 *     protocol's features are of a published one
 * @param progress where to say how far it is
 */
public record Preparation(
        ProjectHome home, Path base, @Nullable Path model, Progress progress) {
    private static final int LARGEST_SIDE = 512;

    /** Where the user names no network. */
    public Preparation(ProjectHome home, Path base, Progress progress) {
        this(home, base, null, progress);
    }

    /**
     * Finds and reads the rows. Features of images are extracted or taken from the cache; vectors are taken as given.
     *
     * @param data the folder that the user named, or null
     * @throws InputException if the data set is not there or its files are not right, or if linear algebra computes
     *     wrongly on this processor, so that nothing could be made of the features
     * @throws IOException if the cache cannot be written
     */
    public FeatureData prepare(Protocol protocol, @Nullable Path data) throws IOException {
        return prepare(protocol, data, read -> {});
    }

    /** A check of the rows as soon as they are read, before anything is computed from them. */
    @FunctionalInterface
    public interface DataCheck {
        /**
         * Looks at what was read.
         *
         * @throws InputException if nothing is to be done with these data
         */
        void look(DatasetSummary read) throws IOException;
    }

    /** Finds and reads the rows, and checks them before anything is computed from them. */
    public FeatureData prepare(Protocol protocol, @Nullable Path data, DataCheck check) throws IOException {
        // Said before anything is read.
        ImageExtraction extraction = ImageExtraction.of(protocol, this);
        if (protocol.data() instanceof OfSet source) {
            return ofSet(protocol, source, data, extraction, check);
        }
        requireNoData(protocol, data);
        Identity own = new Identity(protocol.name(), protocol.title(), protocol.reproducesPaper());
        if (protocol.data() instanceof OfVectors source) {
            LabeledFeatures searched = ownVectors(base.resolve(source.features()), source);
            if (source.queries() == null) {
                return ofVectors(protocol, own, searched, FeatureSummary.AS_GIVEN, List.of(), check);
            }
            Path others = base.resolve(source.queries());
            FeatureMatrix queries = FeatureFiles.read(others, source.layout(), progress);
            int dimension = searched.features().dimension();
            if (queries.dimension() != dimension) {
                throw new InputException(others + ": expected vectors of " + dimension
                        + " dimensions, as data.features has, found " + queries.dimension());
            }
            return ofVectors(
                    protocol,
                    own,
                    withQueries(searched, queries, "queries"),
                    FeatureSummary.AS_GIVEN,
                    List.of("queries are from another file: " + others.getFileName()),
                    check,
                    searched.features().rows());
        }
        OfImageFolder source = (OfImageFolder) protocol.data();
        ImageFolder.Found found = folder(source, source.side());
        return ofImages(protocol, own, found.images(), null, found.facts(), extraction, check);
    }

    /**
     * The images of a protocol as they are, without their features.
     *
     * @param data the folder that the user named, or null
     * @param side the side of squares that images of a folder are brought to; those of a data set keep their size
     * @throws InputException if the protocol's rows are no images, or are not there or not right
     * @throws IOException if the folder of data sets cannot be listed
     */
    public LabeledImages images(Protocol protocol, @Nullable Path data, int side) throws IOException {
        if (protocol.data() instanceof OfImageFolder source) {
            requireNoData(protocol, data);
            return folder(source, side).images();
        }
        if (protocol.data() instanceof OfSet source) {
            DataLocator locator = new DataLocator(home.root(), home.cache());
            DatasetManifest manifest = locator.manifest(source.set());
            if (manifest.content() instanceof ImageContent content) {
                return content.read(manifest, locator.locate(manifest, Optional.ofNullable(data)), progress);
            }
        }
        throw new InputException("protocol " + protocol.name() + ": expected a protocol of images, found one of "
                + protocol.data().shown() + ", which has none");
    }

    private LabeledFeatures ownVectors(Path features, OfVectors source) {
        if (source.labels() != null) {
            return LabeledFeatures.read(features, base.resolve(source.labels()), source.layout(), progress);
        }
        FeatureFiles.requireUse(source.layout(), List.of(features));
        FeatureMatrix vectors = FeatureFiles.read(features, source.layout(), progress);
        return new LabeledFeatures(vectors, ClassLabels.of(new int[vectors.rows()]), List.of("unlabeled"), false);
    }

    private static void requireNoData(Protocol protocol, @Nullable Path data) {
        if (data != null) {
            throw new InputException(
                    "--data: expected none, as protocol " + protocol.name() + " names its own files, found " + data);
        }
    }

    private ImageFolder.Found folder(OfImageFolder source, int side) {
        ImageFolder.Found found = ImageFolder.read(
                base.resolve(source.images()),
                side,
                source.skips() ? ImageFolder.Unreadable.LEFT_OUT : ImageFolder.Unreadable.REFUSED,
                progress);
        found.leftOut().forEach(fault -> progress.note("left out: " + fault));
        return found;
    }

    /** The name and title of a data set, and whether the protocol reproduces the paper. */
    private record Identity(String name, String title, boolean reproducesPaper) {}

    private FeatureData ofSet(
            Protocol protocol, OfSet source, @Nullable Path data, ImageExtraction extraction, DataCheck check)
            throws IOException {
        DataLocator locator = new DataLocator(home.root(), home.cache());
        DatasetManifest manifest = locator.manifest(source.set());
        Identity identity = new Identity(manifest.name(), manifest.title(), protocol.reproducesPaper());
        if (manifest.content() instanceof ImageContent content) {
            requireRoom(source.padTo(), content.shape(), manifest.title());
            Path location = locator.locate(manifest, Optional.ofNullable(data));
            return ofImages(
                    protocol,
                    identity,
                    content.read(manifest, location, progress),
                    source.padTo(),
                    List.of(),
                    extraction,
                    check);
        }
        if (manifest.content() instanceof TextContent content) {
            LabeledTexts texts = content.read(manifest, locator.locate(manifest, Optional.ofNullable(data)), progress);
            return ofTexts(protocol, identity, source, texts, check);
        }
        if (source.queries() != null) {
            throw new InputException(
                    "data.queries: expected none, as " + manifest.title() + " has no texts, found " + source.queries());
        }
        if (source.embedding() != null) {
            throw new InputException("data.embedding: expected none, as " + manifest.title() + " has no texts, found "
                    + source.embedding());
        }
        FeatureContent content = (FeatureContent) manifest.content();
        if (source.padTo() != null) {
            throw new InputException(
                    "data.padTo: expected none, as " + manifest.title() + " has no images, found " + source.padTo());
        }
        LabeledFeatures read = content.read(manifest, locator.locate(manifest, Optional.ofNullable(data)), progress);
        return ofVectors(protocol, identity, read, content.features(), content.facts(read, manifest), check);
    }

    private FeatureData ofTexts(Protocol protocol, Identity identity, OfSet source, LabeledTexts texts, DataCheck check)
            throws IOException {
        String named = source.embedding();
        if (named == null) {
            throw new InputException("protocol " + protocol.name()
                    + ": expected the key 'data.embedding', the model that" + " makes vectors of texts, found none");
        }
        TextEmbedding embedding = extra(TextEmbedding.class, protocol, "vectors of texts");
        FeatureMatrix vectors = embedding.embed(texts.texts(), named, home.cache(), progress);
        NamedLabels labels = Objects.requireNonNull(texts.labels(), "a data set of texts has classes");
        LabeledFeatures read = new LabeledFeatures(vectors, labels.labels(), labels.names(), false);
        String features = FeatureSummary.EMBEDDING + named;
        if (source.queries() == null) {
            return ofVectors(protocol, identity, read, features, List.of(), check);
        }
        DataLocator locator = new DataLocator(home.root(), home.cache());
        DatasetManifest others = locator.manifest(source.queries());
        if (others.name().equals(identity.name()) || !(others.content() instanceof TextContent content)) {
            throw new InputException("data.queries: expected another data set of texts than " + source.set()
                    + ", found " + others.name());
        }
        List<String> asked = content.read(others, locator.locate(others, Optional.empty()), progress)
                .texts();
        LabeledFeatures both = withQueries(read, embedding.embed(asked, named, home.cache(), progress), others.name());
        String fact = "queries are from another data set: " + others.title();
        return ofVectors(protocol, identity, both, features, List.of(fact), check, vectors.rows());
    }

    /** With vectors of another data set behind them, which are of one class more: labels of two data sets have nothing in common. */
    private static LabeledFeatures withQueries(LabeledFeatures read, FeatureMatrix queries, String name) {
        FeatureMatrix own = read.features();
        float[] values = Arrays.copyOf(own.toArray(), (own.rows() + queries.rows()) * own.dimension());
        System.arraycopy(queries.toArray(), 0, values, own.rows() * own.dimension(), queries.rows() * own.dimension());
        int[] labels = Arrays.copyOf(((ClassLabels) read.labels()).toArray(), own.rows() + queries.rows());
        Arrays.fill(labels, own.rows(), labels.length, read.labelNames().size());
        List<String> names =
                Stream.concat(read.labelNames().stream(), Stream.of(name)).toList();
        return new LabeledFeatures(
                FeatureMatrix.owning(labels.length, own.dimension(), values), ClassLabels.of(labels), names, false);
    }

    private FeatureData ofImages(
            Protocol protocol,
            Identity identity,
            LabeledImages images,
            @Nullable Integer side,
            List<String> facts,
            ImageExtraction extraction,
            DataCheck check)
            throws IOException {
        DatasetSummary dataset = summary(identity, images.sha256(), images.size(), false, facts);
        check.look(dataset);
        FeatureMatrix raw = extraction.extract(padded(images, side));
        // Of all images, as every seed trains on others.
        FeatureMatrix mirrored =
                protocol.augment() == Augmentation.MIRROR ? extraction.extract(padded(images.mirrored(), side)) : null;
        String hash = raw.sha256();
        if (mirrored != null) {
            hash = Digests.sha256(hash + "/" + mirrored.sha256());
            dataset = dataset.withFact(
                    "supervised methods were also trained on mirror images: " + DatasetSummary.INCOMPARABLE);
        }
        FeatureSummary features = new FeatureSummary(extraction.name(raw.dimension()), hash, raw.dimension());
        Labels labels = images.labels().named(images.classNames());
        return new FeatureData(
                raw,
                mirrored,
                labels,
                withFacts(dataset, protocol, raw, labels, raw.rows()),
                features,
                keptNeighbors(),
                raw.rows());
    }

    /** The one service of an extra, which is a program of its own. */
    static <T> T extra(Class<T> service, Protocol protocol, String what) {
        return ServiceLoader.load(service)
                .findFirst()
                .orElseThrow(
                        () -> new InputException(
                                "protocol " + protocol.name()
                                        + ": expected the extra 'embeddings', which makes " + what
                                        + ", found none beside this program. Use the archive linfhash-embeddings, or put its jar on the class path"));
    }

    private static LabeledImages padded(LabeledImages images, @Nullable Integer side) {
        return side == null ? images : images.padded(side, side);
    }

    private FeatureData ofVectors(
            Protocol protocol,
            Identity identity,
            LabeledFeatures read,
            String name,
            List<String> facts,
            DataCheck check)
            throws IOException {
        return ofVectors(
                protocol, identity, read, name, facts, check, read.features().rows());
    }

    private FeatureData ofVectors(
            Protocol protocol,
            Identity identity,
            LabeledFeatures read,
            String name,
            List<String> facts,
            DataCheck check,
            int searchable)
            throws IOException {
        if (protocol.features() != null) {
            throw new InputException("protocol " + protocol.name() + ": expected no key 'features', as its data are "
                    + "vectors already, found one");
        }
        FeatureMatrix raw = read.features();
        FeatureSummary features = new FeatureSummary(name, raw.sha256(), raw.dimension());
        String hash = Digests.sha256(features.hash() + "/" + read.labels().sha256());
        DatasetSummary dataset = summary(identity, hash, raw.rows(), read.synthetic(), facts);
        check.look(dataset);
        Labels labels = read.labels() instanceof ClassLabels classes ? classes.named(read.labelNames()) : read.labels();
        return new FeatureData(
                raw,
                null,
                labels,
                withFacts(dataset, protocol, raw, labels, searchable),
                features,
                keptNeighbors(),
                searchable);
    }

    private NeighborSearch keptNeighbors() {
        return new NeighborCache(home.cache().resolve("neighbors")).search(progress);
    }

    /** With what is to be known of unseen classes and of duplicates, of which a reader of results could not know. */
    private DatasetSummary withFacts(
            DatasetSummary dataset, Protocol protocol, FeatureMatrix raw, Labels labels, int searchable) {
        DatasetSummary warned = dataset;
        for (String warning :
                DataWarnings.of(labels, raw, protocol.preprocessing().normalize() == Preprocessing.Norm.L2)) {
            progress.note(warning);
            warned = warned.withFact(warning);
        }
        return withDuplicates(
                protocol.split() instanceof UnseenClassesSplit rule
                        ? warned.withFact(unseen(rule, labels, protocol.seeds()))
                        : warned,
                protocol,
                raw,
                labels,
                searchable);
    }

    private static String unseen(UnseenClassesSplit rule, Labels labels, List<Long> seeds) {
        return seeds.stream()
                .map(seed -> String.join(", ", rule.unseenNames(labels, seed)) + " (seed " + seed + ")")
                .collect(Collectors.joining(
                        "; ", rule.groups() == null ? "unseen classes: " : "groups of unseen classes: ", ""));
    }

    private DatasetSummary withDuplicates(
            DatasetSummary dataset, Protocol protocol, FeatureMatrix raw, Labels labels, int searchable) {
        try (Progress.Task task = progress.begin("looking for duplicates", 1)) {
            String fact = DuplicateFacts.of(
                    FeatureData.rule(protocol, raw.rows(), searchable),
                    DuplicateRows.of(raw),
                    labels,
                    protocol.seeds());
            task.advance(1);
            return dataset.withFact(fact);
        }
    }

    private static DatasetSummary summary(
            Identity identity, String hash, int rows, boolean synthetic, List<String> facts) {
        return new DatasetSummary(
                identity.name(), identity.title(), hash, rows, identity.reproducesPaper(), synthetic, facts);
    }

    private static void requireRoom(@Nullable Integer side, ImageShape shape, String title) {
        int least = Math.max(shape.width(), shape.height());
        if (side != null && (side < least || side > LARGEST_SIDE)) {
            throw new InputException("data.padTo: expected a side from " + least + " to " + LARGEST_SIDE + " for the "
                    + "images of " + title + ", found " + side);
        }
    }

    /** How a protocol's images become features, which are kept in the cache. */
    private sealed interface ImageExtraction {
        /** The features of images, a row for each. */
        FeatureMatrix extract(LabeledImages images) throws IOException;

        /** Returns the name of features of a dimension. */
        String name(int dimension);

        /**
         * Returns the extraction that a protocol asks for.
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
            return features instanceof OfGist gist
                    ? new ByGist(gist.options(), preparation)
                    : new None(protocol.name());
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
                throw new InputException(file + " is not the network of the protocol: expected SHA-256 "
                        + network.sha256() + ", found " + sha256(file));
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
                throw new InputException("protocol " + protocol
                        + ": expected the key 'features', which selects the features of images, found none");
            }

            @Override
            public String name(int dimension) {
                return FeatureSummary.AS_GIVEN;
            }
        }
    }
}
