package io.github.linfhash.cli;

import io.github.linfhash.experiment.device.TrainingDevice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says what encoders are trained on. */
final class DeviceOption {
    @Option(
            names = "--device",
            paramLabel = "D",
            description =
                    "What encoders are trained on: cpu, opencl (many trainings at once, on any GPU that has a driver"
                            + " for it), or cuda (default: cpu; cuda in a build with the Maven profile of that name)."
                            + " 'linfhash doctor' lists devices.")
    private TrainingDevice.@Nullable Kind kind;

    /**
     * The device.
     *
     * @throws io.github.linfhash.core.errors.InputException if it cannot be used, in a sentence that says why
     */
    TrainingDevice device() {
        return kind == null ? TrainingDevice.DEFAULT : TrainingDevice.of(kind);
    }
}
