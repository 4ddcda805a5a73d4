package io.github.linfhash.cli;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.MethodRun;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash encode}: codes, by a model that is kept or by one trained for the purpose. */
@Command(
        name = "encode",
        description = {
            "Writes codes as NumPy files, by a model or by a method of a protocol.",
            "A model encodes any vectors; a method is trained on a protocol's training images, and encodes its queries and database."
        },
        footer = {
            "  linfhash encode --model my.linfhash --features f.npy --out codes.npy",
            "  linfhash encode --protocol cifar10 --data ~/data --method ksh --bits 48 --seed 0 --out codes",
            "      writes codes/query-codes.npy, database-codes.npy, query-labels.npy, database-labels.npy, and the numbers",
            "      of their rows in the data set, from 0: query-rows.npy, database-rows.npy and training-rows.npy",
            "",
            "The rows and their order are those of the protocol's split for the seed, whatever the method: codes that are",
            "made elsewhere for these rows, in this order, join a page by 'linfhash reproduce --codes'.",
            "Codes are packed uint8 (bit b is bit b %% 8 of byte b / 8), as 'linfhash evaluate', 'linfhash search' and",
            "faiss's binary indexes take them."
        })
final class EncodeCommand extends BaseCommand {
    private static final List<String> FILES = List.of(
            "query-codes.npy",
            "database-codes.npy",
            "query-labels.npy",
            "database-labels.npy",
            "query-rows.npy",
            "database-rows.npy",
            "training-rows.npy");

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Work work;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            required = true,
            description = "With --model, the .npy file to write; without, the folder for the files.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    /** Either of two. */
    private static final class Work {
        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable ModelVectors vectors;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable TrainedRun run;
    }

    /** One run of a protocol. */
    private static final class TrainedRun extends ProtocolSelection {
        @Option(names = "--method", paramLabel = "M", required = true, description = "The method to train.")
        private String method = "";

        @Option(names = "--bits", paramLabel = "N", required = true, description = "Code length.")
        private int bits;

        @Option(names = "--seed", paramLabel = "S", description = "Seed of split and training (default: 0).")
        private long seed;
    }

    @Override
    public Integer call() throws IOException {
        if (work.vectors != null) {
            encode(work.vectors);
        }
        if (work.run != null) {
            trainAndEncode(work.run);
        }
        return ExitCodes.OK;
    }

    private void encode(ModelVectors vectors) throws IOException {
        WrittenFiles.requireEnding(out, ".npy");
        written.check("--out", out);
        BinaryCodes codes = vectors.encode();
        CodeArrays.write(out, codes);
        say("wrote " + out + " (" + codes.size() + " codes of " + codes.bits() + " bits)");
    }

    private void trainAndEncode(TrainedRun run) throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = run.protocol(home);
        MethodRun cell = ProtocolSelection.cell(protocol, run.method, run.bits, run.seed);
        written.checkIn("--out", out, FILES, run.files(home, protocol));
        Progress progress = progress();
        FeatureData data = run.prepare(home, protocol, progress, err());
        Split split = data.splits(protocol).draw(run.seed);
        PreparedSplit trial = PreparedSplit.of(protocol, data, run.seed);
        HashFunction function = cell.train(trial, progress);
        BinaryCodes database = function.encode(trial.database());
        CodeArrays.write(out.resolve(FILES.get(0)), trial.encodeQueries(function, database));
        CodeArrays.write(out.resolve(FILES.get(1)), database);
        LabelArrays.write(out.resolve(FILES.get(2)), trial.queryLabels());
        LabelArrays.write(out.resolve(FILES.get(3)), trial.databaseLabels());
        LabelArrays.write(out.resolve(FILES.get(4)), ClassLabels.of(split.query()));
        LabelArrays.write(out.resolve(FILES.get(5)), ClassLabels.of(split.database()));
        LabelArrays.write(out.resolve(FILES.get(6)), ClassLabels.of(split.training()));
        say("wrote " + FILES.size() + " files to " + out);
    }
}
