package io.github.linfhash.tasks;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.FileFailure;
import io.github.linfhash.io.npy.NpyRows;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.results.schema.SubmissionCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder of a submission, which anybody may have made: nothing is read but files of its own, no link is followed, and no file is
 * opened that is larger than what it has to hold. Codes are in {@code codes/SEED/BITS}.
 *
 * @param path where it is
 * @param submission what it says of itself
 */
public record SubmissionFolder(Path path, SubmissionCard submission) {
    private static final String CODES = "codes";
    private static final long LARGEST_YAML = 1 << 16;

    private static final String QUERIES = "query.npy";
    private static final String DATABASE = "database.npy";

    /** A header of NPY at its longest. */
    private static final long LARGEST_HEADER = (1 << 16) + 12;

    private static final int MOST_NAMED = 6;

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
        long size = sizeOf(path, Path.of(SubmissionCard.FILE));
        if (size > LARGEST_YAML) {
            throw new InputException(
                    path.resolve(SubmissionCard.FILE) + ": expected at most " + LARGEST_YAML + " bytes, found " + size);
        }
        return new SubmissionFolder(
                path, StrictReader.readTexts(path.resolve(SubmissionCard.FILE), SubmissionCard.class));
    }

    /** Where the codes are, by seed and length. */
    public Path codes() {
        return path.resolve(CODES);
    }

    /**
     * Requires codes of each seed and length of a task, as far as files tell without being read whole.
     *
     * @throws InputException if one is missing, or a file is none of codes of that length, or has not one for each row
     */
    public void requireCodes(Task task) {
        List<String> missing = new ArrayList<>();
        for (long seed : task.seeds()) {
            for (int bits : task.bits()) {
                Path place = Path.of(CODES, Long.toString(seed), Integer.toString(bits));
                for (String name : List.of(QUERIES, DATABASE)) {
                    if (isMissing(place.resolve(name))) {
                        missing.add(place.resolve(name).toString().replace('\\', '/'));
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new InputException(path + ": expected codes of each seed and length of the task, found no "
                    + String.join(", no ", missing.subList(0, Math.min(MOST_NAMED, missing.size())))
                    + (missing.size() > MOST_NAMED ? " and " + (missing.size() - MOST_NAMED) + " more missing" : ""));
        }
        for (long seed : task.seeds()) {
            for (int bits : task.bits()) {
                Path place = Path.of(CODES, Long.toString(seed), Integer.toString(bits));
                Task.Sizes sizes = task.sizesOf(seed);
                int queries = sizes.queries();
                int database = sizes.database();
                requireCodes(place.resolve(QUERIES), bits, new Rows(seed, "queries", queries, database));
                requireCodes(place.resolve(DATABASE), bits, new Rows(seed, "database vectors", database, queries));
            }
        }
    }

    /** How many rows there have to be, and how many the other of two files has. */
    private record Rows(long seed, String what, int expected, int ofOther) {}

    private void requireCodes(Path file, int bits, Rows rows) {
        long most = (long) Math.max(rows.expected(), rows.ofOther()) * bits + LARGEST_HEADER;
        long size = sizeOf(path, file);
        if (size > most) {
            throw new InputException(path.resolve(file) + ": expected at most " + most + " bytes, as codes of " + bits
                    + " bits for these " + rows.what() + " take, found " + size);
        }
        // No more is read than the header here, and the file is as long as it says.
        try (NpyRows codes = NpyRows.open(path.resolve(file))) {
            requireForm(codes, bits);
            if (codes.rows() != rows.expected()) {
                throw new InputException(codes.name() + ": expected a code for each of the " + rows.expected() + " "
                        + rows.what() + " of seed " + rows.seed() + ", found " + codes.rows()
                        + (codes.rows() == rows.ofOther()
                                ? ", as many as " + other(file) + " requires; perhaps the two were exchanged"
                                : ""));
            }
        }
    }

    private static String other(Path file) {
        return file.endsWith(QUERIES) ? DATABASE : QUERIES;
    }

    private static void requireForm(NpyRows codes, int bits) {
        int packed = (bits + 7) / 8;
        boolean elements = codes.columns() == bits && (codes.type() == NpyType.UINT8 || codes.type() == NpyType.BOOL);
        boolean bytes = codes.columns() == packed && codes.type() == NpyType.UINT8;
        if (codes.dimensions() != 2 || !(elements || bytes)) {
            throw new InputException(
                    codes.name() + ": expected codes of " + bits + " bits, packed as uint8 in " + packed
                            + " columns or as uint8 or bool of 0 and 1 in " + bits + " columns, found "
                            + codes.type().shown() + " in " + codes.columns() + " columns");
        }
    }

    private boolean isMissing(Path file) {
        Path at = path;
        for (Path step : file) {
            at = at.resolve(step);
            if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The size of a file of a folder, to which no link leads.
     *
     * @throws InputException if it is not there, or something else is
     */
    private static long sizeOf(Path folder, Path file) {
        Path at = folder;
        try {
            for (Path step : file) {
                at = at.resolve(step);
                BasicFileAttributes found =
                        Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                boolean last = at.equals(folder.resolve(file));
                if (last ? !found.isRegularFile() : !found.isDirectory()) {
                    throw new InputException(at + ": expected " + (last ? "a file" : "a folder")
                            + " of the submission's own, found "
                            + (found.isSymbolicLink()
                                    ? "a link"
                                    : found.isDirectory() ? "a folder" : "something else"));
                }
                if (last) {
                    return found.size();
                }
            }
            throw new IllegalArgumentException("a file has a name: " + file);
        } catch (NoSuchFileException e) {
            throw new InputException(at + " is missing: expected a file, found nothing", e);
        } catch (IOException e) {
            throw new InputException(at + " cannot be read: " + FileFailure.reason(e), e);
        }
    }
}
