package io.github.linfhash.experiment.doctor;

import io.github.linfhash.encoders.algebra.TensorBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The limits of memory. */
final class MemoryPart {
    /** Where cgroups of version 2 and 1 say their limit. */
    private static final List<Path> CONTAINER =
            List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

    private static final Path MEMORY = Path.of("/proc/meminfo");

    private MemoryPart() {}

    static Examination.Part of(TensorBackend.Setting setting) throws IOException {
        return of(
                Runtime.getRuntime().maxMemory(),
                setting.maxBytes(),
                setting.maxPhysicalBytes(),
                machine(MEMORY),
                container(CONTAINER));
    }

    /**
     * The part.
     *
     * @param heap the JVM's largest heap, in bytes, as all the others
     * @param outside what JavaCPP may allocate outside the heap
     * @param process at what size of the process JavaCPP refuses; 0 for never
     */
    static Examination.Part of(long heap, long outside, long process, OptionalLong machine, OptionalLong container) {
        List<Fact> facts = List.of(
                new Fact("heap", size(heap) + " (LINFHASH_HEAP)"),
                new Fact("outside the heap", size(outside) + " (LINFHASH_NATIVE)"),
                new Fact("process", process == 0 ? "no limit by JavaCPP" : size(process) + " by JavaCPP"),
                new Fact("machine", size(machine)),
                new Fact("container", container.isPresent() ? size(container) : "no limit by a cgroup"));
        long room = Math.min(machine.orElse(Long.MAX_VALUE), container.orElse(Long.MAX_VALUE));
        List<String> advice = new ArrayList<>();
        if (heap + outside > room) {
            advice.add("heap and memory outside the heap may need " + size(heap + outside) + " of " + size(room)
                    + ": the system may kill a large run; lower LINFHASH_HEAP or LINFHASH_NATIVE");
        }
        return new Examination.Part("memory", facts, advice);
    }

    /** The memory of the machine, as Linux says it. */
    static OptionalLong machine(Path memInfo) throws IOException {
        if (!Files.isReadable(memInfo)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(memInfo, StandardCharsets.UTF_8).stream()
                .filter(line -> line.matches("MemTotal:\\s*\\d{1,15} kB"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }

    /** The limit of the container, in the first file that has one. */
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

    private static String size(OptionalLong bytes) {
        return bytes.isPresent() ? size(bytes.getAsLong()) : "unknown";
    }

    static String size(long bytes) {
        return bytes / (1 << 20) + " MiB";
    }
}
