package io.github.linfhash.experiment.home;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.data.manifest.DataLocator;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folders that the program reads from and writes to.
 *
 * @param root the checkout or installation: holds protocols/, datasets/ and reports/
 * @param cache data sets and computed features that can be made again
 */
public record ProjectHome(Path root, Path cache) {
    /**
     * The folders as the launcher passes them: the system properties {@code linfhash.home} and {@code linfhash.cache}.
     * Without the latter, {@code $XDG_CACHE_HOME/linfhash}, or {@code ~/.cache/linfhash}.
     *
     * @throws InputException if the home folder is not given or holds no protocols
     */
    public static ProjectHome find() {
        String root = System.getProperty("linfhash.home");
        if (root == null || !Files.isDirectory(Path.of(root, "protocols"))) {
            throw new InputException("The system property linfhash.home is " + root
                    + ", expected linfhash's folder, which holds protocols/; the launcher script sets it");
        }
        String cache = System.getProperty("linfhash.cache");
        return new ProjectHome(
                Path.of(root),
                cache != null
                        ? Path.of(cache)
                        : DataLocator.of(Path.of(root), System.getenv()).cache());
    }

    public Path protocols() {
        return root.resolve("protocols");
    }

    public Path datasets() {
        return root.resolve("datasets");
    }

    /** The file of the paper's printed tables. */
    public Path published() {
        return root.resolve("reports").resolve("published").resolve("wang2016-tables-2-and-3.csv");
    }

    /** The file of the paper's testable sentences. */
    public Path claims() {
        return root.resolve("reports").resolve("claims").resolve("wang2016.yaml");
    }

    /** The file of what a protocol is expected to measure. */
    public Path expected(String protocol) {
        return root.resolve("reports").resolve("expected").resolve(protocol + ".yaml");
    }

    /** The history of changes for users. */
    public Path changelog() {
        return root.resolve("CHANGELOG.md");
    }

    /** Where the results of a comparison go unless the user says otherwise. */
    public Path output(String name) {
        return root.resolve("reports").resolve("out").resolve(name);
    }
}
