package io.github.linfhash.embeddings.cli;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.vectors.LabeledTexts;
import io.github.linfhash.embeddings.texts.PublishedModels;
import io.github.linfhash.embeddings.texts.SentenceModel;
import io.github.linfhash.experiment.home.ProjectHome;
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
            description = "Texts: a line each in .txt, or a column of .csv or .tsv, whose first row names the columns.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--column",
            paramLabel = "C",
            description = "The column of the texts: its name, or its number from 0 (default: text).")
    private @Nullable String column;

    @Option(
            names = "--label-column",
            paramLabel = "L",
            description = "The column of the classes (default: label, class, category or target, if there is one).")
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
