package io.github.linfhash.spark.shards;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.npy.NpyRows;
import io.github.linfhash.spark.blocks.LabelKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of .npy files, or one such file, that are read in the order of their names as if they were one array.
 *
 * @param path the folder or file
 * @param shards its files, at least one
 * @param columns of each file; 1 where they have one dimension
 * @param dimensions of each file
 */
record ShardFolder(Path path, List<Shard> shards, int columns, int dimensions) {
    private static final String ENDING = ".npy";

    /** Whether a path names .npy files rather than something else. */
    static boolean isOne(String path) {
        if (LocalPath.isElsewhere(path)) {
            return false;
        }
        Path here = LocalPath.of(path);
        return Files.isDirectory(here) ? !files(here).isEmpty() : path.endsWith(ENDING);
    }

    /**
     * Looks at every file's header.
     *
     * @throws InputException if there is no such file, one is damaged, or they do not fit each other
     */
    static ShardFolder open(Path path) {
        List<Path> files = Files.isDirectory(path) ? files(path) : List.of(path);
        if (files.isEmpty()) {
            throw new InputException(path + ": expected .npy files in this folder, found none");
        }
        List<Shard> shards = new ArrayList<>();
        long rows = 0;
        @Nullable String first = null;
        int columns = 0;
        int dimensions = 0;
        for (Path file : files) {
            try (NpyRows header = NpyRows.open(file)) {
                if (first == null) {
                    first = header.shown();
                    columns = header.columns();
                    dimensions = header.dimensions();
                } else if (header.columns() != columns || header.dimensions() != dimensions) {
                    throw new InputException(
                            file + ": expected as many columns as in the folder's first file, which is " + first
                                    + ", found " + header.shown());
                }
                shards.add(new Shard(file.toAbsolutePath().toString(), rows, header.rows()));
                rows += header.rows();
            }
        }
        if (rows == 0) {
            throw new InputException(path + ": expected at least one row, found none");
        }
        return new ShardFolder(path, List.copyOf(shards), columns, dimensions);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[^.].*\\.npy"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the kind of labels that the files hold if they are labels. */
    LabelKind labelKind() {
        return new LabelKind(dimensions == 1 ? 0 : columns);
    }

    /** The number of rows of all files. */
    long rows() {
        Shard last = shards.get(shards.size() - 1);
        return last.firstRow() + last.rows();
    }
}
