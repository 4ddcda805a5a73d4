package io.github.linfhash.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The protocol that a task names, unless the user names the file of one, and where its data is. */
final class TaskProtocol extends ProtocolSource {
    @Option(
            names = "--protocol",
            paramLabel = "P",
            description = "Path of the protocol's .yaml file, where it is one of your own (default: the protocol of"
                    + " linfhash that the task names).")
    private @Nullable String name;

    @Option(
            names = "--model",
            paramLabel = "F.onnx",
            description = "The network that makes the features, where the protocol has one (default:"
                    + " the file of the cache folder, or the one that the protocol names).")
    private @Nullable Path model;

    private String ofTask = "";

    /** Sets what the task names. */
    void nameOfTask(String protocol) {
        this.ofTask = protocol;
    }

    @Override
    String name() {
        return name == null ? ofTask : name;
    }

    @Override
    @Nullable Path model() {
        return model;
    }
}
