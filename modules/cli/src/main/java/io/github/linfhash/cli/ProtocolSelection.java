package io.github.linfhash.cli;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.data.manifest.DataLocator;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.MethodRun;
import io.github.linfhash.experiment.runner.Preparation;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.protocols.protocol.DataSource;
import io.github.linfhash.protocols.protocol.ImageFeatures;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.shell.NumberList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose a protocol and where its data is. */
public class ProtocolSelection extends ProtocolOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data set's files (default: data of linfhash, or the cache folder).")
    private @Nullable Path data;

    /**
     * Where results go unless the user says otherwise: beside a protocol file of the user's own, so that two of one name never
     * meet; else where {@link ProjectHome#output} says.
     *
     * @param suffix what follows the name, such as that of a short version
     */
    Path results(ProjectHome home, Protocol protocol, String suffix) throws IOException {
        return new ProtocolFiles(home.protocols())
                .ownFile(name())
                .map(file -> file.resolveSibling(protocol.name() + "-results" + suffix))
                .orElseGet(() -> home.output(protocol.name() + suffix));
    }

    /** Whether the protocol's file is one of the user's own, and not one of the checkout's. */
    boolean own(ProjectHome home) throws IOException {
        return new ProtocolFiles(home.protocols()).ownFile(name()).isPresent();
    }

    /** The file of what the protocol is expected to measure: beside a user's own protocol file, else in reports/expected. */
    Path expected(ProjectHome home, Protocol protocol) throws IOException {
        return new ProtocolFiles(home.protocols())
                .ownFile(name())
                .map(file -> file.resolveSibling(protocol.name() + ".expected.yaml"))
                .orElseGet(() -> home.expected(protocol.name()));
    }

    /** The files that the protocol is read from, as far as they have names before they are read: file and data. */
    public List<Path> files(ProjectHome home, Protocol protocol) throws IOException {
        ProtocolFiles files = new ProtocolFiles(home.protocols());
        Path base = files.folderOf(name());
        List<Path> read = new ArrayList<>(List.of(base.resolve(protocol.name() + ".yaml")));
        if (protocol.data() instanceof DataSource.OfVectors source) {
            read.add(base.resolve(source.features()));
            if (source.queries() != null) {
                read.add(base.resolve(source.queries()));
            }
            if (source.labels() != null) {
                read.add(base.resolve(source.labels()));
            }
        } else if (protocol.data() instanceof DataSource.OfSet source) {
            DataLocator locator = new DataLocator(home.root(), home.cache());
            DatasetManifest manifest = locator.manifest(source.set());
            Path folder = data != null ? data : locator.embedded(manifest);
            addFiles(manifest, folder, read);
            if (source.queries() != null) {
                DatasetManifest others = locator.manifest(source.queries());
                addFiles(others, locator.embedded(others), read);
            }
        }
        if (protocol.features() instanceof ImageFeatures.OfNetwork network
                && network.onnx().file() != null) {
            read.add(base.resolve(network.onnx().file()));
        }
        return read;
    }

    private static void addFiles(DatasetManifest manifest, Path folder, List<Path> read) {
        manifest.files().layouts().forEach(layout -> layout.forEach(path -> read.add(folder.resolve(path))));
    }

    /** The images of the protocol, without their features; see {@link Preparation#images}. */
    public LabeledImages images(ProjectHome home, Protocol protocol, int side, Progress progress) throws IOException {
        return preparation(home, progress).images(protocol, data, side);
    }

    private Preparation preparation(ProjectHome home, Progress progress) throws IOException {
        return new Preparation(home, new ProtocolFiles(home.protocols()).folderOf(name()), model(), progress);
    }

    /** The network that the user names for features of images, or null. */
    @Nullable Path model() {
        return null;
    }

    /** The rows of the protocol; what was counted in them is said on standard error. */
    FeatureData prepare(ProjectHome home, Protocol protocol, Progress progress, PrintWriter err) throws IOException {
        return prepare(home, protocol, progress, err, read -> {});
    }

    /** Prepares the rows of the protocol, with a check of them before anything is computed from them. */
    FeatureData prepare(
            ProjectHome home, Protocol protocol, Progress progress, PrintWriter err, Preparation.DataCheck check)
            throws IOException {
        FeatureData rows = preparation(home, progress).prepare(protocol, data, check);
        if (rows.dataset().synthetic()) {
            err.println("SYNTHETIC: the features of " + rows.dataset().title() + " were generated");
        }
        rows.dataset().facts().forEach(err::println);
        return rows;
    }

    /** The rows as one seed splits them. */
    PreparedSplit split(ProjectHome home, Protocol protocol, long seed, Progress progress, PrintWriter err)
            throws IOException {
        return PreparedSplit.of(protocol, prepare(home, protocol, progress, err), seed);
    }

    /** One run of a protocol, with the options that the protocol gives the method, or its row. */
    static MethodRun cell(Protocol protocol, MethodEntry entry, int bits, long seed) {
        return cell(protocol, entry, bits, seed, false);
    }

    /** Returns one run of a protocol, if quick with the options of the short version. */
    static MethodRun cell(Protocol protocol, MethodEntry entry, int bits, long seed, boolean quick) {
        NumberList.requireWithin("--bits", bits, 1, NumberList.MOST_BITS);
        requireSeed(protocol, seed);
        Map<String, Object> overrides = Selection.ALL.quick(quick).overrides(protocol, entry);
        return MethodRun.of(MethodRegistry.standard().configure(protocol, entry, overrides), bits, seed);
    }

    /** One run of a protocol of {@code METHOD} or {@code METHOD:VARIANT}, as {@link Selection#entry} takes it. */
    static MethodRun cell(Protocol protocol, String name, int bits, long seed) {
        return cell(protocol, Selection.entry(protocol, name), bits, seed);
    }

    /** Checks a seed of a protocol. */
    static void requireSeed(Protocol protocol, long seed) {
        NumberList.requireWithin("--seed", seed, 0, SeedsOption.MOST);
        Splits.requireSeed(protocol.seeds(), seed);
    }

    /** Checks a code length and a seed. */
    static void requireCell(int bits, long seed) {
        NumberList.requireWithin("--bits", bits, 1, NumberList.MOST_BITS);
        NumberList.requireWithin("--seed", seed, 0, SeedsOption.MOST);
    }
}
