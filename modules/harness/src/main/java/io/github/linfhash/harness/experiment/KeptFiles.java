package io.github.linfhash.harness.experiment;

import io.github.linfhash.core.files.FileSeal;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an output folder keeps of its runs: sealed files. */
final class KeptFiles {
    private KeptFiles() {}

    /**
     * Whether a file is there as it was kept. A damaged one costs one run, not the comparison; what is written next
     * replaces it.
     *
     * @param progress where it is said that the file is damaged
     */
    static boolean intact(Path file, Progress progress) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        boolean intact = FileSeal.holds(file);
        if (!intact) {
            progress.note(file + " is not as it was kept (its checksum differs): the run is computed again");
        }
        return intact;
    }
}
