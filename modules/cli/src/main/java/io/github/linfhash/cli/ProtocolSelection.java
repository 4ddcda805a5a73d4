package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.data.manifest.DataLocator;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.Comparison;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Preparation;
import io.github.linfhash.experiment.runner.Trial;
import io.github.linfhash.protocols.protocol.DataSource;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.Protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose a protocol and where its data is. */
class ProtocolSelection {
    @Option(
            names = "--protocol",
            paramLabel = "P",
            description = "Name of a protocol, or path of its .yaml file (default: fashion-mnist).")
    private String name = "fashion-mnist";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data set's files (default: what comes with linfhash, or the cache folder).")
    private @Nullable Path data;

    Protocol protocol(ProjectHome home) throws IOException {
        return new ProtocolFiles(home.protocols()).read(name);
    }

    /**
     * Where results go unless the user says otherwise: beside a protocol file of the user's own, so that two of one name never
     * meet; else where {@link ProjectHome#output} says.
     *
     * @param suffix what follows the name, such as that of a short version
     */
    Path results(ProjectHome home, Protocol protocol, String suffix) throws IOException {
        return new ProtocolFiles(home.protocols())
                .ownFile(name)
                .map(file -> file.resolveSibling(protocol.name() + "-results" + suffix))
                .orElseGet(() -> home.output(protocol.name() + suffix));
    }

    /** The file of what the protocol is expected to measure: beside a user's own protocol file, else in reports/expected. */
    Path expected(ProjectHome home, Protocol protocol) throws IOException {
        return new ProtocolFiles(home.protocols())
                .ownFile(name)
                .map(file -> file.resolveSibling(protocol.name() + ".expected.yaml"))
                .orElseGet(() -> home.expected(protocol.name()));
    }

    /** The files that the protocol is read from, as far as they have names before they are read: file and data. */
    List<Path> files(ProjectHome home, Protocol protocol) throws IOException {
        ProtocolFiles files = new ProtocolFiles(home.protocols());
        Path base = files.folderOf(name);
        List<Path> read = new ArrayList<>(List.of(base.resolve(protocol.name() + ".yaml")));
        if (protocol.data() instanceof DataSource.OfVectors source) {
            read.add(base.resolve(source.features()));
            read.add(base.resolve(source.labels()));
        } else if (protocol.data() instanceof DataSource.OfSet source) {
            DataLocator locator = new DataLocator(home.root(), home.cache());
            DatasetManifest manifest = locator.manifest(source.set());
            Path folder = data != null ? data : locator.embedded(manifest);
            manifest.files().layouts().forEach(layout -> layout.forEach(path -> read.add(folder.resolve(path))));
        }
        return read;
    }

    /** The rows of the protocol; what was counted in them is said on standard error. */
    FeatureData prepare(ProjectHome home, Protocol protocol, Progress progress, PrintWriter err) throws IOException {
        return prepare(home, protocol, progress, err, read -> {});
    }

    /** The same, with a question to the rows before anything is computed from them. */
    FeatureData prepare(
            ProjectHome home, Protocol protocol, Progress progress, PrintWriter err, Preparation.DataCheck check)
            throws IOException {
        Path base = new ProtocolFiles(home.protocols()).folderOf(name);
        FeatureData rows = new Preparation(home, base, progress).prepare(protocol, data, check);
        if (rows.dataset().synthetic()) {
            err.println("SYNTHETIC: the features of " + rows.dataset().title() + " were generated");
        }
        rows.dataset().facts().forEach(err::println);
        return rows;
    }

    /** The rows as one seed splits them. */
    Trial trial(ProjectHome home, Protocol protocol, long seed, Progress progress, PrintWriter err) throws IOException {
        return Trial.of(protocol, prepare(home, protocol, progress, err), seed);
    }

    /** The text of the protocol's file. */
    String text(ProjectHome home) throws IOException {
        return new ProtocolFiles(home.protocols()).text(name);
    }

