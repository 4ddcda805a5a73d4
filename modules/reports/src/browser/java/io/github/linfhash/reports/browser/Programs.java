package io.github.linfhash.reports.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of this machine. */
final class Programs {
    private Programs() {}

    /** The first of these names that is a program in a folder of the PATH. */
    static Optional<File> find(List<String> names) {
        String path = System.getenv().getOrDefault("PATH", "");
        List<String> folders = List.of(path.split(File.pathSeparator));
        return names.stream()
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .flatMap(file -> Stream.of(file).filter(Files::isExecutable))
                .map(Path::toFile)
                .findFirst();
    }
}
