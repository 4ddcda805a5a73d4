package io.github.linfhash.experiment;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.ConfiguredQuantizer;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.Comparison;
import io.github.linfhash.experiment.runner.ExternalCodes;
import io.github.linfhash.experiment.runner.MethodParticipant;
import io.github.linfhash.experiment.runner.Participant;
import io.github.linfhash.experiment.runner.QuantizerParticipant;
import io.github.linfhash.experiment.tuning.SearchTraces;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.QuantizerEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The runs of a part of a protocol: configurations with their options at each code length, their variants, code lengths and seeds. */
public final class RunPlan {
    private final Protocol protocol;
    private final Selection selection;
    private final MethodRegistry registry;
    private final SearchTraces traces;
    private final List<Integer> bits;
    private final List<Long> seeds;
    private final List<QuantizerEntry> quantizers;

    /** All configurations that may have been run before, by entry: those of the protocol, then other methods with their defaults. */
    private final Map<String, ConfiguredMethod<?>> known = new LinkedHashMap<>();

    private final List<ConfiguredMethod<?>> methods = new ArrayList<>();

    /** The variants of known configurations, by name. */
    private final Map<String, ConfiguredMethod<?>> variants = new LinkedHashMap<>();

    private RunPlan(Protocol protocol, Selection selection, MethodRegistry registry, SearchTraces traces)
            throws IOException {
        this.protocol = protocol;
        this.selection = selection;
        this.registry = registry;
        this.traces = traces;
        this.bits = selection.bits(protocol);
        Stream<MethodEntry> others = registry.all().stream()
                .filter(spec -> protocol.entries(spec.name()).isEmpty())
                .filter(spec -> protocol.quantizers().stream()
                        .noneMatch(entry -> entry.name().equals(spec.name())))
                .map(spec -> MethodEntry.of(spec.name()));
        for (MethodEntry entry :
                Stream.concat(protocol.methods().stream(), others).toList()) {
            known.put(entry.entry(), configure(entry));
        }
        for (MethodEntry entry : selection.entries(protocol)) {
            registry.find(entry.name());
            ConfiguredMethod<?> method = Objects.requireNonNull(known.get(entry.entry()));
            requireLabels(method);
            methods.add(method);
        }
        this.quantizers = selection.quantizers(protocol);
        this.seeds = selection.seeds(protocol);
        if (!selection.quick()) {
            protocol.variants().forEach(this::addVariant);
        }
    }

    /**
     * Resolves a part of a protocol.
     *
     * @throws InputException if there is no such method, variant or seed, an option is not allowed, or the trace of a search is missing
     * @throws IOException if the project's folder cannot be found
     */
    public static RunPlan of(Protocol protocol, Selection selection, MethodRegistry registry, SearchTraces traces)
            throws IOException {
        return new RunPlan(protocol, selection, registry, traces);
    }

    /** Returns the plan of another part of the protocol. */
    public RunPlan with(Selection part) throws IOException {
        return new RunPlan(protocol, part, registry, traces);
    }

    private ConfiguredMethod<?> configure(MethodEntry entry) throws IOException {
        return traces.traced(protocol, registry.configure(protocol, entry, selection.overrides(protocol, entry)));
    }

    private void requireLabels(ConfiguredMethod<?> method) {
        if (protocol.unlabeled() && method.supervision() == Supervision.SUPERVISED) {
            throw new InputException("Protocol " + protocol.name()
                    + ": expected unsupervised methods, as its data have no labels, found " + method.entry());
        }
    }

    private void addVariant(Protocol.Variant variant) {
        known.values().stream()
                .filter(method -> variant.isOf(method.name(), method.variant()))
                .forEach(method -> variants.put(
                        variant.name(), registry.changed(method, variant.options(), "Variant " + variant.name())));
    }

    /** The protocol. */
    public Protocol protocol() {
        return protocol;
    }

    /** The part of the protocol. */
    public Selection selection() {
        return selection;
    }

    /** The methods to choose from. */
    public MethodRegistry registry() {
        return registry;
    }

