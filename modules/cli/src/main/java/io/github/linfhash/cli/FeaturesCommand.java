package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.protocols.protocol.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linfhash features}: the raw features of all images, as NumPy files. */
@Command(
        name = "features",
        description = "Writes a protocol's features as float32 .npy and the labels beside them as .labels.npy.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = {
            "  linfhash features --protocol cifar10 --data ~/data --out cifar10.npy",
            "      writes cifar10.npy and cifar10.labels.npy",
            "",
            "Rows are in the order of the data set's files; the features are raw: before any centring or scaling."
        })
final class FeaturesCommand implements Callable<Integer> {
    private static final String ENDING = ".npy";

    @Mixin
    private final ProtocolSelection selection = new ProtocolSelection();

    @Option(names = "--out", paramLabel = "F.npy", required = true, description = "The file to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String file = out.toString();
        if (!file.endsWith(ENDING)) {
            throw new InputException("--out: expected a name that ends in .npy, found " + file);
        }
        Path labels = Path.of(file.substring(0, file.length() - ENDING.length()) + ".labels" + ENDING);
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        written.check("--out", List.of(out, labels), selection.files(home, protocol));
        FeatureData data = selection.prepare(
                home, protocol, ConsoleProgress.standard(), spec.commandLine().getErr());
        LabelArrays.write(labels, data.labels());
        FeatureArrays.write(out, data.raw());
        spec.commandLine().getErr().println("wrote " + out + " (" + data.raw() + ") and " + labels);
        return ExitCodes.OK;
    }
}
