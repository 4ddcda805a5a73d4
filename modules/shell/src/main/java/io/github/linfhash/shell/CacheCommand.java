package io.github.linfhash.shell;

import io.github.linfhash.io.files.CacheFolder;
import io.github.linfhash.io.files.CacheLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code linfhash cache}: shows what the cache contains, and empties it. */
@Command(
        name = "cache",
        description = {
            "Shows the folders of the cache and their sizes, or deletes them.",
            "The cache contains what can be computed or fetched again: measurements, neighbors, unpacked libraries, models."
        },
        footer = {"  linfhash cache", "  linfhash cache --clear"})
public final class CacheCommand extends BaseCommand {
    @Option(names = "--clear", description = "Delete all of it. Do so while no other command runs.")
    private boolean clear;

    @Override
    public Integer call() throws IOException {
        Path cache = CacheFolder.ofProgram();
        StringBuilder lines = new StringBuilder();
        long all = 0;
        for (Path part : parts(cache)) {
            long bytes = Files.isDirectory(part) ? CacheLimit.bytes(part) : Files.size(part);
            all += bytes;
            lines.append(line(bytes, part.getFileName().toString()));
            if (clear) {
                delete(part);
            }
        }
        lines.append(line(all, (clear ? "deleted from " : "in ") + cache));
        print(lines.toString());
        return ExitCodes.OK;
    }

    private static String line(long bytes, String what) {
        return String.format(Locale.ROOT, "%10.1f MB  %s%n", bytes / 1e6, what);
    }

    private static List<Path> parts(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private static void delete(Path part) throws IOException {
        try (Stream<Path> all = Files.walk(part)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
