package io.github.linfhash.experiment.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a processor can do that kernels of matrix products are chosen by. */
final class CpuFeatures {
    /** As Linux names them, of x86 and of ARM. */
    private static final List<String> OF_INTEREST = List.of(
            "sse4_2",
            "avx",
            "avx2",
            "fma",
            "avx512f",
            "avx512bw",
            "avx512vl",
            "avx512_bf16",
            "amx_tile",
            "asimd",
            "sve",
            "sve2");

    private CpuFeatures() {}

    /** Those of interest, separated by blanks, or "unknown" where the system does not say them in this file. */
    static String read(Path cpuInfo) throws IOException {
        if (!Files.isReadable(cpuInfo)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(cpuInfo, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.matches("(flags|Features)\\s*:.*"))
                    .findFirst()
                    .map(CpuFeatures::ofInterest)
                    .orElse("unknown");
        }
    }

    private static String ofInterest(String line) {
        Set<String> all = Set.copyOf(
                Arrays.asList(line.substring(line.indexOf(':') + 1).strip().split("\\s+")).stream()
                        .distinct()
                        .toList());
        List<String> found = OF_INTEREST.stream().filter(all::contains).toList();
        return found.isEmpty() ? "none that matter here" : String.join(" ", found);
    }
}
