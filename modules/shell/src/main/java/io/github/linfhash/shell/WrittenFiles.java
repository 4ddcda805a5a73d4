package io.github.linfhash.shell;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Checks the files that a command is going to write, before any work. An existing file is replaced only with {@code --force}, a file
 * that the command reads never, and no parent folder is created, since its name may be mistyped.
 */
public final class WrittenFiles {
    /** Options that may name a folder whose files are all read. */
    private static final Set<String> OF_VECTORS = Set.of("--vectors", "--queries", "--train", "--labels");

    @Option(names = "--force", description = "Replace existing files, but never files that the command reads.")
    private boolean force;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    /**
     * Checks files that are to be written.
     *
     * @param option the option that names them; the folder of its default is created
     * @param files the files
     * @param read files that the command reads beyond those that its options name
     * @throws InputException if a file exists and --force is not given, is an input of the command, or its folder does not exist
     */
    public void check(String option, List<Path> files, List<Path> read) {
        for (Path file : files) {
            requireFolder(option, file);
            requireReplaceable(option, file, read);
        }
    }

    /** Checks one file of a command that reads no files other than those of its options. */
    public void check(String option, Path file) {
        check(option, List.of(file), List.of());
    }

    /**
     * Checks files that are to be written into a folder, which may not exist yet.
     *
     * @param names the names of the files in it
     */
    public void checkIn(String option, Path folder, List<String> names, List<Path> read) {
        if (!Files.isDirectory(folder)) {
            requireFolder(option, folder);
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new InputException(option + ": expected a folder, found " + folder + ", which is not a folder");
            }
        }
        names.forEach(name -> requireReplaceable(option, folder.resolve(name), read));
    }

    /** Requires that the name after {@code --out} has an ending. */
    public static void requireEnding(Path out, String ending) {
        if (!out.toString().endsWith(ending)) {
            throw new InputException("--out: expected a name that ends in " + ending + ", found " + out);
        }
    }

    private void requireFolder(String option, Path named) {
        if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
            requireParent(option, named);
        }
    }

    /** Requires that the parent folder of a named file or folder exists, so that no typing error creates one. */
    public static void requireParent(String option, Path named) {
        Path folder = named.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new InputException(
                    option + ": expected an existing folder for " + named + ", found none at " + folder);
        }
    }

    private void requireReplaceable(String option, Path file, List<Path> read) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> inputs = named(option);
        read.forEach(path -> addPath(path.toString(), true, inputs));
        if (inputs.stream().anyMatch(input -> same(input, file))) {
            throw new InputException(option + ": expected a file that the command does not read, found " + file);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new InputException(option + ": expected a regular file, found " + file);
        }
        if (!force) {
            throw new InputException(option + ": expected a new file, or --force to replace it, found " + file);
        }
    }

    /** Returns the paths that the values of all other options and parameters may name. */
    private List<Path> named(String option) {
        List<Path> paths = new ArrayList<>();
        for (ArgSpec argument : spec.args()) {
            boolean other = !(argument instanceof OptionSpec written)
                    || !List.of(written.names()).contains(option);
            if (other) {
                boolean vectors = argument instanceof OptionSpec names && OF_VECTORS.contains(names.longestName());
                argument.originalStringValues().forEach(word -> addPath(word, vectors, paths));
            }
        }
        return paths;
    }

    /** @param all whether all files of a folder are read, if it is one */
    private static void addPath(String word, boolean all, List<Path> paths) {
        Path path;
        try {
            path = NamedFiles.path(word);
        } catch (InvalidPathException e) {
            return; // a word that can be no path names no file
        }
        paths.add(path);
        if (all && Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                files.forEach(paths::add);
            } catch (IOException e) {
                throw new InputException(path + " cannot be listed: " + FileFailure.reason(e), e);
            }
        }
    }

    /** Returns whether two paths lead to one file. */
    private static boolean same(Path input, Path file) {
        try {
            return Files.exists(input) && Files.isSameFile(input, file);
        } catch (IOException e) {
            return false; // what cannot be looked up cannot be read either
        }
    }
}
