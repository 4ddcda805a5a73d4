package io.github.linfhash.cli;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.MethodRun;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash split}: which images of a protocol are queries, database and training images under a seed. */
@Command(
        name = "split",
        description = {
            "Writes a protocol's split for a seed: labels and row numbers of queries, database and training set.",
            "With --method and --bits, also trains the method and writes its codes."
        },
        footer = {
            "  linfhash split --protocol cifar10 --data ~/data --seed 0 --out split",
            "      writes query-labels.npy and database-labels.npy, and row numbers in the data set,",
            "      from 0: query-rows.npy, database-rows.npy and training-rows.npy",
            "  linfhash split --protocol cifar10 --data ~/data --method ksh --bits 48 --seed 0 --out codes",
            "      also writes query-codes.npy and database-codes.npy",
            "",
            "The split depends only on protocol and seed. To report external codes, compute them for these rows in",
            "this order, and pass them to 'linfhash run --external'. Codes are packed uint8: bit b is bit b %% 8 of",
            "byte b / 8. 'linfhash evaluate', 'linfhash search' and faiss's binary indexes read them."
        })
final class SplitCommand extends BaseCommand {
    private static final List<String> CODES = List.of("query-codes.npy", "database-codes.npy");
    private static final List<String> ROWS = List.of(
            "query-labels.npy", "database-labels.npy", "query-rows.npy", "database-rows.npy", "training-rows.npy");

    @Mixin
    private final SelectionWithNetwork selection = new SelectionWithNetwork();

    @Option(names = "--method", paramLabel = "M", description = "Method to train; requires --bits.")
    private @Nullable String method;

    @Option(names = "--bits", paramLabel = "N", description = "Code length of the method.")
    private @Nullable Integer bits;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of split and training (default: 0).")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for the files.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        MethodRun cell = cell(protocol);
        List<String> files = new ArrayList<>(cell == null ? List.of() : CODES);
        files.addAll(ROWS);
        written.checkIn("--out", out, files, selection.files(home, protocol));
        PreparedSplit prepared = selection.split(home, protocol, seed, progress(), err());
        Split split = prepared.split();
        if (cell != null) {
            HashFunction function = cell.train(prepared, progress());
            BinaryCodes database = function.encode(prepared.database());
            CodeArrays.write(out.resolve(CODES.get(0)), prepared.encodeQueries(function, database));
            CodeArrays.write(out.resolve(CODES.get(1)), database);
        }
        List<Labels> rows = List.of(
                prepared.queryLabels(),
                prepared.databaseLabels(),
                ClassLabels.of(split.query()),
                ClassLabels.of(split.database()),
                ClassLabels.of(split.training()));
        for (int f = 0; f < rows.size(); f++) {
            LabelArrays.write(out.resolve(ROWS.get(f)), rows.get(f));
        }
        say("wrote " + files.size() + " files to " + out);
        return ExitCodes.OK;
    }

    /** The run whose codes are written, or null. */
    private @Nullable MethodRun cell(Protocol protocol) {
        if (method != null && bits != null) {
            return ProtocolSelection.cell(protocol, method, bits, seed);
        }
        if (method != null || bits != null) {
            throw new InputException("--method and --bits: expected both or neither, found only "
                    + (bits == null ? "--method" : "--bits"));
        }
        ProtocolSelection.requireSeed(protocol, seed);
        return null;
    }
}
