package io.github.linfhash.cli;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.entries.Task;
import io.github.linfhash.experiment.entries.Tasks;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Splits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linfhash hand-out}: the task of a protocol for a method that is not part of linfhash. */
@Command(
        name = "hand-out",
        description = {
            "Writes the task of a protocol for a method of your own, in any language.",
            "The task holds, for each seed, the features, the labels of the training rows, and a Python example that makes codes."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash hand-out --out task",
            "  linfhash hand-out --protocol cifar10 --data ~/data --seeds 0-4 --out task",
            "      writes task/task.yaml and task/example.py, and for each seed task/SEED/train_features.npy, train_labels.npy,",
            "      database_features.npy and query_features.npy",
            "  python3 task/example.py my-submission",
            "  linfhash score my-submission --task task --data ~/data --out my-result",
            "",
            "Rows are in an order of their own for each seed. docs/entering.md has the rules."
        })
final class HandOutCommand implements Callable<Integer> {
    @Mixin
    private final SelectionWithModel selection = new SelectionWithModel();

    @Option(
            names = "--seeds",
            paramLabel = "0-4",
            converter = NumberList.class,
            description = "Seeds, each with a split of its own (default: those of the protocol).")
    private @Nullable NumberList seeds;

    @Option(
            names = "--bits",
            paramLabel = "48,64",
            converter = NumberList.class,
            description = "Code lengths (default: those of the protocol).")
    private @Nullable NumberList bits;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder of the task.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        Tasks.requirePossible(protocol);
        List<Integer> lengths = bits == null ? protocol.bits() : bits.codeLengths();
        List<Long> drawn = seeds == null ? protocol.seeds() : seeds.within("--seeds", 0, RunSelection.MOST_SEED);
        drawn.forEach(seed -> Splits.requireSeed(protocol.seeds(), seed));
        written.checkIn("--out", out, Tasks.files(drawn), selection.files(home, protocol));
        Progress progress = ConsoleProgress.standard();
        FeatureData data =
                selection.prepare(home, protocol, progress, spec.commandLine().getErr());
        Task task = Tasks.handOut(protocol, data, lengths, drawn, out, progress);
        spec.commandLine()
                .getErr()
                .println("wrote " + out.resolve(Task.FILE) + ", " + Tasks.EXAMPLE + " and "
                        + task.files().size() + " arrays of " + drawn.size()
                        + (drawn.size() == 1 ? " seed" : " seeds"));
        return ExitCodes.OK;
    }
}
