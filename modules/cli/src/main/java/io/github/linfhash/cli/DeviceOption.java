package io.github.linfhash.cli;

import io.github.linfhash.experiment.device.TrainingDevice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says what encoders are trained on. */
final class DeviceOption {
    @Option(
            names = "--device",
            paramLabel = "D",
            description = "Device for training encoders: cpu, opencl (many trainings at once, on any GPU with an"
                    + " OpenCL driver) or cuda (default: cpu, or cuda in a build with the Maven profile cuda)."
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
