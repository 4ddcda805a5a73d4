package io.github.linfhash.data.manifest;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds a data set's files: in the folder that the user names, else among those that come with linfhash, else in
 * the cache.
 *
 * @param home the project's folder, with {@code datasets/} in it
 * @param cache linfhash's cache folder
 */
public record DataLocator(Path home, Path cache) {
    /**
     * The manifest of a data set, read from {@code datasets/NAME.yaml}.
     *
     * @throws InputException if there is none of that name
     * @throws IOException if the folder of manifests cannot be listed
     */
    public DatasetManifest manifest(String name) throws IOException {
        return DatasetManifest.find(home.resolve("datasets"), name);
    }

    /** Where the cache keeps a data set's files. */
    public Path cached(DatasetManifest manifest) {
        return cache.resolve("datasets").resolve(manifest.name());
    }

    /** Where the files of a data set lie that comes with linfhash. */
    public Path embedded(DatasetManifest manifest) {
        return home.resolve("datasets").resolve(manifest.name());
    }

    /**
     * The place of a data set's files.
     *
     * @param given the folder or file that the user names, if any; then nowhere else is looked
     * @throws InputException if there is no such folder, or the files are nowhere; the message then says what to fetch,
     *     from where, with which checksum, and where to put it
     */
    public Path locate(DatasetManifest manifest, Optional<Path> given) {
        if (given.isPresent()) {
            return existing(manifest, given.get());
        }
        return List.of(embedded(manifest), cached(manifest)).stream()
                .filter(manifest.files()::completeIn)
                .findFirst()
                .orElseThrow(() -> new InputException(manifest.title() + ": expected its files in " + cached(manifest)
                        + ", found none; " + advice(manifest)));
    }

    private Path existing(DatasetManifest manifest, Path given) {
        if (!Files.exists(given)) {
            throw new InputException(given + " does not exist: expected a folder with the files of " + manifest.title()
                    + ", found nothing");
        }
        return given;
    }

    private String advice(DatasetManifest manifest) {
        String command =
                manifest.files().offered().isEmpty() ? "" : "run 'linfhash fetch " + manifest.name() + "', or ";
        List<String> wanted =
                manifest.files().files().stream().map(DatasetFile::shown).toList();
        return command
                + manifest.files().instructions()
                + (wanted.isEmpty() ? "" : ": " + String.join(" and ", wanted));
    }
}
