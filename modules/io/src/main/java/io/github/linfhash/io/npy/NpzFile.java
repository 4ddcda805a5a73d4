package io.github.linfhash.io.npy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.io.input.StrictInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Arrays in NumPy's .npz files: a zip archive with one .npy file for each array, as {@code numpy.savez} and {@code
 * numpy.savez_compressed} write it.
 *
 * <p>{@code FILE.npz} stands for the array that is called as one would expect, or the only one; {@code FILE.npz:NAME}
 * for another. Nothing is unpacked to disk. Archives are untrusted: at most 1,000 members; an array of more than 64 MiB
 * may not be compressed to less than a hundredth; no more is read than the array's header says, and its CRC must be right.
 *
 * @param file the archive
 * @param array the name of the wanted array, or null
 */
public record NpzFile(Path file, @Nullable String array) {
    private static final String ENDING = ".npz";
    private static final String MEMBER_ENDING = ".npy";
    private static final int MOST_MEMBERS = 1000;
    private static final long ALWAYS_ALLOWED = 1 << 26;
    private static final long LARGEST_RATIO = 100;

    /** Takes FILE.npz or FILE.npz:NAME apart. */
    public static NpzFile of(Path path) {
        String text = path.toString();
        int end = text.lastIndexOf(ENDING + ":");
        if (end < 0 || Files.exists(path)) {
            return new NpzFile(path, null);
        }
        int name = end + ENDING.length() + 1;
        return new NpzFile(path.getFileSystem().getPath(text.substring(0, name - 1)), text.substring(name));
    }

    /** Whether a path is FILE.npz or FILE.npz:NAME. */
    public static boolean isOne(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(ENDING) || name.contains(ENDING + ":");
    }

    /**
     * Reads rows of features: of the array called {@code features} or {@code X}, unless another is named.
     *
     * @param kept the rows that are wanted
     * @param notes told once if the elements are of another type than float32
     * @throws InputException if the file is no such archive, has no such array, or it holds no features
     */
    public FeatureMatrix features(RowSelectionCollector kept, Consumer<String> notes) {
        return read(List.of("features", "X"), in -> FeatureArrays.read(in, kept, notes));
    }

    /**
     * Reads labels: the array called {@code labels} or {@code y}, unless another is named.
     *
     * @param notes told once if classes are of another type than int64 or int32, or in a column
     * @throws InputException if the file is no such archive, has no such array, or it holds no labels
     */
    public Labels labels(Consumer<String> notes) {
        return read(List.of("labels", "y"), in -> LabelArrays.read(in, notes));
    }

    /**
     * Reads ids of neighbors: the array called {@code ids}, unless another is named.
     *
     * @return m x k whole numbers
     * @throws InputException if the file is no such archive, has no such array, or it holds something else
     */
    public NpyArray ids() {
        return read(List.of("ids"), NeighborArrays::readIds);
    }

    private <T> T read(List<String> usual, Function<StrictInput, T> reader) {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + " is missing: expected an .npz file, found "
                    + (Files.isDirectory(file) ? "a folder" : "nothing"));
        }
        try (ZipFile zip = open()) {
            ZipEntry member = member(zip, usual);
            requireSane(member);
            return readMember(zip, member, reader);
        } catch (IOException e) {
            throw damaged(StrictInput.reason(e), e);
        }
    }

    /** Opens the archive, and reads the names of all members, as Java decodes them only then. */
    private ZipFile open() throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            zip.stream().forEach(ZipEntry::getName);
            return zip;
        } catch (IllegalArgumentException e) {
            zip.close();
            throw damaged("names that make no sense", e);
        }
    }

    private InputException damaged(String reason, Exception e) {
        return new InputException(
                file + " is damaged, or no .npz file: expected a zip archive, found a fault (" + reason + ")", e);
    }

    private ZipEntry member(ZipFile zip, List<String> usual) {
        if (zip.size() > MOST_MEMBERS) {
            throw wrong("at most " + MOST_MEMBERS + " arrays", String.valueOf(zip.size()));
        }
        List<ZipEntry> arrays = Collections.list(zip.entries()).stream()
                .filter(entry -> entry.getName().endsWith(MEMBER_ENDING))
                .collect(Collectors.toUnmodifiableList());
        if (array != null) {
            return named(arrays, array)
                    .orElseThrow(() -> wrong("an array called '" + Excerpt.of(array) + "'", shown(arrays)));
        }
        for (String name : usual) {
            Optional<ZipEntry> entry = named(arrays, name);
            if (entry.isPresent()) {
                return entry.get();
            }
        }
        if (arrays.size() != 1) {
            throw wrong(
                    "an array called " + String.join(" or ", usual) + ", or one array alone (" + file
                            + ":NAME names another)",
                    shown(arrays));
        }
        return arrays.get(0);
    }

    private static Optional<ZipEntry> named(List<ZipEntry> arrays, String name) {
        return arrays.stream()
                .filter(entry -> entry.getName().equals(name + MEMBER_ENDING))
                .findFirst();
    }

    private static String shown(List<ZipEntry> arrays) {
        int most = 5;
        String names = arrays.stream()
                .limit(most)
                .map(entry ->
                        Excerpt.of(entry.getName().substring(0, entry.getName().length() - MEMBER_ENDING.length())))
                .collect(Collectors.joining(", "));
        return arrays.isEmpty() ? "none" : names + (arrays.size() > most ? ", ..." : "");
    }

    private void requireSane(ZipEntry member) throws IOException {
        if (member.getSize() < 0 || member.getCompressedSize() < 0 || member.getCompressedSize() > Files.size(file)) {
            throw wrong("members no larger than the file", "'" + Excerpt.of(member.getName()) + "'");
        }
        if (member.getSize() > ALWAYS_ALLOWED && member.getSize() / LARGEST_RATIO > member.getCompressedSize()) {
            throw wrong(
                    "arrays compressed to at least 1/" + LARGEST_RATIO + " of their size",
                    "'" + Excerpt.of(member.getName()) + "' of " + member.getSize() + " bytes in "
                            + member.getCompressedSize());
        }
    }

    private <T> T readMember(ZipFile zip, ZipEntry member, Function<StrictInput, T> reader) throws IOException {
        String name = file + ":" + Excerpt.of(member.getName());
        try (InputStream unpacked = zip.getInputStream(member);
                CheckedInputStream checked = new CheckedInputStream(unpacked, new CRC32())) {
            T content =
                    reader.apply(StrictInput.part(name, new BufferedInputStream(checked, 1 << 16), member.getSize()));
            if (checked.getChecksum().getValue() != member.getCrc()) {
                throw new InputException(name + " is damaged: expected the CRC that the archive gives, found another");
            }
            return content;
        }
    }

    private InputException wrong(String expected, String found) {
        return new InputException(file + " has a wrong content: expected " + expected + ", found " + found);
    }
}
