package io.github.linfhash.opencl.device;

import io.github.linfhash.encoders.backend.TrainingBackend;
import io.github.linfhash.encoders.backend.TrainingBackendProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The OpenCL devices of this machine; nothing of OpenCL is loaded before one of its methods is called. */
public final class OpenClProvider implements TrainingBackendProvider {
    @Override
    public TrainingBackend open() {
        return new OpenClTrainer(OpenClDevices.find().best());
    }

    @Override
    public List<String> devices() {
        OpenClDevices found = OpenClDevices.find();
        List<String> lines = new ArrayList<>();
        found.devices().forEach(device -> lines.add(line(device)));
        if (found.fault() != null) {
            lines.add("cannot be used: " + found.fault());
        }
        return lines;
    }

    private static String line(OpenClDevice device) {
        return device.name() + ": " + device.kind().name().toLowerCase(Locale.ROOT) + " of " + device.units()
                + " compute units, " + device.memory() / (1 << 20) + " MiB, " + device.platform() + ", driver "
                + device.driver() + ", "
                + (device.fault() == null ? "can be used" : "cannot be used: " + device.fault());
    }
}
