package io.github.linfhash.experiment;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.Comparison;
import io.github.linfhash.experiment.runner.EvidenceFiles;
import io.github.linfhash.experiment.runner.ExternalCodes;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.HeldResults;
import io.github.linfhash.experiment.runner.MethodParticipant;
import io.github.linfhash.experiment.runner.Participant;
import io.github.linfhash.experiment.runner.Preparation;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.experiment.runner.QuantizerParticipant;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.experiment.runner.Variants;
import io.github.linfhash.experiment.tuning.SearchTraces;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.linalg.BlasCheck;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.split.SplitRule;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A protocol on its data, ready to be run: {@code Experiment.of(protocol, data).run(folder)}.
 *
 * <p>Immutable; each {@code with...} gives another one. Finished runs are kept in the folder and are not computed again by the
 * same code, rules, data and options. Results depend on seeds alone, not on the number of workers.
 */
public final class Experiment {
    private final Protocol protocol;
    private final FeatureData data;
    private final MethodRegistry registry;
    private final Selection selection;
    private final Runner runner;
    private final List<ExternalCodes> external;
    private final SearchTraces traces;

    private Experiment(
            Protocol protocol,
            FeatureData data,
            MethodRegistry registry,
            Selection selection,
            Runner runner,
            List<ExternalCodes> external,
            SearchTraces traces) {
        this.traces = traces;
        this.protocol = protocol;
        this.data = data;
        this.registry = registry;
        this.selection = selection;
        this.runner = runner;
        this.external = List.copyOf(external);
    }

    /** The whole protocol, with the methods on the class path, as many runs at a time as there are cores, in silence. */
    public static Experiment of(Protocol protocol, FeatureData data) {
        Runner runner = new Runner(Runtime.getRuntime().availableProcessors(), Progress.NONE, false);
        return new Experiment(
                protocol, data, MethodRegistry.standard(), Selection.ALL, runner, List.of(), SearchTraces.in());
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
        traces.requireAll(protocol);
        return of(protocol, new Preparation(home, files.folderOf(name), Progress.NONE).prepare(protocol, data))
                .with(traces);
    }

    /**
     * Compares this machine's linear algebra with plain loops, once a process, as every run does first.
     *
     * @throws io.github.linfhash.core.errors.InputException if it computes wrong results
     */
    public static void requireSoundArithmetic() {
        BlasCheck.requireSound();
    }

    /** The rules. */
    public Protocol protocol() {
        return protocol;
    }

    /**
     * The data of one seed: the split, preprocessed.
     *
     * @throws IOException if kept neighbors cannot be read
     */
    public PreparedSplit trial(long seed) throws IOException {
        return PreparedSplit.of(protocol, data, seed);
    }

    /** Returns this experiment with other methods to choose from. */
    public Experiment with(MethodRegistry methods) {
        return new Experiment(protocol, data, methods, selection, runner, external, traces);
    }

    /** Returns this experiment with another part of the protocol. */
    public Experiment with(Selection part) {
        return new Experiment(protocol, data, registry, part, runner, external, traces);
    }

    /** Returns this experiment with another runner. */
    public Experiment with(Runner other) {
        return new Experiment(protocol, data, registry, selection, other, external, traces);
    }

    /**
     * Returns this experiment with other splits of the same data.
     *
     * @throws io.github.linfhash.core.errors.InputException if the protocol's evaluation does not go with them
     */
    public Experiment with(SplitRule split) {
        return new Experiment(protocol.with(split), data, registry, selection, runner, external, traces);
    }

    /** Returns this experiment with the traces of searches in other places. */
    public Experiment with(SearchTraces others) {
        return new Experiment(protocol, data, registry, selection, runner, external, others);
    }

