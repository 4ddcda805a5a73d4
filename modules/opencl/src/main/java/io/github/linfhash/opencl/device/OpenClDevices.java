package io.github.linfhash.opencl.device;

import io.github.linfhash.core.errors.InputException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The OpenCL devices of this machine. Whether there is an OpenCL library at all is looked up among files first, so that
 * nothing is loaded where there is none.
 *
 * @param devices in the order of the drivers
 * @param fault in one sentence, why there are none; null where there are some
 */
public record OpenClDevices(
        List<OpenClDevice> devices, @Nullable String fault) {
    /** The system property that names the OpenCL library where it lies elsewhere. */
    public static final String LIBRARY = "linfhash.opencl.library";

    public OpenClDevices {
        devices = List.copyOf(devices);
    }

    /** Looks for devices. */
    public static OpenClDevices find() {
        Optional<Path> library = library();
        if (library.isEmpty()) {
            return new OpenClDevices(
                    List.of(),
                    "there is no OpenCL library (" + names().get(0) + "): install the driver of your device");
        }
        try {
            List<OpenClDevice> devices = OpenClSession.devices(library.get());
            return new OpenClDevices(
                    devices,
                    devices.isEmpty() ? library.get() + " knows no device: install the driver of your device" : null);
        } catch (LinkageError | IllegalStateException e) {
            return new OpenClDevices(List.of(), library.get() + " cannot be loaded: " + firstLine(e));
        }
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message.strip().split("\\R", 2)[0];
    }

    /**
     * The device to compute on: a GPU if one can be used, else an accelerator, else a processor.
     *
     * @throws InputException if none can be used, in a sentence that says why
     */
    public OpenClDevice best() {
        if (fault != null) {
            throw new InputException("--device opencl: " + fault);
        }
        return devices.stream()
                .filter(device -> device.fault() == null)
                .min(Comparator.comparing(OpenClDevice::kind))
                .orElseThrow(() ->
                        new InputException("--device opencl: " + devices.get(0).name() + " cannot be used: "
                                + devices.get(0).fault()));
    }

    /** The file that OpenCL is loaded from. */
    private static Optional<Path> library() {
        String said = System.getProperty(LIBRARY);
        if (said != null) {
            return Optional.of(Path.of(said)).filter(Files::isRegularFile);
        }
        List<Path> found = new ArrayList<>();
        for (String folder : folders()) {
            for (String name : names()) {
                Path file = Path.of(folder).resolve(name);
                if (Files.isRegularFile(file)) {
                    found.add(file);
                }
            }
        }
        return found.stream().findFirst();
    }

    private static List<String> names() {
        String system = system();
        if (system.startsWith("windows")) {
            return List.of("OpenCL.dll");
        }
        return system.startsWith("mac") ? List.of("OpenCL") : List.of("libOpenCL.so.1", "libOpenCL.so");
    }

    /** Where the systems' own loaders look. */
    private static List<String> folders() {
        String system = system();
        if (system.startsWith("windows")) {
            return List.of(System.getenv().getOrDefault("SystemRoot", "C:\\Windows") + "\\System32");
        }
        if (system.startsWith("mac")) {
            return List.of("/System/Library/Frameworks/OpenCL.framework");
        }
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        return Stream.concat(
                        Arrays.stream(System.getenv()
                                .getOrDefault("LD_LIBRARY_PATH", "")
                                .split(File.pathSeparator)),
                        Stream.of(
                                "/usr/lib/" + processor + "-linux-gnu",
                                "/lib/" + processor + "-linux-gnu",
                                "/usr/lib64",
                                "/usr/lib",
                                "/usr/local/lib",
                                "/usr/local/cuda/lib64",
                                "/opt/rocm/lib",
                                "/usr/lib/wsl/lib"))
                .filter(folder -> !folder.isBlank())
                .toList();
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT);
    }
}
