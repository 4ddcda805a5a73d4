package io.github.linfhash.protocols.protocol;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.core.results.ProtocolName;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.input.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of protocol files, {@code protocols/NAME.yaml}. */
public record ProtocolFiles(Path folder) {
    private static final String ENDING = ".yaml";

    /** The names of all protocols, sorted. */
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(ProtocolFiles::withoutEnding)
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads a protocol. One of the folder has to say its name; a file of the user's own need not, and is called as the file
     * is, whatever it says: it can be renamed and copied.
     *
     * @param nameOrFile a name of the folder, or the path of a file that ends in .yaml
     * @throws InputException if there is no such protocol or its file is not right
     */
    public Protocol read(String nameOrFile) throws IOException {
        Path path = existing(nameOrFile);
        Protocol protocol = StrictReader.read(path, Protocol.class);
        String called = withoutEnding(String.valueOf(path.getFileName()));
        if (ownFile(nameOrFile).isEmpty() && !protocol.name().equals(called)) {
            throw new InputException(path + ", name: expected '" + called + "', the file's name, found "
                    + (protocol.name().isEmpty() ? "none" : "'" + protocol.name() + "'"));
        }
        if (!ProtocolName.is(called)) {
            throw new InputException(path + ": expected a file name of " + ProtocolName.FORM + ", before " + ENDING
                    + ", found '" + called + "'");
        }
        Protocol named = protocol.named(called);
        String shared = protocol.quantizersOf();
        if (shared == null) {
            return named;
        }
        try {
            return named.withQuantizersOf(ofQuantizers(path, shared));
        } catch (IllegalArgumentException e) {
            throw new InputException(path + ", with the quantizers of " + shared + ": " + e.getMessage(), e);
        }
    }

    /** Reads the protocol whose quantizers a file names: beside the file, else of the folder. */
    private Protocol ofQuantizers(Path file, String shared) {
        Path beside = file.resolveSibling(shared + ENDING);
        Path found = Files.isRegularFile(beside) ? beside : folder.resolve(shared + ENDING);
        if (!Files.isRegularFile(found)) {
            throw new InputException(
                    file + ", quantizersOf: expected a protocol beside this file, found no " + shared + ENDING);
        }
        Protocol other = StrictReader.read(found, Protocol.class);
        if (other.quantizersOf() != null || other.quantizers().isEmpty()) {
            throw new InputException(file + ", quantizersOf: expected a protocol that lists quantizers itself, found "
                    + shared + ", which lists none or those of another one");
        }
        return other;
    }

    /** The folder that holds the file of a protocol: relative paths in the file are below it. */
    public Path folderOf(String nameOrFile) {
        return Objects.requireNonNullElse(path(nameOrFile).toAbsolutePath().getParent(), folder);
    }

    /** The file of a protocol that is the user's own; empty for one of the folder, however it is named. */
    public Optional<Path> ownFile(String nameOrFile) throws IOException {
        Path file = existing(nameOrFile);
        return Files.isDirectory(folder) && Files.isSameFile(folderOf(nameOrFile), folder)
                ? Optional.empty()
                : Optional.of(file.toAbsolutePath());
    }

    /**
     * The text of a protocol's file, comments included.
     *
     * @param nameOrFile as for {@link #read}
     * @throws InputException if there is no such protocol
     */
    public String text(String nameOrFile) throws IOException {
        return TextLines.text(existing(nameOrFile));
    }

    /**
     * Where a protocol's file first names a method, for a sentence about it: the file, and the line where that is found.
     *
     * @param nameOrFile as for {@link #read}
     * @param method the name that stands in the file's list of methods
     */
    public String placeOf(String nameOrFile, String method) throws IOException {
        Path file = path(nameOrFile);
        Pattern named = Pattern.compile("[\\s{-]name:\\s*['\"]?" + Pattern.quote(method) + "['\"]?(?:[\\s,}]|$)");
        List<String> lines = TextLines.all(file);
        for (int i = Math.max(0, lines.indexOf("methods:")); i < lines.size(); i++) {
            if (named.matcher(lines.get(i)).find()) {
                return file + ", line " + (i + 1);
            }
        }
        return file.toString();
    }

    private Path existing(String nameOrFile) throws IOException {
        if (!isFile(nameOrFile) && !names().contains(nameOrFile)) {
            throw new InputException("There is no protocol '" + nameOrFile + "'" + Suggestion.of(nameOrFile, names())
                    + "; expected one of " + String.join(", ", names()) + ", or the path of a .yaml file");
        }
        return path(nameOrFile);
    }

    private Path path(String nameOrFile) {
        return isFile(nameOrFile) ? Path.of(nameOrFile) : folder.resolve(nameOrFile + ENDING);
    }

    private static String withoutEnding(String file) {
        return file.substring(0, file.length() - ENDING.length());
    }

    private static boolean isFile(String nameOrFile) {
        return nameOrFile.endsWith(ENDING);
    }
}
