package io.github.linfhash.spark.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.spark.shards.LocalPath;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The option that names a folder to write. */
final class OutFolder {
    private static final String NAME = "--out";

    @Option(names = NAME, paramLabel = "DIR", required = true, description = "The folder to write; it must not exist.")
    private String folder = "";

    /** Writes to the folder of a path. */
    @FunctionalInterface
    interface Content {
        void writeTo(String folder) throws IOException;
    }

    /** Refuses a folder that .npy files cannot be written to. */
    void requireLocal() {
        LocalPath.require(NAME, folder);
    }

    /** Writes .npy files, all or nothing; the content's path is local and absolute. */
    void writeFiles(SparkSession session, Content content) throws IOException {
        requireLocal();
        Path local = new Path("file:" + LocalPath.of(folder).toAbsolutePath());
        write(
                NewFolder.at(session, local),
                staging -> content.writeTo(staging.toUri().getPath()));
    }

    /** Writes a table, all or nothing, on whichever file system; the content's path has its scheme. */
    void writeTable(SparkSession session, Content content) throws IOException {
        write(open(session), staging -> content.writeTo(staging.toString()));
    }

    private NewFolder open(SparkSession session) throws IOException {
        try {
            return NewFolder.at(session, new Path(folder));
        } catch (IllegalArgumentException | UnsupportedFileSystemException e) {
            throw new InputException(
                    NAME + ": expected a path on a file system that Spark knows, found " + folder + " ("
                            + e.getMessage() + ")",
                    e);
        }
    }

    private void write(NewFolder target, NewFolder.Staged content) throws IOException {
        if (target.exists()) {
            throw new InputException(NAME + ": expected a folder that does not exist yet, found " + folder);
        }
        target.requireParent(NAME);
        target.write(content);
    }

    @Override
    public String toString() {
        return folder;
    }

    /** A folder that appears when its content is complete, or not at all; on any file system that Spark knows. */
    private static final class NewFolder {
        private final Path target;
        private final FileSystem files;

        private NewFolder(Path target, FileSystem files) {
            this.target = target;
            this.files = files;
        }

        /** Writes the content of the folder. */
        @FunctionalInterface
        interface Staged {
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
        void write(Staged content) throws IOException {
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
}