    /** The comparison that a protocol describes, narrowed to what the user asked for. */
    static Comparison comparison(Protocol protocol, RunSelection runs) {
        MethodRegistry registry = MethodRegistry.standard();
        List<Integer> bits = runs.bits(protocol);
        List<ConfiguredMethod<?>> methods = runs.methods(protocol).stream()
                .<ConfiguredMethod<?>>map(
                        entry -> registry.configure(protocol, entry, bits, runs.overrides(protocol, entry)))
                .toList();
        return new Comparison(protocol, methods, bits, runs.seeds(protocol));
    }

    /**
     * All methods and rows as they would be run, those of the protocol first: whatever earlier commands may have run.
     *
     * @param lengths code lengths at which there may be runs, beside those of the protocol and of the command
     */
    static List<ConfiguredMethod<?>> methods(Protocol protocol, RunSelection runs, List<Integer> lengths) {
        MethodRegistry registry = MethodRegistry.standard();
        List<Integer> all = Stream.of(protocol.bits(), protocol.quick().bits(), runs.bits(protocol), lengths)
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
        Stream<MethodEntry> others = registry.all().stream()
                .filter(spec -> protocol.entries(spec.name()).isEmpty())
                .map(spec -> MethodEntry.of(spec.name()));
        return Stream.concat(protocol.methods().stream(), others)
                .<ConfiguredMethod<?>>map(
                        entry -> registry.configure(protocol, entry, all, runs.overrides(protocol, entry)))
                .toList();
    }

    /** One run of a protocol, with the options that the protocol gives the method, or its row. */
    static Comparison.Cell cell(Protocol protocol, MethodEntry entry, int bits, long seed) {
        requireCell(bits, seed);
        return Comparison.Cell.of(
                MethodRegistry.standard().configure(protocol, entry, List.of(bits), Map.of()), bits, seed);
    }

    /** One run of a protocol of {@code METHOD} or {@code METHOD:ROW}, as {@link #entry} takes it. */
    static Comparison.Cell cell(Protocol protocol, String name, int bits, long seed) {
        return cell(protocol, entry(protocol, name), bits, seed);
    }

    /** Checks a code length and a seed. */
    static void requireCell(int bits, long seed) {
        NumberList.requireWithin("--bits", bits, 1, NumberList.MOST_BITS);
        NumberList.requireWithin("--seed", seed, 0, RunSelection.MOST_SEED);
    }

    /**
     * The protocol's entries for {@code METHOD}, which are all of its rows, or for {@code METHOD:ROW}; one with default
     * options where the protocol does not name the method.
     */
    static List<MethodEntry> entries(Protocol protocol, String name) {
        if (name.isEmpty()) {
            throw new InputException("--methods: expected names separated by commas, found an empty name");
        }
        String method = RunKey.methodOf(name);
        List<MethodEntry> all = protocol.entries(method);
        if (name.equals(method)) {
            return all.isEmpty() ? List.of(MethodEntry.of(method)) : all;
        }
        List<MethodEntry> chosen =
                all.stream().filter(entry -> entry.entry().equals(name)).toList();
        if (chosen.isEmpty()) {
            String rows = all.stream()
                    .filter(entry -> entry.row() != null)
                    .map(MethodEntry::entry)
                    .collect(Collectors.joining(", "));
            throw new InputException("Protocol " + protocol.name() + ", rows of " + method + ": expected "
                    + (rows.isEmpty() ? "no row, as the protocol gives it none" : "one of " + rows) + ", found '" + name
                    + "'");
        }
        return chosen;
    }

    /**
     * The one entry that is meant by {@code METHOD} or {@code METHOD:ROW}; of a method with several rows, the row {@value
     * Protocol#DEFAULT_ROW}.
     */
    static MethodEntry entry(Protocol protocol, String name) {
        List<MethodEntry> entries = entries(protocol, name);
        if (entries.size() == 1) {
            return entries.get(0);
        }
        return entries.stream()
                .filter(entry -> Protocol.DEFAULT_ROW.equals(entry.row()))
                .findFirst()
                .orElseThrow(() -> new InputException("Protocol " + protocol.name() + ": expected one of the rows "
                        + entries.stream().map(MethodEntry::entry).collect(Collectors.joining(", ")) + ", found '"
                        + name + "'"));
    }
}
