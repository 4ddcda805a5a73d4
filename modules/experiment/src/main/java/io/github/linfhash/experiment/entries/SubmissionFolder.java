package io.github.linfhash.experiment.entries;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.results.board.SubmissionCard;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of a submission, which anybody may have made: nothing is read but files of its own, no link is followed, and no file is
 * opened that is larger than what it has to hold.
 *
 * @param path where it is
 * @param submission what it says of itself
 */
public record SubmissionFolder(Path path, SubmissionCard submission) {
    private static final long LARGEST_YAML = 1 << 16;

    /**
     * Reads what a submission says of itself.
     *
     * @throws InputException if it is not there or not right
     */
    public static SubmissionFolder read(Path path) {
        if (!Files.isDirectory(path)) {
            throw new InputException(path + ": expected the folder of a submission, found "
                    + (Files.exists(path) ? "a file" : "nothing"));
        }
        long size = CodesFolder.sizeOf(path, Path.of(SubmissionCard.FILE));
        if (size > LARGEST_YAML) {
            throw new InputException(
                    path.resolve(SubmissionCard.FILE) + ": expected at most " + LARGEST_YAML + " bytes, found " + size);
        }
        return new SubmissionFolder(
                path, StrictReader.readTexts(path.resolve(SubmissionCard.FILE), SubmissionCard.class));
    }

    /** Where the codes are, by seed and length. */
    public Path codes() {
        return path.resolve(CodesFolder.CODES);
    }

    /**
     * Requires codes of each seed and length of a task, as far as files tell without being read whole.
     *
     * @throws InputException if one is missing, or a file is none of codes of that length, or has not one for each row
     */
    public void requireCodes(Task task) {
        new CodesFolder(path).require(task);
    }
}
