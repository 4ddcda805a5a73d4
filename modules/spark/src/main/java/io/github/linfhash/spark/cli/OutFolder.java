package io.github.linfhash.spark.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.spark.shards.LocalPath;
import java.io.IOException;
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

    private void write(NewFolder target, NewFolder.Content content) throws IOException {
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
}
