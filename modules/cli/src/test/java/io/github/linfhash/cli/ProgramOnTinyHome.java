package io.github.linfhash.cli;

import io.github.linfhash.shell.Program;
import io.github.linfhash.testing.ProgramInFolder;
import io.github.linfhash.testing.TinyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the program as a user would, in a project folder of its own with one small data set. */
abstract class ProgramOnTinyHome extends ProgramInFolder {
    /** The files that {@link #once} made for the tests of a class. */
    @TempDir
    private static Path startingFiles;

    private Path realHome = Path.of("");

    @BeforeEach
    void makeHome() throws IOException {
        realHome = TinyHome.enter(root);
    }

    @AfterEach
    void restoreHome() {
        TinyHome.leave(realHome);
    }

    /** Makes files in {@link #root}. */
    @FunctionalInterface
    protected interface Making {
        void make() throws IOException;
    }

    /** Makes what all tests of a class start from before its first one; the others get copies of it. */
    protected void once(Making making) throws IOException {
        Path first = startingFiles.resolve(getClass().getSimpleName());
        if (Files.exists(first)) {
            copy(first, root);
            return;
        }
        making.make();
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        copy(root, first);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The folder of the real project. */
    protected Path realHome() {
        return realHome;
    }

    @Override
    protected CommandLine program() {
        return Main.commandLine();
    }

    /** As {@link Main} does: all commands take long to make. */
    @Override
    protected CommandLine program(String... words) {
        return Program.complete(LinfhashCommand.with(words));
    }
}
