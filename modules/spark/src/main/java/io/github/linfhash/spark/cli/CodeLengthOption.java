package io.github.linfhash.spark.cli;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.io.npy.CodeArrays;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says how long the codes of a file are. */
final class CodeLengthOption {
    @Option(names = "--bits", paramLabel = "N", description = "Code length, if the file of the queries leaves it open.")
    private @Nullable Integer bits;

    /** The codes of a file, of this length if one was given. */
    BinaryCodes read(Path file) {
        return bits == null ? CodeArrays.read(file) : CodeArrays.read(file, bits);
    }
}
