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
import java.util.stream.Collectors;

/**
 * The folder of a submission. It may come from anybody, so links are not followed, and files larger than their content requires are not
 * opened. Codes are in {@code codes/SEED/BITS}.
 *
 * @param path the folder
 * @param submission its description
 */
public record SubmissionFolder(Path path, SubmissionCard submission) {
    private static final String CODES = "codes";
    private static final long LARGEST_YAML = 1 << 16;

    private static final String QUERIES = "query.npy";
    private static final String DATABASE = "database.npy";

    /** The longest header of an NPY file, in bytes. */
    private static final long LARGEST_HEADER = (1 << 16) + 12;

    private static final int MOST_NAMED = 6;

    /**
     * Reads the description of a submission.
     *
     * @throws InputException if it is missing or malformed
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

    /** Returns the folder of the codes, which has a folder for each seed. */
    public Path codes() {
        return path.resolve(CODES);
    }

    /**
     * Requires codes of each seed and length of a task; only the headers of the files are read.
     *
     * @throws InputException if a file is missing, contains no codes of that length, or has not one code for each vector
     */
    public void requireCodes(Task task) {
        List<String> missing = new ArrayList<>();
        List<Integer> whole = new ArrayList<>(task.bits());
        for (long seed : task.seeds()) {
            for (int bits : task.bits()) {
                Path place = Path.of(CODES, Long.toString(seed), Integer.toString(bits));
                for (String name : List.of(QUERIES, DATABASE)) {
                    if (isMissing(place.resolve(name))) {
                        missing.add(place.resolve(name).toString().replace('\\', '/'));
                        whole.remove((Integer) bits);
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new InputException(path + ": expected codes of each seed and length of the task, found no "
                    + String.join(", no ", missing.subList(0, Math.min(MOST_NAMED, missing.size())))
                    + (missing.size() > MOST_NAMED ? " and " + (missing.size() - MOST_NAMED) + " more missing" : "")
                    + (whole.isEmpty()
                            ? ""
                            : "; for a method of these code lengths alone, create the task with --bits "
                                    + whole.stream().map(String::valueOf).collect(Collectors.joining(","))));
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

    /** The number of codes that a file must contain, and that of the other file of its folder. */
    private record Rows(long seed, String what, int expected, int ofOther) {}

    private void requireCodes(Path file, int bits, Rows rows) {
        long most = (long) Math.max(rows.expected(), rows.ofOther()) * bits + LARGEST_HEADER;
        long size = sizeOf(path, file);
        if (size > most) {
            throw new InputException(path.resolve(file) + ": expected at most " + most + " bytes, as codes of " + bits
                    + " bits for these " + rows.what() + " take, found " + size);
        }
        // Reads only the header, and checks that the file is as long as it says.
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
     * Returns the size of a file of the folder that is reached without a link, in bytes.
     *
     * @throws InputException if there is no such file, or something else of this name
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
