package io.github.linfhash.harness.home;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.encoders.TensorBackend;
import io.github.linfhash.encoders.layers.ProductCheck;
import java.util.List;

/** Whether the libraries of linear algebra compute right on this processor; looked at once for a process. */
public final class LinearAlgebra {
    private LinearAlgebra() {}

    private static final class Examined {
        static final List<String> FAULTS = examine();

        private static List<String> examine() {
            TensorBackend.describe();
            ArithmeticCheck check = new ArithmeticCheck();
            ProductCheck.examine(check);
            BlasCheck.examine(check);
            return check.faults();
        }
    }

    /** What differs from plain loops, in words; empty if nothing does. */
    public static List<String> faults() {
        return Examined.FAULTS;
    }

    /**
     * Refuses to go on with a library that computes wrongly.
     *
     * @throws InputException if it does, or cannot be loaded
     */
    public static void requireSound() {
        requireNone(faults());
    }

    static void requireNone(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new InputException(
                    "linear algebra on this processor: expected BLAS to give what plain loops give, found "
                            + String.join(", ", faults)
                            + "; set OPENBLAS_CORETYPE=Haswell, or another kernel, before the start");
        }
    }
}
