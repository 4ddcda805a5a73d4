package io.github.linfhash.baselines.classifier;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;

/**
 * The options of class codes.
 *
 * @param gamma the kernel of two rows is exp(-gamma |x - y|^2)
 * @param lambda what is added to the diagonal of the kernel matrix, whose entries there are 1
 * @param temperature scores of classes are softmax(f / temperature); of no effect where rows have sets of labels
 */
public record ClassCodesOptions(
        @Origin(value = Source.OUR_READING, note = ClassCodesOptions.NOTE)
        double gamma,

        @Origin(value = Source.OUR_READING, note = ClassCodesOptions.NOTE)
        double lambda,

        @Origin(value = Source.OUR_READING, note = ClassCodesOptions.NOTE)
        double temperature) {
    static final String NOTE =
            "round numbers; on training images of CIFAR-10, none of 40 random configurations was better (docs/readings.md)";

    public static final ClassCodesOptions DEFAULTS = new ClassCodesOptions(1, 0.1, 0.125);

    public ClassCodesOptions {
        require(gamma, "gamma");
        require(lambda, "lambda");
        require(temperature, "temperature");
    }

    private static void require(double value, String option) {
        if (!(value >= 1e-6 && value <= 1e6)) {
            throw new InputException("class-codes: " + option + ": expected a number from 1e-6 to 1e6, found " + value);
        }
    }
}
