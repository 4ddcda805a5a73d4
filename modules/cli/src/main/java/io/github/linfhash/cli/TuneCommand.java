package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.environment.Environment;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.tuning.Criterion;
import io.github.linfhash.experiment.tuning.Journal;
import io.github.linfhash.experiment.tuning.SearchSpace;
import io.github.linfhash.experiment.tuning.Tuning;
import io.github.linfhash.experiment.tuning.TuningData;
import io.github.linfhash.experiment.tuning.TuningResult;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.NumberList;
import io.github.linfhash.shell.ShownCommand;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash tune}: chooses options on training images, with equal effort for every method. */
@Command(
        name = "tune",
        description = "Searches options by cross-validation on training data, and prints them for the protocol file.",
        footer = {
            "  linfhash tune --protocol cifar10 --data ~/data --methods nnh,snnh,deep-linf",
            "  linfhash tune --protocol cifar10 --data ~/data --methods ksh --criteria precision@2,recall@2,precision@0",
            "  linfhash tune --protocol cifar10 --data ~/data --methods deep-linf --trials 2000 --device opencl",
            "  linfhash tune --protocol cifar10 --data ~/data --methods nnh --space protocols/tuning/losses.yaml --loss dch",
            "",
            "All methods get the same number of configurations per code length. Each is trained on all folds but one",
            "and evaluated by retrieval within the held-out fold. The mean of its ranks in the criteria decides. A",
            "tuning run uses the training vectors of one split and at most 5,000 other database vectors without",
            "labels; for neighborRecall@1, only the latter. It uses no query of any seed of the protocol.",
            "",
            "Configuration 0 has the method's defaults, and wins if no other is better on the held-out folds. To",
            "resume, run the same command again; measurements are stored next to the trace."
        })
final class TuneCommand extends BaseCommand {
    @Mixin
    private final SelectionWithNetwork selection = new SelectionWithNetwork();

    @Option(names = "--methods", paramLabel = "a,b", split = ",", required = true, description = "Methods to tune.")
    private List<String> methods = List.of();

    @Option(
            names = "--space",
            paramLabel = "F.yaml",
            description = "Search space (default: protocols/tuning/standard.yaml).")
    private @Nullable Path space;

    @Option(
            names = "--bits",
            paramLabel = "a,b",
            split = ",",
            description = "Code lengths to tune for, each separately (default: those of the search space that the"
                    + " protocol has too; if there are none, those of the protocol).")
    private List<Integer> bits = List.of();

    @Option(
            names = "--trials",
            paramLabel = "N",
            description =
                    "Configurations per method and code length besides the defaults (default: as in the search space).")
    private @Nullable Integer trials;

    @Option(
            names = "--criteria",
            paramLabel = "KEYS",
            split = ",",
            description = "Criteria of the choice: some of map, precision@2, recall@2 and precision@0, or"
                    + " neighborRecall@1, which needs no labels (default: those of the search space).")
    private List<String> criteria = List.of();

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "Tune only with this loss of the search space; 'linfhash list losses' lists losses.")
    private @Nullable String loss;

    @Option(
            names = "--fix",
            paramLabel = "OPTION=VALUE",
            description = "Fix an option of the methods, such as classifier=linear; repeatable.")
    private Map<String, String> fixed = Map.of();

    @Option(names = "--skip-defaults", description = "Do not try the methods' defaults, which saves their trainings.")
    private boolean skipDefaults;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of split and tuning run; any (default: 0).")
    private long seed;

    @Mixin
    private final WorkersOption workers = new WorkersOption();

    @Mixin
    private final DeviceOption deviceOption = new DeviceOption();

    @Option(
            names = "--out",
            paramLabel = "F.json",
            description = "File for the full trace (default: tuning.json in the output folder of 'linfhash run').")
    private @Nullable Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    private List<Criterion> criteria() {
        try {
            return criteria.stream().map(Criterion::of).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw new InputException("--criteria: " + e.getMessage());
        }
    }

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        SearchSpace searched = SearchSpace.read(
                space != null ? space : home.protocols().resolve("tuning").resolve("standard.yaml"));
        methods.forEach(searched::of);
        if (loss != null) {
            searched = searched.withLoss(loss, methods);
        }
        if (!bits.isEmpty()) {
            for (int length : bits) {
                NumberList.requireWithin("--bits", length, 1, NumberList.MOST_BITS);
            }
            searched = searched.at(bits);
        } else {
            List<Integer> measured =
                    searched.bits().stream().filter(protocol.bits()::contains).toList();
            searched = searched.at(measured.isEmpty() ? protocol.bits() : measured);
        }
        if (!fixed.isEmpty()) {
            Map<String, Object> values = new LinkedHashMap<>();
            fixed.forEach((path, word) -> values.put(path, StrictReader.value(word)));
            searched = searched.withFixed(values, methods);
        }
        if (!criteria.isEmpty()) {
            searched = searched.withCriteria(criteria());
        }
        if (trials != null) {
            NumberList.requireWithin("--trials", trials, 1, 100_000);
            searched = searched.withTrials(trials);
        }
        int parallel = workers.count();
        TrainingDevice device = deviceOption.device();
        Tuning.requirePossible(searched, methods, device);
        NumberList.requireWithin("--seed", seed, 0, SeedsOption.MOST);
        Path trace = out != null ? out : selection.results(home, protocol, "").resolve("tuning.json");
        written.check("--out", List.of(trace), selection.files(home, protocol));
        Progress progress = progress();
        FeatureData data = selection.prepare(home, protocol, progress, err());
        TuningData images = searched.byNeighbors()
                ? TuningData.withNeighbors(protocol, data, seed)
                : TuningData.of(protocol, data, seed);
        Path kept = trace.resolveSibling(trace.getFileName() + ".journal");
        AtomicFiles.makeFolders(Objects.requireNonNull(kept.toAbsolutePath().getParent()));
        Journal journal =
                Journal.in(kept, String.join("/", images.hash(), "" + seed, Environment.codeHash() + device.name()));
        if (journal.size() > 0) {
            progress.note("found " + journal.size() + " measurements in " + kept);
        }
        TuningResult result = new Tuning(searched, seed, parallel, journal, device, progress, !skipDefaults)
                .run(protocol, methods, images, ShownCommand.of(spec()));
        AtomicFiles.write(trace, result.json());
        print(result.yaml());
        result.winners().forEach(sentence -> say(sentence + "."));
        result.failures()
                .forEach((method, reason) ->
                        note(method + ": every configuration failed, the last of them with: " + reason));
        say("wrote " + trace);
        Files.deleteIfExists(kept);
        return result.failures().isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
