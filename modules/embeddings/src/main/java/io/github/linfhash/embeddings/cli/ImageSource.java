package io.github.linfhash.embeddings.cli;

import io.github.linfhash.cli.ProtocolSelection;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.cache.FeatureCache;
import io.github.linfhash.data.images.ColorImages;
import io.github.linfhash.data.images.ImageFolder;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.embeddings.images.Channels;
import io.github.linfhash.embeddings.images.ImageEmbedder;
import io.github.linfhash.embeddings.images.Layout;
import io.github.linfhash.embeddings.images.PixelValues;
import io.github.linfhash.experiment.environment.ProjectHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Images, and the model that embeds them. */
final class ImageSource {
    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Images images;

    @Option(names = "--network", paramLabel = "FILE", required = true, description = "ONNX model that takes images.")
    @SuppressWarnings("NullAway.Init")
    private Path model;

    @Option(
            names = "--side",
            paramLabel = "N",
            description = "Side of the model's square input in pixels (default: read from the model).")
    private @Nullable Integer side;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "nchw or nhwc (default: by the position of the three channels in the input).")
    private @Nullable Layout layout;

    @Option(
            names = "--values",
            paramLabel = "RANGE",
            description = "Range of input values: 0..255, 0..1, -1..1 or imagenet, which is 0..1 minus ImageNet's"
                    + " mean, divided by its standard deviation (default: read from the model).")
    private @Nullable String values;

    @Option(
            names = "--channels",
            paramLabel = "ORDER",
            description = "rgb or bgr (default: read from the model, or rgb).")
    private @Nullable Channels channels;

    @Option(
            names = "--output-name",
            paramLabel = "NAME",
            description = "Output that contains the embedding, if there are several.")
    private @Nullable String output;

    /** Either of two. */
    private static final class Images {
        @Option(
                names = "--images",
                paramLabel = "DIR",
                description = "Folder with one subfolder of .jpg, .png or .webp images per class.")
        private @Nullable Path folder;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable ProtocolSelection protocol;
    }

    /** The files that are read beyond those that options name. */
    List<Path> files(ProjectHome home) throws IOException {
        return images.protocol == null ? List.of() : images.protocol.files(home, images.protocol.protocol(home));
    }

    EmbeddedRows embed(ProjectHome home, FeatureCache cache, Progress progress) throws IOException {
        PixelValues range = values == null
                ? null
                : PixelValues.named(values)
                        .orElseThrow(() -> new InputException("--values: expected one of "
                                + String.join(", ", PixelValues.titles()) + ", found '" + values + "'"));
        ImageEmbedder.Options options = new ImageEmbedder.Options(side, layout, range, channels, output);
        try (ImageEmbedder embedder = ImageEmbedder.open(model, options)) {
            progress.note(model + " takes " + embedder.shown());
            if (images.folder != null) {
                ImageFolder folder = ImageFolder.list(images.folder, embedder.side());
                return embed(embedder, folder, folder.labels(), folder.sha256(progress), cache, progress);
            }
            LabeledImages read = ofProtocol(home, embedder.side(), progress);
            return embed(embedder, read, read.labels(), read.sha256(), cache, progress);
        }
    }

    private static EmbeddedRows embed(
            ImageEmbedder embedder,
            ColorImages images,
            ClassLabels labels,
            String sha256,
            FeatureCache cache,
            Progress progress)
            throws IOException {
        return new EmbeddedRows(EmbeddedRows.of(embedder, images, sha256, cache, progress), labels);
    }

    private LabeledImages ofProtocol(ProjectHome home, int square, Progress progress) throws IOException {
        if (images.protocol == null) {
            throw new IllegalStateException("picocli requires one of both");
        }
        return images.protocol.images(home, images.protocol.protocol(home), square, progress);
    }
}
