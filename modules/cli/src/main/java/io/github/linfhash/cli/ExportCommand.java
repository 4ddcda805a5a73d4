package io.github.linfhash.cli;

import io.github.linfhash.experiment.models.ModelExport;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash export}: a trained encoder for other programs. */
@Command(
        name = "export",
        description = "Exports a trained encoder as ONNX, including preprocessing.",
        footer = {
            "  linfhash export --model my.linfhash --onnx my.onnx",
            "",
            "Input: features (float32, batch x d, raw). Outputs: outputs (float32, batch x N) and codes (uint8, batch",
            "x N; 1 if an output is greater than 0). To pack codes, use numpy.packbits(codes, axis=1,",
            "bitorder=\"little\")."
        })
final class ExportCommand extends BaseCommand {
    @Option(names = "--model", paramLabel = "F", required = true, description = "Model written by 'linfhash train'.")
    @SuppressWarnings("NullAway.Init")
    private Path model;

    @Option(names = "--onnx", paramLabel = "F.onnx", required = true, description = "The file to write.")
    @SuppressWarnings("NullAway.Init")
    private Path onnx;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        written.check("--onnx", onnx);
        byte[] content = ModelExport.onnx(Models.read(model), model.toString());
        AtomicFiles.write(onnx, out -> out.write(content));
        say("wrote " + onnx + " (" + content.length + " bytes)");
        return ExitCodes.OK;
    }
}
