package io.github.linfhash.cli;

import io.github.linfhash.experiment.models.ModelExport;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.io.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash export}: a trained encoder for other programs. */
@Command(
        name = "export",
        description = "Writes a model of a trained encoder as ONNX, preprocessing included.",
        footer = {
            "  linfhash export --model my.linfhash --onnx my.onnx",
            "      input: features, float32, batch x d, raw; outputs: outputs, float32, batch x N, and codes, uint8, batch x N,",
            "      1 where an output is greater than 0; numpy.packbits(codes, axis=1, bitorder=\"little\") packs them"
        })
final class ExportCommand extends BaseCommand {
    @Option(names = "--model", paramLabel = "F", required = true, description = "A model that 'linfhash train' wrote.")
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
