package io.github.linfhash.cli.doctor;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.encoders.layers.Backend;
import io.github.linfhash.opencl.device.OpenClDevice;
import io.github.linfhash.opencl.device.OpenClDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What encoders can be trained on, as {@code --device} names it. */
final class DevicesPart {
    private DevicesPart() {}

    static Examination.Part of() {
        return of(Backend.onGpu(), OpenClDevices.find());
    }

    /**
     * The part.
     *
     * @param cuda whether this is a build for NVIDIA GPUs
     */
    static Examination.Part of(boolean cuda, OpenClDevices openCl) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("cpu", cuda ? "not of this build, which has the Maven profile cuda" : "can be used"));
        facts.add(new Fact("cuda", cuda ? gpu() : "not of this build, which lacks the Maven profile cuda"));
        for (OpenClDevice device : openCl.devices()) {
            facts.add(new Fact("opencl", sentence(device)));
        }
        if (openCl.fault() != null) {
            facts.add(new Fact("opencl", "cannot be used: " + openCl.fault()));
        }
        return new Examination.Part("devices", facts);
    }

    private static String gpu() {
        try {
            Backend.requireUsable();
            return "can be used";
        } catch (InputException e) {
            return "cannot be used: " + e.getMessage();
        }
    }

    private static String sentence(OpenClDevice device) {
        return device.name() + ": " + device.kind().name().toLowerCase(Locale.ROOT) + " of " + device.units()
                + " compute units, " + MemoryPart.size(device.memory()) + ", " + device.platform() + ", driver "
                + device.driver() + ", "
                + (device.fault() == null ? "can be used" : "cannot be used: " + device.fault());
    }
}
