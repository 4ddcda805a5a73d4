package io.github.linfhash.harness.cli;

import io.github.linfhash.core.files.AtomicFiles;
import io.github.linfhash.harness.home.ProjectHome;
import io.github.linfhash.protocols.protocol.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of a command that leaves files about a protocol in a folder of its own. */
final class CommandFolder {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Output folder (default: reports/out/PROTOCOL/${COMMAND-NAME} in this checkout).")
    private @Nullable Path out;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    /** The folder, made; called before the long part, so that one that cannot be written ends the command now. */
    Path make(ProjectHome home, Protocol protocol) throws IOException {
        Path folder = out != null ? out : home.output(protocol.name()).resolve(spec.name());
        AtomicFiles.makeFolders(folder);
        return folder;
    }
}
