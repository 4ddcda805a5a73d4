package io.github.linfhash.encoders.layers;

/**
 * A step of plain stochastic gradient descent: {@code w <- (1 - rate * decay) w - rate * gradient}.
 *
 * @param rate the learning rate
 * @param decay the weight decay; applied to weight matrices alone, not to biases or scales
 */
public record SgdStep(double rate, double decay) {
    /** What is left of a weight before its gradient is subtracted. */
    double kept() {
        return 1 - rate * decay;
    }
}
