package io.github.linfhash.spark.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Where another command makes the folder {@code o} when this one is about to give its own that name. */
public final class LateFileSystem extends RawLocalFileSystem {
    @Override
    public String getScheme() {
        return "late";
    }

    @Override
    public URI getUri() {
        return URI.create("late:///");
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        if (to.getName().equals("o")) {
            java.nio.file.Path theirs = java.nio.file.Path.of(to.toUri().getPath());
            Files.writeString(Files.createDirectories(theirs).resolve("theirs"), "");
        }
        return super.rename(from, to);
    }
}
