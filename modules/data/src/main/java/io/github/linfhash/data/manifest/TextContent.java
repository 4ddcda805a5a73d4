package io.github.linfhash.data.manifest;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.vectors.LabeledTexts;
import java.nio.file.Path;

/**
 * Texts of one class each.
 *
 * @param format how they are written
 * @param rows how many texts, at least 1
 * @param labels how many classes, at least 1
 */
public record TextContent(TextFormat format, int rows, int labels) implements DatasetContent {
    public TextContent {
        if (rows < 1 || labels < 1) {
            throw new IllegalArgumentException("expected at least 1 row and 1 label, found " + rows + " and " + labels);
        }
    }

    @Override
    public int pathsPerLayout() {
        return 1;
    }

    /**
     * Reads the texts, in the order of the file.
     *
     * @param manifest the manifest that has this content
     * @param location the folder with the data set's files, as {@link DataLocator} finds it
     * @throws InputException if a file is not as its format says, or holds something else than the manifest says
     */
    public LabeledTexts read(DatasetManifest manifest, Path location, Progress progress) {
        LabeledTexts read = format.read(manifest, location, progress);
        int found = read.labels() == null ? 0 : read.labels().names().size();
        if (read.texts().size() != rows || found != labels) {
            throw new InputException(location + " does not hold " + manifest.title() + ": expected " + rows
                    + " texts of " + labels + " classes, found " + read.texts().size() + " of " + found);
        }
        return read;
    }
}
