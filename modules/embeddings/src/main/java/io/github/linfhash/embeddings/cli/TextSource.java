package io.github.linfhash.embeddings.cli;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.embeddings.texts.PublishedModels;
import io.github.linfhash.embeddings.texts.SentenceModel;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.formats.vectors.LabeledTexts;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Texts, and the model that embeds them. */
final class TextSource {
    @Option(
            names = "--texts",
            paramLabel = "FILE",
            required = true,
            description = "Texts: one per line in .txt, or a column of .csv or .tsv with a header.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--column",
            paramLabel = "C",
            description = "Column of the texts: its name, or its number from 0 (default: text).")
    private @Nullable String column;

    @Option(
            names = "--label-column",
            paramLabel = "L",
            description = "Column of the classes (default: label, class, category or target, if present).")
    private @Nullable String labelColumn;

    @Option(
            names = "--model",
            paramLabel = "M",
            required = true,
            description = "all-minilm-l6-v2, bge-small-en-v15 or e5-small-v2.")
    private String model = "";

    EmbeddedRows embed(ProjectHome home, Progress progress) throws IOException {
        // A name that is none is said before anything is read.
        SentenceModel.named(model);
        LabeledTexts read = LabeledTexts.read(file, column, labelColumn, progress);
        FeatureMatrix vectors = new PublishedModels().embed(read.texts(), model, home.cache(), progress);
        return new EmbeddedRows(
                vectors, read.labels() == null ? null : read.labels().labels());
    }
}
