package io.github.linfhash.spark.cli;

import io.github.linfhash.shell.WrittenFiles;
import io.github.linfhash.spark.shards.LocalPath;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names an archive of arrays to write. */
final class OutArchive {
    @Option(names = "--out", paramLabel = "F.npz", required = true, description = "File to write.")
    private Path file = Path.of("");

    /** Refuses another ending, and a file that may not be written. */
    void check(WrittenFiles written) {
        WrittenFiles.requireEnding(file, ".npz");
        written.check("--out", LocalPath.of(file.toString()));
    }

    Path file() {
        return file;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
