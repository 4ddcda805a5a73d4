package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.data.nuswide.synthetic.SyntheticNusWide;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code linfhash data generate}: stand-ins for data that is not at hand. */
@Command(
        name = "generate",
        description = "Generates synthetic data in the file format of a real data set, for tests at full size.",
        mixinStandardHelpOptions = true,
        subcommands = GenerateCommand.GenerateNusWideCommand.class)
final class GenerateCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing data set: expected nus-wide");
    }

    /** {@code linfhash data generate nus-wide}: a stand-in for NUS-WIDE's visual words, in the official files. */
    @Command(
            name = "nus-wide",
            description = "Generates synthetic visual words for NUS-WIDE from labels, in the official file format.",
            footer = {
                "  linfhash data generate nus-wide --labels ~/nus-wide --out standin",
                "      visual words for the real labels in ~/nus-wide/Groundtruth",
                "  linfhash data generate nus-wide --count 50000 --out standin",
                "      also samples labels, with the frequencies of NUS-WIDE",
                "",
                "A file SYNTHETIC.txt is written to the folder. All results from this data are marked as synthetic."
            })
    static final class GenerateNusWideCommand extends BaseCommand {
        @Option(
                names = "--out",
                paramLabel = "DIR",
                required = true,
                description = "Folder to create; must be new or empty.")
        @SuppressWarnings("NullAway.Init")
        private Path out;

        @Option(
                names = "--labels",
                paramLabel = "DIR",
                description = "Folder with the official Groundtruth and ConceptsList (default: labels are sampled).")
        private @Nullable Path labels;

        @Option(
                names = "--count",
                paramLabel = "N",
                description = "Number of images (default: all with labels, or 269,648).")
        private @Nullable Integer rows;

        @Option(names = "--seed", paramLabel = "S", description = "Random seed (default: 0).")
        private long seed;

        @Override
        public Integer call() throws IOException {
            WrittenFiles.requireParent("--out", out);
            OptionalInt count = rows == null ? OptionalInt.empty() : OptionalInt.of(rows);
            SyntheticNusWide data = SyntheticNusWide.of(Optional.ofNullable(labels), count, seed);
            announce(data.estimatedBytes());
            data.write(out, progress());
            say("wrote " + data.rows() + " images with " + (data.real() ? "real" : "drawn")
                    + " labels and SYNTHETIC visual words to " + out);
            return ExitCodes.OK;
        }

        /** Says how much will be written, or that there is no room for it. */
        private void announce(long bytes) {
            OptionalLong free = AtomicFiles.freeSpace(out);
            if (free.isPresent() && free.getAsLong() < bytes) {
                throw new InputException(
                        out + ": expected " + megabytes(bytes) + " free, found " + megabytes(free.getAsLong()));
            }
            say("writing about " + megabytes(bytes) + " to " + out);
        }

        private static String megabytes(long bytes) {
            return (bytes + 999_999) / 1_000_000 + " MB";
        }
    }
}