    /**
     * Returns this experiment with external codes, in place of those that it had.
     *
     * @throws io.github.linfhash.core.errors.InputException if there is not a code for each query and each row of the database
     */
    public Experiment with(List<ExternalCodes> codes) {
        if (!codes.isEmpty()) {
            Splits splits = data.splits(protocol);
            codes.forEach(row -> row.requireFit(splits));
        }
        return new Experiment(protocol, data, registry, selection, runner, codes, traces);
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
            Results shown = outcome(open, false).shown();
            ResultsJson.write(folder.resolve(ResultsJson.FILE), shown);
            return shown;
        }
    }

    /** Computes what an open folder does not hold yet, without variants, and writes nothing but the runs. */
    public Results runs(OutputFolder open) throws IOException {
        return carryOut(comparison(), open);
    }

    /**
     * Computes what an open folder does not hold yet, the variants included unless it is the short version, and writes the
     * runs and the results.json of each variant.
     *
     * @param only whether what is shown are the runs of this experiment alone
     */
    public Outcome outcome(OutputFolder open, boolean only) throws IOException {
        Comparison comparison = comparison();
        Map<String, Comparison> variants = selection.quick() ? Map.of() : Variants.of(comparison, registry);
        List<Integer> held =
                HeldResults.protocol(open.path()).map(ProtocolSummary::bits).orElse(List.of());
        Results done = carryOut(comparison, open);
        Comparison all = only ? comparison : everything(comparison, held);
        Results shown = only ? done : runner.withOthers(done, all, open);
        List<Evidence> evidence = new ArrayList<>(List.of(EvidenceFiles.of(shown, open.path())));
        for (Map.Entry<String, Comparison> variant : variants.entrySet()) {
            evidence.add(variant(variant.getValue(), place(open, variant.getKey()), only));
        }
        if (!only && !selection.quick()) {
            Map<String, Comparison> others = new LinkedHashMap<>(Variants.of(all, registry));
            others.keySet().removeAll(variants.keySet());
            for (Map.Entry<String, Comparison> other : others.entrySet()) {
                evidence.addAll(held(other.getValue(), shown, place(open, other.getKey())));
            }
        }
        return new Outcome(done, shown, evidence);
    }

    private Comparison comparison() throws IOException {
        Comparison plain = selection.comparison(protocol, registry);
        return comparison(plain.methods(), selection, plain);
    }

    /** Whatever may have been run before, with the options that it would have now. */
    private Comparison everything(Comparison comparison, List<Integer> lengths) throws IOException {
        return comparison(
                selection.allMethods(protocol, registry, lengths), Selection.ALL.quick(selection.quick()), comparison);
    }

    private Comparison comparison(List<ConfiguredMethod<?>> methods, Selection quantizers, Comparison part)
            throws IOException {
        List<Participant> participants = new ArrayList<>();
        traces.traced(protocol, methods).forEach(method -> participants.add(new MethodParticipant(method)));
        quantizers
                .quantizers(protocol, data.raw().dimension())
                .forEach(quantizer -> participants.add(new QuantizerParticipant(quantizer)));
        participants.addAll(external);
        return new Comparison(protocol, participants, part.bits(), part.seeds());
    }

    private static Path place(OutputFolder folder, String variant) {
        return Variants.folder(folder.path()).resolve(variant);
    }

    private Results carryOut(Comparison comparison, OutputFolder open) throws IOException {
        // Asked when the folder is this process's alone, whoever asked before.
        HeldResults.requireOf(open.path(), protocol);
        HeldResults.requireOf(open.path(), data.dataset());
        return runner.carryOut(comparison, data, open);
    }

    /** Runs a variant of a method, which claims alone are about, and keeps its results in its folder. */
    private Evidence variant(Comparison variant, Path place, boolean only) throws IOException {
        try (OutputFolder open = OutputFolder.open(place)) {
            Results done = carryOut(variant, open);
            Results results = only ? done : runner.withOthers(done, variant, open);
            ResultsJson.write(place.resolve(ResultsJson.FILE), results);
            return EvidenceFiles.of(results, place);
        }
    }

    /** The results of a variant whose method is not run now, as far as its folder holds them. */
    private List<Evidence> held(Comparison variant, Results results, Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (OutputFolder open = OutputFolder.open(place)) {
            ProtocolSummary none = results.protocol()
                    .withSearches(List.of())
                    .withRuns(
                            variant.bits(),
                            variant.seeds(),
                            variant.methods().stream()
                                    .map(ConfiguredMethod::summary)
                                    .toList());
            Results held = runner.withOthers(new Results(none, results.environment(), List.of()), variant, open);
            if (held.runs().isEmpty()) {
                return List.of();
            }
            ResultsJson.write(place.resolve(ResultsJson.FILE), held);
            return List.of(EvidenceFiles.of(held, place));
        }
    }
}
