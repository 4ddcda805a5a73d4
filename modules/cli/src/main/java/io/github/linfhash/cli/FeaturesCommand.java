package io.github.linfhash.cli;

import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linfhash data features}: the raw features of all images, as NumPy files. */
@Command(
        name = "features",
        description = "Writes a protocol's features as float32 .npy and its labels as .labels.npy.",
        footer = {
            "  linfhash data features --protocol cifar10 --data ~/data --out cifar10.npy",
            "      writes cifar10.npy and cifar10.labels.npy",
            "",
            "Vectors are in the order of the data set's files. Features are raw, neither centered nor scaled."
        })
final class FeaturesCommand extends BaseCommand {
    @Mixin
    private final SelectionWithNetwork selection = new SelectionWithNetwork();

    @Mixin
    private final VectorsOutput out = new VectorsOutput();

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        out.check(written, selection.files(home, protocol));
        FeatureData data = selection.prepare(home, protocol, progress(), err());
        out.write(data.raw(), data.labels(), err());
        return ExitCodes.OK;
    }
}
