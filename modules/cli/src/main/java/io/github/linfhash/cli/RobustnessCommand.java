package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.quantization.QuantizationErrors;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.runner.Comparison;
import io.github.linfhash.experiment.runner.Trial;
import io.github.linfhash.experiment.studies.CodeDamageStudy;
import io.github.linfhash.experiment.studies.QuantizationStudy;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linfhash robustness}: theorem 1.1 measured, and retrieval with damaged codes. */
@Command(
        name = "robustness",
        description = "Measures theorem 1.1 of the paper, and what retrieval loses as code entries are damaged.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = {
            "  linfhash robustness --protocol cifar10 --data ~/data --bits 48,64 --methods deep-linf,ksh",
            "      writes quantization.csv and damage.csv, and prints both",
            "",
            "Quantization: N coefficients of signals of norm 1 in L levels; mean Euclidean errors of coefficients,",
            "reconstructions and signals beside the theorem's bound (lambda sqrt(N) / L, sqrt(n) / L) and the bound",
            "that holds while no coefficient is outside the range (range sqrt(N) / L). Unfinished: signals whose",
            "solution in the box is not exact to 1e-6.",
            "Damage: entries of the database's codes are flipped, or lost and read as 0; the queries stay whole."
        })
final class RobustnessCommand implements Callable<Integer> {
    private static final List<String> METHODS = List.of("deep-linf", "nnh", "snnh", "ksh");

    @Mixin
    private final SelectionWithModel selection = new SelectionWithModel();

    @Option(
            names = "--methods",
            paramLabel = "a,b",
            split = ",",
            description =
                    "Methods whose codes are damaged or rows METHOD:ROW of them (default: deep-linf,nnh,snnh,ksh, tuned).")
    private @Nullable List<String> methods;

    @Option(
            names = "--bits",
            paramLabel = "48,64",
            converter = NumberList.class,
            description = "Code lengths (default: those of the protocol).")
    private @Nullable NumberList bits;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of split, training and damage (default: 0).")
    private long seed;

    @Option(
            names = "--level",
            paramLabel = "K",
            description = "The box has half-width lambda = K / sqrt(N) (default: 2).")
    private double level = 2;

    @Mixin
    private final CommandFolder output = new CommandFolder();

    @Mixin
    private final ListingOutput listings = new ListingOutput();

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        if (!(level > 0 && level < Double.POSITIVE_INFINITY)) {
            throw new InputException("--level: expected a number above 0, found " + level);
        }
        List<Integer> lengths = bits == null ? protocol.bits() : bits.codeLengths();
        List<Comparison.Cell> cells = cells(protocol, lengths);
        Path folder = output.check(written, home, selection, protocol, "quantization.csv", "damage.csv");
        Progress progress = ConsoleProgress.standard();
        Trial trial = selection.trial(
                home, protocol, seed, progress, spec.commandLine().getErr());
        Files.createDirectories(folder);
        Map<String, Listing> tables = new LinkedHashMap<>();
        tables.put("quantization", quantization(lengths, trial, progress));
        tables.put("damage", damage(cells, trial, progress));
        for (Map.Entry<String, Listing> table : tables.entrySet()) {
            AtomicFiles.write(
                    folder.resolve(table.getKey() + ".csv"), table.getValue().render(OutputFormat.CSV));
        }
        listings.print(new Listings(tables));
        spec.commandLine().getErr().println("wrote quantization.csv and damage.csv to " + folder);
        return ExitCodes.OK;
    }

    private List<Comparison.Cell> cells(Protocol protocol, List<Integer> lengths) {
        List<Comparison.Cell> cells = new ArrayList<>();
        for (int n : lengths) {
            entries(protocol).forEach(entry -> cells.add(ProtocolSelection.cell(protocol, entry, n, seed)));
        }
        return cells;
    }

    private List<MethodEntry> entries(Protocol protocol) {
        return methods == null
                ? METHODS.stream().map(name -> Selection.entry(protocol, name)).toList()
                : methods.stream()
                        .flatMap(name -> Selection.entries(protocol, name.strip()).stream())
                        .toList();
    }

    private Listing quantization(List<Integer> lengths, Trial trial, Progress progress) {
        TrainingContext context = new TrainingContext(new RandomStreams(seed), progress, null);
        QuantizationListing listing = new QuantizationListing();
        for (int n : lengths) {
            QuantizationStudy study = new QuantizationStudy(n, level);
            listing.add(n, study.onRandomFrame(trial.training().labeled().rows(), context));
            listing.add(n, study.onLearnedDictionary(trial.training(), context));
        }
        return listing.listing();
    }

    private Listing damage(List<Comparison.Cell> cells, Trial trial, Progress progress) {
        Listing listing = new Listing(
                "bits", "method", "damage", "percent", StandardMetrics.MAP.key(), StandardMetrics.PRECISION_2.key());
        for (Comparison.Cell cell : cells) {
            HashFunction function = cell.train(trial, progress);
            CodeDamageStudy study = new CodeDamageStudy(
                    function.encode(trial.queries()), function.encode(trial.database()), trial.relevance());
            for (CodeDamageStudy.Outcome outcome : study.measure(new RandomStreams(seed))) {
                listing.add(
                        Integer.toString(cell.key().bits()),
                        cell.key().entry(),
                        ListCommand.lower(outcome.noise()),
                        Integer.toString(outcome.percent()),
                        Decimals.of(outcome.map()),
                        Decimals.of(outcome.precision()));
            }
        }
        return listing;
    }

    /** The outcomes of the quantization study as a table. */
    private static final class QuantizationListing {
        private final Listing listing = new Listing(
                "bits",
                "dictionary",
                "representation",
                "levels",
                "range",
                "outside",
                "coefficient error",
                "theorem bound",
                "range bound",
                "reconstruction error",
                "signal error",
                "unfinished");

        /** Adds a row for each representation and number of levels. */
        void add(int bits, QuantizationStudy.Outcome outcome) {
            for (QuantizationErrors row : outcome.errors()) {
                listing.add(
                        Integer.toString(bits),
                        outcome.dictionary(),
                        ListCommand.lower(row.representation()),
                        Integer.toString(row.quantizer().levels()),
                        Decimals.of(row.quantizer().range()),
                        Decimals.of(row.outside()),
                        Decimals.of(row.errors().coefficients().mean()),
                        Decimals.of(row.bounds().printed()),
                        Decimals.of(row.bounds().proven()),
                        Decimals.of(row.errors().reconstructions().mean()),
                        Decimals.of(row.errors().signals().mean()),
                        Integer.toString(outcome.unfinished()));
            }
        }

        Listing listing() {
            return listing;
        }
    }
}
