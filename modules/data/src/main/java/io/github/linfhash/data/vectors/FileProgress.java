package io.github.linfhash.data.vectors;

import io.github.linfhash.core.progress.Progress;
import java.io.File;
import java.nio.file.Path;
import java.util.function.Function;

/** Shows how much of a file is read. */
final class FileProgress {
    private FileProgress() {}

    /**
     * Reads a file.
     *
     * @param passes how often the reader reads the whole file; 0 if it does not say how far it is
     */
    static <T> T show(Path file, int passes, Progress progress, Function<Progress.Task, T> reader) {
        // A file that is not there has length 0; the reader will say so.
        long bytes = new File(file.toString()).length();
        try (Progress.Task task = progress.begin("reading " + file.getFileName(), Math.max(1, bytes * passes))) {
            T content = reader.apply(task);
            if (passes == 0) {
                task.advance(1);
            }
            return content;
        }
    }
}
