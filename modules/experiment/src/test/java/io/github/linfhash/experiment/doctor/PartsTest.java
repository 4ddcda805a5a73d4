package io.github.linfhash.experiment.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
    private static final long GIB = 1L << 30;

    @TempDir
    private Path folder;

    @Test
    void aHeapThatTheContainerCannotHoldIsSaid() {
        OptionalLong machine = OptionalLong.of(16 * GIB);
        assertThat(MemoryPart.of(4 * GIB, 4 * GIB, 0, machine, OptionalLong.empty())
                        .advice())
                .isEmpty();
        assertThat(MemoryPart.of(4 * GIB, 4 * GIB, 0, machine, OptionalLong.of(6 * GIB))
                        .advice())
                .singleElement()
                .asString()
                .contains("8192 MiB of 6144 MiB");
    }

    @Test
    void limitsAreReadAsLinuxWritesThem() throws IOException {
        Path two = Files.writeString(folder.resolve("memory.max"), "max\n");
        Path one = Files.writeString(folder.resolve("memory.limit_in_bytes"), "9223372036854771712\n");
        assertThat(MemoryPart.container(List.of(two, one, folder.resolve("none"))))
                .isEmpty();
        Files.writeString(one, "2147483648\n");
        assertThat(MemoryPart.container(List.of(two, one))).hasValue(2 * GIB);
        Path memory = Files.writeString(folder.resolve("meminfo"), "MemTotal:       24683852 kB\nMemFree: 1 kB\n");
        assertThat(MemoryPart.machine(memory)).hasValue(24683852L * 1024);
    }

    @Test
    void featuresOfProcessorsAreFoundByTheirNames() throws IOException {
        Path x86 = Files.writeString(folder.resolve("x86"), "processor\t: 0\nflags\t\t: fpu avx avx2 avx512ifma fma\n");
        Path arm = Files.writeString(folder.resolve("arm"), "processor\t: 0\nFeatures\t: fp asimd sve\n");
        assertThat(CpuFeatures.read(x86)).isEqualTo("avx avx2 fma");
        assertThat(CpuFeatures.read(arm)).isEqualTo("asimd sve");
        assertThat(CpuFeatures.read(folder.resolve("nowhere"))).isEqualTo("unknown");
    }

    @Test
    void theKernelIsTheWordBehindCore() {
        assertThat(BlasKernel.in("warning\nCore: SkylakeX\nmore\n")).isEqualTo("SkylakeX");
        assertThat(BlasKernel.in("Score: 3\n")).isEqualTo("not reported by this BLAS");
    }

    @Test
    void newJavasWantTheirFlags() {
        assertThat(JavaPart.of(17, List.of()).advice()).isEmpty();
        assertThat(JavaPart.of(25, List.of(JavaPart.NATIVE, JavaPart.UNSAFE)).advice())
                .isEmpty();
        assertThat(JavaPart.of(25, List.of(JavaPart.NATIVE)).advice())
                .singleElement()
                .asString()
                .contains(JavaPart.UNSAFE);
    }

    @Test
    void threadsAndAChosenKernelAreSaid() {
        assertThat(ArithmeticPart.advice(List.of(), 1, 2, null)).isEmpty();
        assertThat(ArithmeticPart.advice(List.of(), 4, 2, "Prescott"))
                .hasSize(3)
                .anySatisfy(sentence -> assertThat(sentence).contains("Prescott"));
    }

    @Test
    void aLibraryThatComputesWronglyIsToBeChanged() {
        assertThat(ArithmeticPart.advice(List.of("Cholesky factor off by 14"), 1, 2, null))
                .singleElement()
                .asString()
                .contains("OPENBLAS_CORETYPE");
    }

    @Test
    void ofTheSystemOnlyTheVersionDoesNotMatter() {
        EnvironmentSummary here = environment("Linux 6.1.0-13 amd64", 1);
        assertThat(EnvironmentComparison.of(environment("Linux 5.4 amd64", 1), here))
                .noneMatch(EnvironmentComparison.Row::matters);
        assertThat(EnvironmentComparison.of(environment("Mac OS X 14.5 aarch64", 1), here))
                .filteredOn(EnvironmentComparison.Row::matters)
                .extracting(EnvironmentComparison.Row::what)
                .containsExactly("os");
        assertThat(EnvironmentComparison.of(environment("Linux 6.1.0-13 amd64", 2), here))
                .filteredOn(EnvironmentComparison.Row::matters)
                .extracting(EnvironmentComparison.Row::what)
                .containsExactly("threads");
    }

    private static EnvironmentSummary environment(String os, int threads) {
        return new EnvironmentSummary("1", "c", "jdk", os, "cpu", 2, "backend", threads, 2, 1);
    }
}
