package io.github.linfhash.baselines.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import org.junit.jupiter.api.Test;

class BlasCheckTest {
    @Test
    void thisLibraryComputesOnThisProcessorWhatPlainLoopsDo() {
        ArithmeticCheck check = new ArithmeticCheck();
        BlasCheck.examine(check);

        assertThat(check.faults()).isEmpty();
    }
}
