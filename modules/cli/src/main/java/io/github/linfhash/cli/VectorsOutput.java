package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of a command that writes vectors to {@code F.npy}, and their labels beside them to {@code F.labels.npy}. */
public final class VectorsOutput {
    private static final String ENDING = ".npy";

    @Option(names = "--out", paramLabel = "F.npy", required = true, description = "File to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    /**
     * Checks that both files may be written.
     *
     * @param written the rule
     * @param read files that the command reads beyond those that its options name
     * @throws InputException if they may not
     */
    public void check(WrittenFiles written, List<Path> read) {
        WrittenFiles.requireEnding(out, ENDING);
        written.check("--out", List.of(out, labelsFile()), read);
    }

    private Path labelsFile() {
        String file = out.toString();
        return Path.of(file.substring(0, file.length() - ENDING.length()) + ".labels" + ENDING);
    }

    /**
     * Writes vectors and labels, and says so.
     *
     * @param labels one entry for each vector; null if there are none
     */
    public void write(FeatureMatrix vectors, @Nullable Labels labels, PrintWriter err) throws IOException {
        if (labels != null) {
            LabelArrays.write(labelsFile(), labels);
        }
        FeatureArrays.write(out, vectors);
        err.println("wrote " + out + " (" + vectors + ")" + (labels == null ? "" : " and " + labelsFile()));
    }
}
