package io.github.linfhash.encoders.training;

import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.Network;
import java.util.List;
import java.util.Map;

/** A method that trains a network on pairs: what it starts from, and with which options. */
public interface SiameseMethod extends HashingMethod {
    /** The method's name. */
    String name();

    /** All options. */
    Record options();

    /** How it is trained. */
    TrainingOptions schedule();

    /** The network before training. */
    Network network(TrainingSet rows, int outputs, TrainingContext context);

    /** How outputs become bits. */
    default CodeRule codes() {
        return CodeRule.SIGN;
    }

    /**
     * The outputs that make so many bits.
     *
     * @throws io.github.linfhash.core.errors.InputException if no number of outputs makes them
     */
    default int outputs(int bits) {
        return codes().outputs(name(), bits);
    }

    /** Which of its own options have values that only the default device knows, such as "scales: free". */
    default List<String> onlyOnDefaultDevice() {
        return List.of();
    }

    @Override
    default HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        int outputs = outputs(bits);
        TrainingSet rows = schedule().rows(training, context.random());
        Network network = network(rows, outputs, context);
        Map<String, double[]> curves = new SiameseTrainer(name(), schedule()).train(network, rows, context);
        return new NetworkHashFunction(network, codes(), curves);
    }
}
