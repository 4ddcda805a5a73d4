package io.github.linfhash.spark.cli;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** A folder that appears when its content is complete, or not at all; on any file system that Spark knows. */
final class NewFolder {
    private final Path target;
    private final Path staging;
    private final FileSystem files;

    private NewFolder(Path target, FileSystem files) {
        this.target = target;
        this.files = files;
        this.staging = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + ".part");
    }

    /** Writes the content of the folder. */
    @FunctionalInterface
    interface Content {
        void writeTo(String folder) throws IOException;
    }

    /**
     * Writes a folder.
     *
     * @throws InputException if it exists
     */
    static void write(SparkSession session, String path, Content content) throws IOException {
        Path given = new Path(path);
        FileSystem files = given.getFileSystem(session.sparkContext().hadoopConfiguration());
        NewFolder folder = new NewFolder(files.makeQualified(given), files);
        if (files.exists(given)) {
            throw new InputException("--out: expected a folder that does not exist yet, found " + path);
        }
        folder.write(content);
    }

    private void write(Content content) throws IOException {
        try {
            boolean local = "file".equals(target.toUri().getScheme());
            content.writeTo(local ? staging.toUri().getPath() : staging.toString());
            if (!files.rename(staging, target)) {
                throw new IOException("the finished folder " + staging + " could not be renamed to " + target);
            }
        } finally {
            files.delete(staging, true);
        }
    }
}
