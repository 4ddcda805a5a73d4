package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.MethodRun;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.experiment.studies.Antipodality;
import io.github.linfhash.experiment.studies.QueryOutputs;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.TableCommand;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash paper figure5}: what the encoders put out for one query, and how antipodal their outputs are for all. */
@Command(
        name = "figure5",
        description = "Reproduces Figure 5 of the paper for one query, and prints its statistics over all queries.",
        footer = {
            "  linfhash paper figure5 --protocol cifar10 --data ~/data --bits 48 --query 7",
            "      writes figure5.svg and figure5.csv: outputs and codes of nnh, snnh and deep-linf",
            "",
            "Columns:",
            "  - ||x - m s||^2 / ||x||^2, with the code s in +-1 and the mean m of |x|",
            "  - share of entries at 99.9%% of the bound (lambda for deep-linf, otherwise",
            "    the unit's largest magnitude)",
            "  - excess kurtosis (-2 if antipodal)",
            "  - share of zeros",
            "  - unique codes of the queries"
        })
final class Figure5Command extends TableCommand {
    private static final List<String> METHODS = List.of("nnh", "snnh", "deep-linf");

    @Mixin
    private final SelectionWithNetwork selection = new SelectionWithNetwork();

    @Option(
            names = "--methods",
            paramLabel = "a,b",
            split = ",",
            description = "Encoders to draw, or configurations METHOD:VARIANT (default: nnh,snnh,deep-linf, of several"
                    + " configurations tuned). METHOD selects all of its configurations.")
    private @Nullable List<String> methods;

    @Option(names = "--bits", paramLabel = "N", description = "Code length (default: 48).")
    private int bits = 48;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of split and training (default: 0).")
    private long seed;

    @Option(names = "--query", paramLabel = "K", description = "Number of the query to draw, from 0 (default: 0).")
    private int query;

    @Option(names = "--quick", description = "Smoke test: train for as few epochs as 'run --quick'.")
    private boolean quick;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Output folder (default: reports/out/PROTOCOL/${COMMAND-NAME} in a checkout, otherwise"
                    + " linfhash-results/PROTOCOL/${COMMAND-NAME}; NAME-results/${COMMAND-NAME} next to your own"
                    + " protocol file).")
    private @Nullable Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        List<MethodRun> cells = entries(protocol).stream()
                .map(entry -> ProtocolSelection.cell(protocol, entry, bits, seed, quick))
                .toList();
        Path folder = out != null ? out : selection.results(home, protocol, "").resolve(spec().name());
        written.checkIn("--out", folder, List.of("figure5.svg", "figure5.csv"), selection.files(home, protocol));
        Progress progress = progress();
        PreparedSplit split = selection.split(home, protocol, seed, progress, err());
        requireQuery(split);
        Files.createDirectories(folder);
        List<QueryOutputs> outputs = new ArrayList<>();
        for (MethodRun cell : cells) {
            outputs.add(QueryOutputs.of(cell.key().entry(), cell.train(split, progress), split.queries()));
        }
        write(folder, new FigureFive(outputs, query), protocol.title());
        print(listing(outputs));
        say("wrote " + folder.resolve("figure5.svg") + " and figure5.csv");
        return ExitCodes.OK;
    }

    private List<MethodEntry> entries(Protocol protocol) {
        return methods == null
                ? METHODS.stream().map(name -> Selection.entry(protocol, name)).toList()
                : Protocol.grouped(methods.stream()
                        .flatMap(name -> Selection.entries(protocol, name.strip()).stream())
                        .distinct()
                        .toList());
    }

    private void requireQuery(PreparedSplit split) {
        int most = split.queries().rows() - 1;
        if (query < 0 || query > most) {
            throw new InputException("--query: expected the number of a query, 0 to " + most + ", found " + query);
        }
    }

    private void write(Path folder, FigureFive figure, String title) throws IOException {
        String heading = title + ", " + bits + " bits, seed " + seed + ", query " + query;
        AtomicFiles.write(folder.resolve("figure5.svg"), figure.svg(heading));
        AtomicFiles.write(folder.resolve("figure5.csv"), figure.csv());
    }

    private static Listing listing(List<QueryOutputs> encoders) {
        Listing listing =
                new Listing("method", "quantization error", "at bound", "excess kurtosis", "zeros", "unique codes");
        for (QueryOutputs outputs : encoders) {
            Antipodality measured = Antipodality.of(outputs);
            listing.add(
                    outputs.method(),
                    Listing.number(Decimals.of(measured.quantizationError())),
                    Listing.number(Decimals.of(measured.atBound())),
                    Listing.number(Decimals.of(measured.excessKurtosis())),
                    Listing.number(Decimals.of(measured.zeros())),
                    measured.uniqueCodes());
        }
        return listing;
    }
}
