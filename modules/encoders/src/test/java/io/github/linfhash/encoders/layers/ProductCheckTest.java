package io.github.linfhash.encoders.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import org.junit.jupiter.api.Test;

class ProductCheckTest {
    @Test
    void thisLibraryComputesOnThisProcessorWhatPlainLoopsDo() {
        ArithmeticCheck check = new ArithmeticCheck();
        ProductCheck.examine(check);

        assertThat(check.faults()).isEmpty();
        assertThat(check.compared())
                .containsExactly("product of tensors", "product of a transposed tensor", "outer product of tensors");
    }
}
