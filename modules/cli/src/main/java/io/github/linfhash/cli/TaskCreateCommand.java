package io.github.linfhash.cli;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.WrittenFiles;
import io.github.linfhash.tasks.Task;
import io.github.linfhash.tasks.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash task create}: the task of a protocol for a method that is not part of linfhash. */
@Command(
        name = "create",
        description = {
            "Creates a blind task from a protocol, for your own method in any language.",
            "For each seed, it contains features and training labels. A Python example writes codes."
        },
        footer = {
            "  linfhash task create --out task",
            "  linfhash task create --protocol cifar10 --data ~/data --seeds 0-4 --out task",
            "      writes task/task.yaml and task/example.py, and for each seed in task/SEED:",
            "      train_features.npy, train_labels.npy, database_features.npy and query_features.npy",
            "  python3 task/example.py my-submission",
            "  linfhash task score my-submission --task task --data ~/data --out my-result",
            "",
            "Each seed orders the vectors differently. docs/entering.md describes the rules."
        })
final class TaskCreateCommand extends BaseCommand {
    @Mixin
    private final SelectionWithNetwork selection = new SelectionWithNetwork();

    @Mixin
    private final SeedsOption seeds = new SeedsOption();

    @Mixin
    private final BitsOption bits = new BitsOption();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the task.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        Tasks.requirePossible(protocol);
        List<Integer> lengths = bits.or(protocol.bits());
        List<Long> drawn = seeds.or(protocol.seeds());
        drawn.forEach(seed -> Splits.requireSeed(protocol.seeds(), seed));
        written.checkIn("--out", out, Tasks.files(drawn), selection.files(home, protocol));
        Progress progress = progress();
        FeatureData data = selection.prepare(home, protocol, progress, err());
        Task task = Tasks.handOut(protocol, data, lengths, drawn, out, progress);
        say("wrote " + out.resolve(Task.FILE) + ", " + Tasks.EXAMPLE + " and "
                + task.files().size() + " arrays of " + drawn.size()
                + (drawn.size() == 1 ? " seed" : " seeds"));
        return ExitCodes.OK;
    }
}
