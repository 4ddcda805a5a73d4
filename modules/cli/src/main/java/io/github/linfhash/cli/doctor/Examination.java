package io.github.linfhash.cli.doctor;

import io.github.linfhash.baselines.linalg.SmileCheck;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.encoders.algebra.TensorBackend;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.environment.Environment;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.linalg.BlasCheck;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A report on this process: version, memory, BLAS and devices, and what the user should change. */
public final class Examination {
    /** The files of cgroups, version 2 and 1, that contain the memory limit. */
    private static final List<Path> CONTAINER =
            List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

    private static final Path MEMORY = Path.of("/proc/meminfo");

    private Examination() {}

    /** Looks at this process; returns a table for each subject, and last the table {@code to change}. */
    public static Map<String, Listing> tables() throws IOException {
        EnvironmentSummary environment = Environment.describe(1);
        TensorBackend.Setting setting = TensorBackend.Setting.current();
        List<String> faults = Stream.of(TensorBackend.productFaults(), BlasCheck.faults(), SmileCheck.faults())
                .flatMap(List::stream)
                .toList();
        OptionalLong machine = machine(MEMORY);
        OptionalLong container = container(CONTAINER);
        long heap = Runtime.getRuntime().maxMemory();

        Map<String, Listing> tables = new LinkedHashMap<>();
        Listing program = table(tables, "program");
        program.add("version", environment.version());
        program.add("commit", environment.commit());
        program.add("java", environment.jdk());

        Listing memory = table(tables, "memory");
        memory.add("heap", size(heap) + " (LINFHASH_HEAP)");
        memory.add("outside the heap", size(setting.maxBytes()) + " (LINFHASH_NATIVE)");
        memory.add("machine", machine.isPresent() ? size(machine.getAsLong()) : "unknown");
        memory.add("container", container.isPresent() ? size(container.getAsLong()) : "no limit by a cgroup");

        Listing arithmetic = table(tables, "arithmetic");
        arithmetic.add("backend", environment.backend());
        arithmetic.add("BLAS", setting.blas());
        arithmetic.add("BLAS kernel", BlasKernel.name());
        arithmetic.add("compared with the reference in Java", faults.isEmpty() ? "equal" : String.join(", ", faults));
        arithmetic.add("OMP threads", Integer.toString(setting.ompThreads()));
        arithmetic.add("processor", environment.cpu());
        arithmetic.add("cores for this process", Integer.toString(environment.cores()));

        Listing devices = table(tables, "devices");
        boolean cuda = TensorBackend.onGpu();
        devices.add("cpu", cuda ? "not in this build, which has the Maven profile cuda" : "can be used");
        devices.add("cuda", cuda ? gpu() : "not in this build, which lacks the Maven profile cuda");
        TrainingDevice.openCl().devices().forEach(line -> devices.add("opencl", line));

        Listing change = new Listing("where", "what");
        memoryAdvice(heap, setting.maxBytes(), machine, container).forEach(advice -> change.add("memory", advice));
        arithmeticAdvice(faults, setting.blasThreads(), System.getenv("OPENBLAS_CORETYPE"))
                .forEach(advice -> change.add("arithmetic", advice));
        tables.put("to change", change);
        return tables;
    }

    private static Listing table(Map<String, Listing> tables, String name) {
        Listing table = new Listing("what", "value");
        tables.put(name, table);
        return table;
    }

    private static String gpu() {
        try {
            TensorBackend.requireUsable();
            return "can be used";
        } catch (InputException e) {
            return "cannot be used: " + e.getMessage();
        }
    }

    static List<String> memoryAdvice(long heap, long outside, OptionalLong machine, OptionalLong container) {
        long available = Math.min(machine.orElse(Long.MAX_VALUE), container.orElse(Long.MAX_VALUE));
        return heap + outside <= available
                ? List.of()
                : List.of("heap and memory outside the heap may need " + size(heap + outside) + " of "
                        + size(available)
                        + ": the system may kill a large run; lower LINFHASH_HEAP or LINFHASH_NATIVE");
    }

    static List<String> arithmeticAdvice(List<String> faults, int threads, @Nullable String chosenKernel) {
        List<String> advice = new ArrayList<>();
        if (!faults.isEmpty()) {
            advice.add("BLAS gives wrong results on this processor, so training is refused:"
                    + " set OPENBLAS_CORETYPE=Haswell, or another kernel, before you start");
        }
        if (threads > 1) {
            advice.add("OMP_NUM_THREADS is " + threads
                    + ": reference results were measured with 1, and runs are distributed over the cores anyway");
        }
        if (chosenKernel != null) {
            advice.add("OPENBLAS_CORETYPE is " + chosenKernel
                    + ": results are those of this kernel, not of the default kernel of the processor");
        }
        return advice;
    }

    /** The memory of the machine in bytes, from a file as Linux writes it; empty elsewhere. */
    static OptionalLong machine(Path memInfo) throws IOException {
        if (!Files.isReadable(memInfo)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(memInfo, StandardCharsets.UTF_8).stream()
                .filter(line -> line.matches("MemTotal:\\s*\\d{1,15} kB"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }

    /** The limit of the container in bytes, from the first file that has one. */
    static OptionalLong container(List<Path> files) throws IOException {
        for (Path file : files) {
            if (Files.isReadable(file)) {
                String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
                // "max" or a number near 2^63 mean none.
                if (text.matches("\\d{1,18}")) {
                    return OptionalLong.of(Long.parseLong(text));
                }
            }
        }
        return OptionalLong.empty();
    }

    private static String size(long bytes) {
        return bytes / (1 << 20) + " MiB";
    }
}
