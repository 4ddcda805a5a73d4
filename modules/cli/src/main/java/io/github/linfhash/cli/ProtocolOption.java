package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.experiment.RunPlan;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.TextEmbedding;
import io.github.linfhash.experiment.tuning.SearchTraces;
import io.github.linfhash.protocols.protocol.DataSource;
import io.github.linfhash.protocols.protocol.ImageFeatures;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.shell.MayNeedProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that chooses a protocol. */
class ProtocolOption implements MayNeedProgram {
    @Option(
            names = "--protocol",
            paramLabel = "P",
            completionCandidates = Names.class,
            description =
                    "Name of a protocol, or path of its .yaml file (default: fashion-mnist, or the protocol of the task).")
    private @Nullable String given;

    private String standard = "fashion-mnist";

    /** The names of the protocols of linfhash. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            try {
                return new ProtocolFiles(ProjectHome.find().protocols()).names().iterator();
            } catch (IOException e) {
                throw new UncheckedIOException("the protocols cannot be listed", e);
            }
        }
    }

    final String name() {
        return given == null ? standard : given;
    }

    /** Sets the protocol that is chosen without the option. */
    void defaultTo(String protocol) {
        standard = protocol;
    }

    /** Returns {@code embeddings} for a protocol of texts or of features by a network, unless this program has these. */
    @Override
    public final String neededProgram() throws IOException {
        if (ServiceLoader.load(TextEmbedding.class).findFirst().isPresent()) {
            return "";
        }
        Protocol protocol = new ProtocolFiles(ProjectHome.find().protocols()).read(name());
        boolean texts = protocol.data() instanceof DataSource.OfSet set && set.embedding() != null;
        return texts || protocol.features() instanceof ImageFeatures.OfNetwork ? "embeddings" : "";
    }

    /**
     * The protocol.
     *
     * @throws InputException if there is none, or its file is not right or names a method that there is not
     */
    public final Protocol protocol(ProjectHome home) throws IOException {
        ProtocolFiles files = new ProtocolFiles(home.protocols());
        Protocol protocol = files.read(name());
        MethodRegistry registry = MethodRegistry.standard();
        for (MethodEntry method : protocol.methods()) {
            if (!registry.has(method.name())) {
                throw new InputException(files.placeOf(name(), method.name()) + ": there is no method '" + method.name()
                        + "'" + registry.insteadOf(method.name()));
            }
        }
        return protocol;
    }

    /**
     * Resolves a part of the protocol.
     *
     * @throws InputException if a method, variant, seed or option is wrong, or the trace of a search is missing
     */
    final RunPlan plan(ProjectHome home, Protocol protocol, Selection part) throws IOException {
        SearchTraces traces = SearchTraces.in(folder(home), home.root());
        return RunPlan.of(protocol, part, MethodRegistry.standard(), traces);
    }

    /** The folder of the protocol's file. */
    Path folder(ProjectHome home) {
        return new ProtocolFiles(home.protocols()).folderOf(name());
    }

    /** The text of the protocol's file. */
    String text(ProjectHome home) throws IOException {
        return new ProtocolFiles(home.protocols()).text(name());
    }
}
