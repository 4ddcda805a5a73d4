package io.github.linfhash.cli;

import io.github.linfhash.experiment.models.ModelExport;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.io.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linfhash export}: an encoder for other programs. */
@Command(
        name = "export",
        description = "Writes a model of nnh, snnh or deep-linf as ONNX, preprocessing included.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = {
            "  linfhash export --model my.linfhash --onnx my.onnx",
            "",
            "Input: features, float32, batch x d, raw. Outputs: outputs, float32, batch x N, and codes, uint8, batch x N,",
            "1 where an output is greater than 0; numpy.packbits(codes, axis=1, bitorder=\"little\") packs them."
        })
final class ExportCommand implements Callable<Integer> {
    @Option(names = "--model", paramLabel = "F", required = true, description = "A model that 'linfhash train' wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path model;

    @Option(names = "--onnx", paramLabel = "F.onnx", required = true, description = "The file to write.")
    @SuppressWarnings("NullAway.Init")
    private Path onnx;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        written.check("--onnx", onnx);
        byte[] content = ModelExport.onnx(Models.read(model), model.toString());
        AtomicFiles.write(onnx, out -> out.write(content));
        spec.commandLine().getErr().println("wrote " + onnx + " (" + content.length + " bytes)");
        return ExitCodes.OK;
    }
}
