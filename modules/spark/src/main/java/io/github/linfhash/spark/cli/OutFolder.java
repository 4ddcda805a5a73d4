package io.github.linfhash.spark.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.spark.shards.LocalPath;
import io.github.linfhash.spark.shards.TaskFolder;
import java.io.IOException;
import java.util.List;
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

    @Option(names = NAME, paramLabel = "DIR", required = true, description = "Folder to write; must not exist.")
    private String folder = "";

    /** Writes files to a folder. */
    @FunctionalInterface
    interface Files {
        /** Gives the names of the files that belong to the output. */
        List<String> writeTo(TaskFolder folder) throws IOException;
    }

    /** Writes a table to the folder of a path. */
    @FunctionalInterface
    interface Table {
        void writeTo(String folder) throws IOException;
    }

    /** Refuses a folder that .npy files cannot be written to. */
    void requireLocal() {
        LocalPath.require(NAME, folder);
    }

    /** Writes .npy files, all or nothing. */
    void writeFiles(SparkSession session, Files content) throws IOException {
        requireLocal();
        Path local = new Path("file:" + LocalPath.of(folder).toAbsolutePath());
        write(NewFolder.at(session, local), staging -> {
            TaskFolder tasks = new TaskFolder(new Path(staging, "tasks").toUri().getPath());
            Path whole = new Path(staging, "whole");
            tasks.moveTo(java.nio.file.Path.of(whole.toUri().getPath()), content.writeTo(tasks));
            return whole;
        });
    }

    /** Writes a table, all or nothing, on whichever file system; the content's path has its scheme. */
    void writeTable(SparkSession session, Table content) throws IOException {
        write(open(session), staging -> {
            content.writeTo(staging.toString());
            return staging;
        });
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
            throw isThere();
        }
        target.requireParent(NAME);
        if (!target.write(content)) {
            throw isThere();
        }
    }

    private InputException isThere() {
        return new InputException(NAME + ": expected a folder that does not exist yet, found " + folder);
    }

    @Override
    public String toString() {
        return folder;
    }

    /** A folder that appears when its content is complete, or not at all; on any file system that Spark knows. */
    private record NewFolder(Path target, FileSystem files) {
        /** Writes the content of the folder. */
        @FunctionalInterface
        interface Staged {
            /** Writes into a folder, whose path has its scheme; gives what is to get the name: this folder or one in it. */
            Path writeTo(Path staging) throws IOException;
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
                throw new InputException(
                        option + ": expected an existing folder for " + target + ", found none at " + parent);
            }
        }

        /** Writes the folder; gives whether there is still none of another command, which stays. */
        boolean write(Staged content) throws IOException {
            Path staging = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + ".part");
            try {
                Path whole = content.writeTo(staging);
                return !exists() && rename(whole);
            } finally {
                files.delete(staging, true);
            }
        }

        /** If there is a folder of the new name by now, a file system moves the old one into it and calls that success. */
        private boolean rename(Path whole) throws IOException {
            if (!files.rename(whole, target)) {
                throw new IOException("the finished folder " + whole + " could not be renamed to " + target);
            }
            Path within = new Path(target, whole.getName());
            if (!files.exists(within)) {
                return true;
            }
            files.delete(within, true);
            return false;
        }
    }
}
