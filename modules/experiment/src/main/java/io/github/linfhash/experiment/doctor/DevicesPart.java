package io.github.linfhash.experiment.doctor;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.encoders.algebra.TensorBackend;
import io.github.linfhash.experiment.device.TrainingDevice;
import java.util.ArrayList;
import java.util.List;

/** What encoders can be trained on, as {@code --device} names it. */
final class DevicesPart {
    private DevicesPart() {}

    static Examination.Part of() {
        boolean cuda = TensorBackend.onGpu();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("cpu", cuda ? "not in this build, which has the Maven profile cuda" : "can be used"));
        facts.add(new Fact("cuda", cuda ? gpu() : "not in this build, which lacks the Maven profile cuda"));
        TrainingDevice.openCl().devices().forEach(line -> facts.add(new Fact("opencl", line)));
        return new Examination.Part("devices", facts);
    }

    private static String gpu() {
        try {
            TensorBackend.requireUsable();
            return "can be used";
        } catch (InputException e) {
            return "cannot be used: " + e.getMessage();
        }
    }
}
