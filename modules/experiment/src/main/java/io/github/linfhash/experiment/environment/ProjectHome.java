package io.github.linfhash.experiment.environment;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.CacheFolder;
import io.github.linfhash.io.files.SuiteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folders that the program reads from and writes to.
 *
 * @param root a checkout, an installation, or what the jars hold: has protocols/, datasets/ and reports/
 * @param cache data sets and computed features that can be made again
 */
public record ProjectHome(Path root, Path cache) {
    /** Where results go that belong to no checkout, in the folder in which the program was started. */
    private static final String RESULTS = "linfhash-results";

    /**
     * The folders as the launcher passes them: the system properties {@code linfhash.home} and {@code linfhash.cache}.
     * Without the latter, {@code $XDG_CACHE_HOME/linfhash}, or {@code ~/.cache/linfhash}; without the former, the files that
     * the jars on the class path hold, laid out in the cache.
     *
     * @throws InputException if the folder that is given holds no protocols, or none is given and the class path has none
     * @throws IOException if the files of the class path cannot be laid out
     */
    public static ProjectHome find() throws IOException {
        String root = System.getProperty("linfhash.home");
        Path kept = CacheFolder.ofProgram();
        if (root == null) {
            return new ProjectHome(SuiteFiles.unpacked(kept), kept);
        }
        if (!Files.isDirectory(Path.of(root, "protocols"))) {
            throw new InputException("The system property linfhash.home is " + root
                    + ", expected the folder of linfhash, which contains protocols/; start"
                    + " linfhash with its launcher script");
        }
        return new ProjectHome(Path.of(root), kept);
    }

    /** Whether this is a checkout, in which what linfhash measures, expects and documents is changed. */
    public boolean isCheckout() {
        return Files.isRegularFile(root.resolve("pom.xml"));
    }

    /**
     * Refuses what makes files of the project anew.
     *
     * @param what the command or option
     * @throws InputException if this is no checkout
     */
    public void requireCheckout(String what) {
        if (!isCheckout()) {
            throw new InputException(what + ": expected a checkout of linfhash, whose own files it is for, found "
                    + root + " without one");
        }
    }

    public Path protocols() {
        return root.resolve("protocols");
    }

    public Path datasets() {
        return root.resolve("datasets");
    }

    /** The folder of the results that linfhash comes with, in the form that a repository keeps. */
    public Path results() {
        return root.resolve("reports").resolve("results");
    }

    /** The file of the paper's published tables. */
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

    /**
     * Where the results of a comparison go unless the user says otherwise: into the checkout, or into a folder of the current
     * folder, as installations may be for reading only.
     */
    public Path output(String name) {
        return isCheckout()
                ? root.resolve("reports").resolve("out").resolve(name)
                : Path.of(RESULTS).resolve(name);
    }
}
