package io.github.linfhash.io.files;

import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checksummed files that an output folder keeps of its runs. */
public final class CheckedFiles {
    /** For a run that the command was asked for. */
    public static final String COMPUTED_AGAIN = "computed again";

    /** For a run that would only be shown along. */
    public static final String LEFT_OUT = "left out";

    private CheckedFiles() {}

    /**
     * Whether a file is there as it was kept. A damaged one costs one run, not the comparison; what is written next
     * replaces it.
     *
     * @param progress where it is said that the file is damaged
     * @param consequence what that leads to: {@link #COMPUTED_AGAIN} or {@link #LEFT_OUT}
     */
    public static boolean intact(Path file, Progress progress, String consequence) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        boolean intact = FileSeal.holds(file);
        if (!intact) {
            progress.note(file + " has changed since it was written (its checksum differs): the run is " + consequence);
        }
        return intact;
    }
}
