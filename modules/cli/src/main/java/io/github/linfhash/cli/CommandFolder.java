package io.github.linfhash.cli;

import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of a command that leaves files about a protocol in a folder of its own. */
final class CommandFolder {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Output folder (default: reports/out/PROTOCOL/${COMMAND-NAME} in a checkout, otherwise"
                    + " linfhash-results/PROTOCOL/${COMMAND-NAME}; NAME-results/${COMMAND-NAME} next to your own"
                    + " protocol file).")
    private @Nullable Path out;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    /**
     * The folder, whose files may be written.
     *
     * @param written the rule
     * @param names the names of these files
     */
    Path check(WrittenFiles written, ProjectHome home, ProtocolSelection selection, Protocol protocol, String... names)
            throws IOException {
        Path folder = out != null ? out : selection.results(home, protocol, "").resolve(spec.name());
        written.checkIn("--out", folder, List.of(names), selection.files(home, protocol));
        return folder;
    }
}
