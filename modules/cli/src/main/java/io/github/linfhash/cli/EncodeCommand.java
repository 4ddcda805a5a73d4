package io.github.linfhash.cli;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash encode}: the codes of vectors by a model. */
@Command(
        name = "encode",
        description = "Encodes vectors with a model and writes the codes as .npy.",
        footer = {
            "  linfhash encode --model my.linfhash --vectors f.npy --out codes.npy",
            "",
            "Codes are packed as uint8: bit b is bit b %% 8 of byte b / 8. 'linfhash evaluate', 'linfhash search' and",
            "faiss's binary indexes read them."
        })
final class EncodeCommand extends BaseCommand {
    @Mixin
    private final ModelVectors vectors = new ModelVectors();

    @Option(names = "--out", paramLabel = "F.npy", required = true, description = "The file to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        WrittenFiles.requireEnding(out, ".npy");
        written.check("--out", out);
        BinaryCodes codes = vectors.encode();
        CodeArrays.write(out, codes);
        say("wrote " + out + " (" + codes.size() + " codes of " + codes.bits() + " bits)");
        return ExitCodes.OK;
    }
}
