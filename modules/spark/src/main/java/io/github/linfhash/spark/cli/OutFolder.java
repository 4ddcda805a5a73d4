package io.github.linfhash.spark.cli;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The option that names a folder to write. */
final class OutFolder {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder to write; it must not exist.")
    private String folder = "";

    /** Writes all of it, or nothing. */
    void write(SparkSession session, NewFolder.Content content) throws IOException {
        NewFolder.write(session, folder, content);
    }

    @Override
    public String toString() {
        return folder;
    }
}
