package io.github.linfhash.data.manifest;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.data.manifest.DatasetManifest.DatasetOrigin;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The description of a network that makes features of images and does not come with linfhash: a file {@code protocols/models/NAME.yaml}.
 *
 * @param name the network's name in protocols: lower-case letters, digits and hyphens
 * @param title its name for people
 * @param origin who made it and on what terms
 * @param made how the file was made of what its authors published
 * @param file the file, with size and SHA-256
 */
public record ModelManifest(String name, String title, DatasetOrigin origin, String made, DatasetFile file) {
    public ModelManifest {
        name = Requirements.name(name);
        title = Requirements.text(title, "title");
        origin = Requirements.present(origin, "origin");
        made = Requirements.text(made, "made");
        file = Requirements.present(file, "file");
        if (file.size() == null || file.checksums().sha256() == null) {
            throw new IllegalArgumentException(
                    "expected the keys 'size' and 'sha256' of the file, found one of them missing");
        }
    }

    /**
     * Reads a manifest.
     *
     * @throws InputException if the file is missing or says something unknown or wrong
     */
    public static ModelManifest read(Path file) {
        return StrictReader.read(file, ModelManifest.class);
    }

    /** Where the cache keeps the file. */
    public Path cached(Path cache) {
        return cache.resolve("models").resolve(file.path());
    }

    /**
     * The place of the file, which is the one that this manifest lists.
     *
     * @param given the file that the user names; null for the one in the cache
     * @param cache linfhash's cache folder
     * @throws InputException if it is not there, cannot be read, or is another file
     */
    public Path locate(@Nullable Path given, Path cache) {
        Path place = given == null ? cached(cache) : given;
        if (!Files.isRegularFile(place)) {
            throw new InputException("there is no file of " + title + ": expected it "
                    + (given == null ? "as " + place + ", or named with --network" : "as " + place) + " ("
                    + file.shown()
                    + "), found none; " + made);
        }
        try {
            FileIdentity.difference(file, place).ifPresent(difference -> {
                throw new InputException(place + " is not " + title + ": " + difference);
            });
        } catch (IOException e) {
            throw new InputException(place + " cannot be read: " + StrictInput.reason(e), e);
        }
        return place;
    }
}