    /** The code lengths N. */
    public List<Integer> bits() {
        return bits;
    }

    /** The seeds. */
    public List<Long> seeds() {
        return seeds;
    }

    /** The configurations that are run. */
    public List<ConfiguredMethod<?>> methods() {
        return methods;
    }

    /** The configurations that are run, and all others that may have been run before, as they would be run now. */
    public List<ConfiguredMethod<?>> known() {
        return List.copyOf(known.values());
    }

    /** Returns the reasons why a device cannot train configurations or variants, with the names of these. */
    public Map<String, Set<String>> obstacles(TrainingDevice device) {
        Map<String, Set<String>> obstacles = new LinkedHashMap<>();
        methods.forEach(method -> addObstacles(obstacles, device, method, method.entry()));
        variants(true).forEach((name, method) -> addObstacles(obstacles, device, method, "variant " + name));
        return obstacles;
    }

    private void addObstacles(
            Map<String, Set<String>> obstacles, TrainingDevice device, ConfiguredMethod<?> method, String name) {
        bits.forEach(length -> device.obstacle(method.at(length).method())
                .ifPresent(reason -> obstacles
                        .computeIfAbsent(reason, unused -> new LinkedHashSet<>())
                        .add(name)));
    }

    /** Returns the variants, by name, of configurations that are run, or those of others; a short version has none. */
    Map<String, ConfiguredMethod<?>> variants(boolean run) {
        Set<String> entries = new LinkedHashSet<>();
        methods.forEach(method -> entries.add(method.entry()));
        Map<String, ConfiguredMethod<?>> some = new LinkedHashMap<>(variants);
        some.values().removeIf(method -> entries.contains(method.entry()) != run);
        return some;
    }

    /**
     * Returns the comparison of what is run.
     *
     * @param dimension of the vectors
     * @param external codes that take part
     * @throws InputException if there is no such quantizer or option
     */
    Comparison comparison(int dimension, List<ExternalCodes> external) {
        List<ConfiguredQuantizer> chosen = quantizers(dimension).stream()
                .filter(quantizer -> quantizers.contains(quantizer.entry()))
                .toList();
        return comparison(methods, chosen, external);
    }

    /** Returns {@link #comparison} with all configurations and quantizers that may have been run before, as they would be run now. */
    Comparison everything(int dimension, List<ExternalCodes> external) {
        return comparison(known.values(), quantizers(dimension), external);
    }

    /** Returns the comparison of one variant. */
    Comparison comparison(ConfiguredMethod<?> variant) {
        return comparison(List.of(variant), List.of(), List.of());
    }

    private Comparison comparison(
            Collection<ConfiguredMethod<?>> some, List<ConfiguredQuantizer> bound, List<ExternalCodes> external) {
        List<Participant> participants = new ArrayList<>();
        some.forEach(method -> participants.add(new MethodParticipant(method)));
        bound.forEach(quantizer -> participants.add(new QuantizerParticipant(quantizer)));
        participants.addAll(external);
        return new Comparison(protocol, participants, bits, seeds);
    }

    private List<ConfiguredQuantizer> quantizers(int dimension) {
        List<Integer> lengths = Stream.of(protocol.bits(), protocol.quick().bits(), bits)
                .flatMap(List::stream)
                .distinct()
                .toList();
        return protocol.quantizers().stream()
                .map(entry -> ConfiguredQuantizer.of(entry, dimension, lengths, "Protocol " + protocol.name()))
                .toList();
    }

    /**
     * Returns which runs the protocol has of its methods and quantizers; what it does not name is run at every length with every seed.
     *
     * @param dimension of the vectors
     */
    public Predicate<RunKey> planned(int dimension) {
        Map<String, ConfiguredQuantizer> bound = new HashMap<>();
        quantizers(dimension).forEach(quantizer -> bound.put(quantizer.entry().entry(), quantizer));
        return run -> {
            ConfiguredQuantizer quantizer = bound.get(run.entry());
            return protocol.runs(run.entry(), run.bits(), run.seed())
                    && (quantizer == null || quantizer.at().containsKey(run.bits()));
        };
    }
}
