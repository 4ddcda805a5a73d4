package io.github.linfhash.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {
    private static final long GIB = 1L << 30;

    @TempDir
    private Path folder;

    @Test
    void aHeapThatTheContainerCannotHoldIsSaid() {
        OptionalLong machine = OptionalLong.of(16 * GIB);
        assertThat(Examination.memoryAdvice(4 * GIB, 4 * GIB, machine, OptionalLong.empty()))
                .isEmpty();
        assertThat(Examination.memoryAdvice(4 * GIB, 4 * GIB, machine, OptionalLong.of(6 * GIB)))
                .singleElement()
                .asString()
                .contains("8192 MiB of 6144 MiB");
    }

    @Test
    void limitsAreReadAsLinuxWritesThem() throws IOException {
        Path two = Files.writeString(folder.resolve("memory.max"), "max\n");
        Path one = Files.writeString(folder.resolve("memory.limit_in_bytes"), "9223372036854771712\n");
        assertThat(Examination.container(List.of(two, one, folder.resolve("none"))))
                .isEmpty();
        Files.writeString(one, "2147483648\n");
        assertThat(Examination.container(List.of(two, one))).hasValue(2 * GIB);
        Path memory = Files.writeString(folder.resolve("meminfo"), "MemTotal:       24683852 kB\nMemFree: 1 kB\n");
        assertThat(Examination.machine(memory)).hasValue(24683852L * 1024);
    }

    @Test
    void theKernelIsTheWordBehindCore() {
        assertThat(BlasKernel.in("warning\nCore: SkylakeX\nmore\n")).isEqualTo("SkylakeX");
        assertThat(BlasKernel.in("Score: 3\n")).isEqualTo("not reported by this BLAS");
    }

    @Test
    void threadsAndAChosenKernelAreSaid() {
        assertThat(Examination.arithmeticAdvice(List.of(), 1, null)).isEmpty();
        assertThat(Examination.arithmeticAdvice(List.of(), 4, "Prescott"))
                .hasSize(2)
                .anySatisfy(sentence -> assertThat(sentence).contains("OMP_NUM_THREADS is 4"))
                .anySatisfy(sentence -> assertThat(sentence).contains("Prescott"));
    }

    @Test
    void aLibraryThatComputesWronglyIsToBeChanged() {
        assertThat(Examination.arithmeticAdvice(List.of("Cholesky factor off by 14"), 1, null))
                .singleElement()
                .asString()
                .contains("OPENBLAS_CORETYPE");
    }
}
