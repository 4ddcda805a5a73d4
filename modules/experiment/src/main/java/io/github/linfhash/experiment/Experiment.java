package io.github.linfhash.experiment;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.Comparison;
import io.github.linfhash.experiment.runner.ExistingResults;
import io.github.linfhash.experiment.runner.ExternalCodes;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Preparation;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.experiment.runner.Runner.Interim;
import io.github.linfhash.experiment.tuning.SearchTraces;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A protocol on its data, ready to be run: {@code Experiment.of(protocol, data).run(folder)}.
 *
 * <p>Finished runs are kept in the folder and are not computed again by the same code, rules, data and options. Results depend on
 * seeds alone, not on the number of workers.
 *
 * @param plan what is run
 * @param data its data
 * @param runner how it is run
 * @param external codes of other programs that take part
 */
public record Experiment(RunPlan plan, FeatureData data, Runner runner, List<ExternalCodes> external) {
    /** @throws io.github.linfhash.core.errors.InputException if there is not a code for each query and each row of the database */
    public Experiment {
        external = List.copyOf(external);
        if (!external.isEmpty()) {
            Splits splits = data.splits(plan.protocol());
            external.forEach(codes -> codes.requireFit(splits));
        }
    }

    /**
     * A protocol whose data are where its manifest says: embedded, fetched, or named by the protocol's file itself.
     *
     * @param protocol a name of linfhash's own, or the path of a .yaml file
     * @throws io.github.linfhash.core.errors.InputException if there is no such protocol, or its data are not there or not right
     * @throws IOException if the cache cannot be written
     */
    public static Experiment of(String protocol) throws IOException {
        return read(protocol, null);
    }

    /** Reads a protocol, with the files of its data set in a folder. */
    public static Experiment of(String protocol, Path data) throws IOException {
        return read(protocol, data);
    }

    private static Experiment read(String name, @Nullable Path data) throws IOException {
        ProjectHome home = ProjectHome.find();
        ProtocolFiles files = new ProtocolFiles(home.protocols());
        Protocol protocol = files.read(name);
        SearchTraces traces = SearchTraces.in(files.folderOf(name), home.root());
        RunPlan plan = RunPlan.of(protocol, Selection.ALL, MethodRegistry.standard(), traces);
        FeatureData prepared = new Preparation(home, files.folderOf(name), Progress.NONE).prepare(protocol, data);
        Runner runner = new Runner(Runtime.getRuntime().availableProcessors(), Progress.NONE);
        return new Experiment(plan, prepared, runner, List.of());
    }

    /** The rules. */
    public Protocol protocol() {
        return plan.protocol();
    }

    /**
     * The data of one seed: the split, preprocessed.
     *
     * @throws IOException if kept neighbors cannot be read
     */
    public PreparedSplit split(long seed) throws IOException {
        return PreparedSplit.of(protocol(), data, seed);
    }

    /**
     * Returns this experiment with another part of the protocol.
     *
     * @throws io.github.linfhash.core.errors.InputException if the protocol has no such part
     */
    public Experiment with(Selection part) throws IOException {
        return new Experiment(plan.with(part), data, runner, external);
    }

    /**
     * The outcome of an experiment.
     *
     * @param done the runs of this experiment
     * @param shown these, and whatever else the folder holds of the same rules, data, code and options
     * @param evidence what claims can be tested on: the shown runs and the protocol's variants of them
     */
    public record Outcome(Results done, Results shown, List<Evidence> evidence) {
        public Outcome {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * Computes what the folder does not hold yet, and writes results.json.
     *
     * @return the runs of this experiment and all others that the folder holds of the same rules, data, code and options
     * @throws io.github.linfhash.core.errors.InputException if an option is not allowed, or the folder holds results of
     *     another protocol or of other data, cannot be written, or is in use
     */
    public Results run(Path folder) throws IOException {
        try (OutputFolder open = OutputFolder.open(folder)) {
            Results shown = outcome(open, false, Interim.NONE).shown();
            ResultsJson.write(folder.resolve(ResultsJson.FILE), shown);
            return shown;
        }
    }

    /** Computes what an open folder does not hold yet, without variants, and writes nothing but the runs. */
    public Results runs(OutputFolder open) throws IOException {
        return runs(open, Interim.NONE);
    }

    private Results runs(OutputFolder open, Interim interim) throws IOException {
        return carryOut(plan.comparison(data.raw().dimension(), external), open, interim);
    }

    /**
     * Computes what an open folder does not hold yet, the variants included unless it is the short version, and writes the
     * runs and the results.json of each variant.
     *
     * @param only whether what is shown are the runs of this experiment alone
     * @param interim what shows finished runs, without variants, while others are computed
     */
    public Outcome outcome(OutputFolder open, boolean only, Interim interim) throws IOException {
        Results done = runs(open, interim);
        Results shown =
                only ? done : runner.withOthers(done, plan.everything(data.raw().dimension(), external), open);
        List<Evidence> evidence = new ArrayList<>(List.of(Evidence.of(shown, open.path())));
        for (Map.Entry<String, ConfiguredMethod<?>> variant :
                plan.variants(true).entrySet()) {
            evidence.add(variant(plan.comparison(variant.getValue()), place(open, variant.getKey()), only));
        }
        if (!only) {
            for (Map.Entry<String, ConfiguredMethod<?>> other :
                    plan.variants(false).entrySet()) {
                evidence.addAll(held(plan.comparison(other.getValue()), shown, place(open, other.getKey())));
            }
        }
        return new Outcome(done, shown, evidence);
    }

    private static Path place(OutputFolder folder, String variant) {
        return Evidence.variants(folder.path()).resolve(variant);
    }

    private Results carryOut(Comparison comparison, OutputFolder open, Interim interim) throws IOException {
        // Asked when the folder is this process's alone, whoever asked before.
        ExistingResults.requireOf(open.path(), protocol());
        ExistingResults.requireOf(open.path(), data.dataset());
        return runner.carryOut(comparison, data, open, interim);
    }

    /** Runs a variant of a method, which claims alone are about, and keeps its results in its folder. */
    private Evidence variant(Comparison variant, Path place, boolean only) throws IOException {
        try (OutputFolder open = OutputFolder.open(place)) {
            Results done = carryOut(variant, open, Interim.NONE);
            Results results = only ? done : runner.withOthers(done, variant, open);
            ResultsJson.write(place.resolve(ResultsJson.FILE), results);
            return Evidence.of(results, place);
        }
    }

    /** The results of a variant whose method is not run now, as far as its folder holds them. */
    private List<Evidence> held(Comparison variant, Results results, Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (OutputFolder open = OutputFolder.open(place)) {
            ProtocolSummary none = results.protocol()
                    .withRuns(variant.bits(), variant.seeds(), variant.configurations(variant.bits()));
            Results held = runner.withOthers(new Results(none, results.environment(), List.of()), variant, open);
            if (held.runs().isEmpty()) {
                return List.of();
            }
            ResultsJson.write(place.resolve(ResultsJson.FILE), held);
            return List.of(Evidence.of(held, place));
        }
    }
}
