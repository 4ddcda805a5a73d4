package io.github.linfhash.data.nuswide;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The text files of a folder and of those folders below it that the official archives make, by their lower-case names.
 *
 * <p>The archives unpack to folders within folders of the same name, and people rename and merge them. So the folders are
 * told by their names wherever they lie, and a file is told by its own name. Other folders are left alone: one of them
 * may hold the images.
 */
final class OfficialFolder {
    private static final int DEEPEST = 5;
    private static final Set<String> FOLDERS = Set.of(
            "nuswide",
            "nuswidelowlevelfeatures",
            "nuswidlowlevelfeatures",
            "lowlevelfeatures",
            "groundtruth",
            "alllabels",
            "traintestlabels",
            "conceptslist",
            "imagelist");

    private final Path root;
    private final Map<String, List<Path>> files = new HashMap<>();

    private OfficialFolder(Path root) {
        this.root = root;
    }

    /**
     * Lists a folder.
     *
     * @throws InputException if there is no such folder, or one cannot be listed
     */
    static OfficialFolder open(Path root) {
        if (!Files.isDirectory(root)) {
            throw new InputException(root + ": expected a folder with the files of NUS-WIDE, found "
                    + (Files.exists(root) ? "a file" : "nothing"));
        }
        OfficialFolder folder = new OfficialFolder(root);
        folder.visit(root, 0);
        return folder;
    }

    private void visit(Path folder, int depth) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : (Iterable<Path>) entries.sorted()::iterator) {
                String name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
                if (name.endsWith(".txt") || name.endsWith(".dat")) {
                    files.computeIfAbsent(name, key -> new ArrayList<>()).add(entry);
                } else if (depth < DEEPEST && isOfficial(name) && Files.isDirectory(entry)) {
                    visit(entry, depth + 1);
                }
            }
        } catch (IOException e) {
            throw new InputException(
                    folder + ": expected a folder that can be listed, found a fault (" + StrictInput.reason(e) + ")",
                    e);
        }
    }

    private static boolean isOfficial(String name) {
        return FOLDERS.contains(name.replaceAll("[^a-z]", ""));
    }

    Path root() {
        return root;
    }

    /** The lower-case names of all files. */
    Set<String> names() {
        return files.keySet();
    }

    boolean has(String name) {
        return files.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /**
     * The file of a name, in any case.
     *
     * @throws InputException if there are two
     */
    Optional<Path> find(String name) {
        List<Path> found = files.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        if (found.size() > 1) {
            throw new InputException(
                    root + ": expected one file " + name + ", found " + found.get(0) + " and " + found.get(1));
        }
        return found.stream().findFirst();
    }

    /**
     * The file of a name, in any case.
     *
     * @param folder the official folder to put it in, for the message
     * @throws InputException if there is none, or two
     */
    Path require(String name, String folder) {
        return find(name)
                .orElseThrow(
                        () -> new InputException(root + ": expected a file " + folder + "/" + name + ", found none"));
    }
}
