package io.github.linfhash.spark.cli;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.io.npy.CodeArrays;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --bits}: the length of the codes in a file that does not state it. */
final class CodeLengthOption {
    @Option(names = "--bits", paramLabel = "N", description = "Code length, if the file of the queries leaves it open.")
    private @Nullable Integer bits;

    /** Reads the codes of a file, with this length if the option is given. */
    BinaryCodes read(Path file) {
        return bits == null ? CodeArrays.read(file) : CodeArrays.read(file, bits);
    }
}
