package io.github.linfhash.spark.cli;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** A folder that appears when its content is complete, or not at all; on any file system that Spark knows. */
final class NewFolder {
    private final Path target;
    private final FileSystem files;

    private NewFolder(Path target, FileSystem files) {
        this.target = target;
        this.files = files;
    }

    /** Writes the content of the folder. */
    @FunctionalInterface
    interface Content {
        /** Writes into a folder, whose path has its scheme. */
        void writeTo(Path folder) throws IOException;
    }

    /** A folder; without a scheme it is on Spark's default file system. */
    static NewFolder at(SparkSession session, Path path) throws IOException {
        FileSystem files = path.getFileSystem(session.sparkContext().hadoopConfiguration());
        return new NewFolder(files.makeQualified(path), files);
    }

    boolean exists() throws IOException {
        return files.exists(target);
    }

    /**
     * Requires the folder in which it is to appear, where the file system has folders: object stores have none.
     *
     * @param option what names the folder
     */
    void requireParent(String option) throws IOException {
        Path parent = target.getParent();
        boolean hasFolders = Set.of("file", "hdfs").contains(files.getScheme());
        if (hasFolders && parent != null && !files.exists(parent)) {
            throw new InputException(option + ": expected a name in a folder that exists, found " + target
                    + ", whose folder " + parent + " does not");
        }
    }

    /** Writes a folder that does not exist. */
    void write(Content content) throws IOException {
        Path staging = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + ".part");
        try {
            content.writeTo(staging);
            if (!files.rename(staging, target)) {
                throw new IOException("the finished folder " + staging + " could not be renamed to " + target);
            }
        } finally {
            files.delete(staging, true);
        }
    }
}
