package io.github.linfhash.core.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArithmeticCheckTest {
    private final ArithmeticCheck check = new ArithmeticCheck();

    @Test
    void valuesWithinTheToleranceAreNoFault() {
        check.compare("sum", new double[] {1, -2}, new double[] {1 + 1e-12, -2}, 1e-11);

        assertThat(check.faults()).isEmpty();
    }

    @Test
    void theLargestDifferenceIsToldOfEachOperationThatHasOne() {
        check.compare("sum", new double[] {1, 2, 3}, new double[] {1.5, 2, -1}, 1e-11);
        check.compare("product", new double[] {4}, new double[] {4}, 0);
        check.compare("root", new double[] {4}, new double[] {4.25}, 1e-3);

        assertThat(check.compared()).containsExactly("sum", "product", "root");
        assertThat(check.faults()).containsExactly("sum off by 4.0", "root off by 0.25");
    }

    @Test
    void whatIsNotANumberIsAFault() {
        check.compare("sum", new double[] {1, 2}, new double[] {Double.NaN, 2.5}, 1);

        assertThat(check.faults()).containsExactly("sum off by Infinity");
    }

    @Test
    void anOperationWithoutAResultIsAFault() {
        check.failed("eigenvectors");

        assertThat(check.faults()).containsExactly("no eigenvectors");
    }

    @Test
    void aLibraryWithoutFaultsPassesAndAnotherIsRefusedInOneSentence() {
        ArithmeticCheck.requireNone("BLAS", List.of(), "take another");

        assertThatThrownBy(() -> ArithmeticCheck.requireNone("BLAS", List.of("a off by 14", "no b"), "take another"))
                .isInstanceOf(InputException.class)
                .hasMessage("BLAS on this processor: expected what plain loops give, found a off by 14, no b;"
                        + " take another");
    }

    @Test
    void loopsMultiplyAndTranspose() {
        double[] a = {1, 2, 3, 4, 5, 6};
        double[] b = {7, 8, 9};

        assertThat(ArithmeticCheck.product(a, b, 2, 3, 1)).containsExactly(50, 122);
        assertThat(ArithmeticCheck.transpose(a, 2, 3)).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void valuesAreTheSameEveryTimeAndExactInFloat32() {
        double[] values = check.values(100);

        assertThat(values).containsExactly(new ArithmeticCheck().values(100));
        for (double value : values) {
            assertThat(value).isBetween(-1.0, 1.0).isEqualTo((float) value);
        }
    }
}
