package io.github.linfhash.cli;

import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.protocols.protocol.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A protocol, its data, and the network that makes features of its images, of commands that have no other {@code --network}. */
final class SelectionWithNetwork extends ProtocolSelection {
    @Option(
            names = "--network",
            paramLabel = "F.onnx",
            description = "ONNX network that computes the features, if the protocol uses one (default: in the cache"
                    + " folder, or named in the protocol).")
    private @Nullable Path model;

    @Override
    @Nullable Path model() {
        return model;
    }

    @Override
    public List<Path> files(ProjectHome home, Protocol protocol) throws IOException {
        List<Path> read = new ArrayList<>(super.files(home, protocol));
        if (model != null) {
            read.add(model);
        }
        return read;
    }
}
