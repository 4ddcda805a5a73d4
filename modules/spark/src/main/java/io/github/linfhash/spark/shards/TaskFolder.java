package io.github.linfhash.spark.shards;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.AtomicFiles;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder that the driver makes and in which tasks write files. More may come to lie in it than what belongs to the result: a
 * task on a machine that the driver has lost goes on, and one that is killed leaves half a file. So the driver takes the files
 * whose names it got from tasks. A task makes no folder: one that is late would bring back what the driver has deleted.
 *
 * @param path local and absolute; every machine must see it
 */
public record TaskFolder(String path) implements Serializable {
    /** Makes the folders in which there will be files. */
    void make(List<String> folders) throws IOException {
        for (String name : folders) {
            AtomicFiles.makeFolders(Path.of(path, name));
        }
    }

    /**
     * The file of a name, such as {@code codes/part-00000.npy}.
     *
     * @throws InputException if its folder is not there
     */
    Path file(String name) {
        Path file = Path.of(path, name);
        Path folder = file.resolveSibling("");
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    folder + ": expected a folder that every machine sees under this path, found none on this one");
        }
        return file;
    }

    /** Moves files to another folder of the same file system, under the same names. */
    public void moveTo(Path target, List<String> names) throws IOException {
        for (String name : names) {
            Path file = target.resolve(name);
            AtomicFiles.makeFolderOf(file);
            Files.move(Path.of(path, name), file);
        }
    }
}
