package io.github.linfhash.data.manifest;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.io.binding.StrictReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The description of a data set: a file {@code datasets/NAME.yaml}.
 *
 * @param name the data set's name in protocols and folders: lower-case letters, digits and hyphens
 * @param title the data set's name for people
 */
public record DatasetManifest(
        String name, String title, DatasetOrigin origin, DatasetContent content, DatasetFiles files) {
    private static final String ENDING = ".yaml";

    public DatasetManifest {
        name = Requirements.name(name);
        title = Requirements.text(title, "title");
        origin = Requirements.present(origin, "origin");
        content = Requirements.present(content, "content");
        files = Requirements.present(files, "files");
        int paths = content.pathsPerLayout();
        for (List<String> layout : files.layouts()) {
            if (paths > 0 && layout.size() != paths) {
                throw new IllegalArgumentException(
                        "expected " + paths + " paths in each layout of this format, found " + layout);
            }
        }
    }

    /**
     * Reads a manifest.
     *
     * @throws InputException if the file is missing or says something unknown or wrong
     */
    public static DatasetManifest read(Path file) {
        return StrictReader.read(file, DatasetManifest.class);
    }

    /**
     * Reads the manifest of a data set.
     *
     * @throws InputException if the folder has none of that name, or it says something unknown or wrong
     * @throws IOException if the folder cannot be listed
     */
    public static DatasetManifest find(Path folder, String name) throws IOException {
        List<String> names = names(folder);
        if (!names.contains(name)) {
            throw new InputException("expected as data set one of " + String.join(", ", names) + ", found '" + name
                    + "'" + Suggestion.of(name, names));
        }
        return read(folder.resolve(name + ENDING));
    }

    /**
     * Lists the data sets that a folder has manifests of.
     *
     * @throws IOException if the folder cannot be listed
     */
    public static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ENDING))
                    .map(file -> file.substring(0, file.length() - ENDING.length()))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads all manifests of a folder, in the order of their names.
     *
     * @throws InputException if one of them says something unknown or wrong
     * @throws IOException if the folder cannot be listed
     */
    public static List<DatasetManifest> readAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .map(DatasetManifest::read)
                    .toList();
        }
    }

    /**
     * Who made a data set and on what terms.
     *
     * @param homepage the address of its official page
     * @param license the license's name, or what its authors say where they give none
     * @param terms what a user must accept before the files are fetched; null if nothing
     * @param citation the publication to cite
     */
    public record DatasetOrigin(
            String homepage, String license, @Nullable String terms, String citation) {
        public DatasetOrigin {
            homepage = Requirements.text(homepage, "homepage");
            Requirements.webAddress(homepage, "homepage");
            license = Requirements.text(license, "license");
            terms = terms == null ? null : Requirements.text(terms, "terms");
            citation = Requirements.text(citation, "citation");
        }
    }
}
