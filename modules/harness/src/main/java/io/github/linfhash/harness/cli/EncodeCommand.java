package io.github.linfhash.harness.cli;

import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.harness.experiment.Comparison;
import io.github.linfhash.harness.experiment.Trial;
import io.github.linfhash.harness.home.ProjectHome;
import io.github.linfhash.harness.progress.ConsoleProgress;
import io.github.linfhash.protocols.npy.CodeArrays;
import io.github.linfhash.protocols.npy.LabelArrays;
import io.github.linfhash.protocols.protocol.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linfhash encode}: the codes of one run, for other programs and for {@code linfhash evaluate}. */
@Command(
        name = "encode",
        description = "Trains one method under a protocol and writes its codes and the labels as NumPy files.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = {
            "  linfhash encode --protocol cifar10 --data ~/data --method ksh --bits 48 --seed 0 --out codes",
            "      writes codes/query-codes.npy, database-codes.npy, query-labels.npy and database-labels.npy",
            "",
            "Codes are packed uint8 (bit b is bit b %% 8 of byte b / 8), as 'linfhash evaluate' takes them."
        })
final class EncodeCommand implements Callable<Integer> {
    @Mixin
    private final ProtocolSelection selection = new ProtocolSelection();

    @Option(names = "--method", paramLabel = "M", required = true, description = "The method to train.")
    private String method = "";

    @Option(names = "--bits", paramLabel = "N", required = true, description = "Code length.")
    private int bits;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of split and training (default: 0).")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for the four files.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        Comparison.Cell cell = ProtocolSelection.cell(protocol, method, bits, seed);
        Progress progress = ConsoleProgress.standard();
        Trial trial = Trial.of(
                protocol,
                selection.prepare(home, protocol, progress, spec.commandLine().getErr()),
                seed);
        HashFunction function = cell.train(trial, progress);
        CodeArrays.write(out.resolve("query-codes.npy"), function.encode(trial.queries()));
        CodeArrays.write(out.resolve("database-codes.npy"), function.encode(trial.database()));
        write("query-labels.npy", trial.queryLabels());
        write("database-labels.npy", trial.databaseLabels());
        spec.commandLine().getErr().println("wrote four files to " + out);
        return ExitCodes.OK;
    }

    private void write(String name, Labels labels) throws IOException {
        LabelArrays.write(out.resolve(name), labels);
    }
}
