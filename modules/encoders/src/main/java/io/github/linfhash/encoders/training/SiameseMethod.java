package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.training.NetworkHashFunction.CodeRule;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A method that trains a network, on pairs foremost: what it starts from, and with which options. */
public interface SiameseMethod extends HashingMethod {
    /** Options of such a method; a record. */
    interface NetworkOptions {
        /** The most stages that a network is unfolded into. */
        int MOST_STAGES = 64;

        /** How the network is trained. */
        TrainingOptions training();

        /** How outputs become bits. */
        default CodeRule codes() {
            return CodeRule.SIGN;
        }
    }

    /**
     * Registers a method.
     *
     * @param defaults the paper's options where it prints them, our reading elsewhere
     * @param recommended the recommended options for new data
     */
    static <O extends Record & NetworkOptions> MethodSpec<O> spec(
            String name,
            String title,
            String citation,
            O defaults,
            O recommended,
            Function<O, HashingMethod> constructor) {
        return new MethodSpec<O>(
                        name,
                        title,
                        citation,
                        MethodSpec.Supervision.SUPERVISED,
                        defaults,
                        constructor,
                        NetworkHashFunction::restore,
                        recommended)
                .learningFrom(options -> options.training().learnsFrom());
    }

    /** The method's name. */
    String name();

    /** All options. */
    NetworkOptions options();

    /** How it is trained. */
    default TrainingOptions schedule() {
        return options().training();
    }

    /** The network before training. */
    Network network(TrainingSet rows, int outputs, TrainingContext context);

    /**
     * The start of a training.
     *
     * @param network freshly initialized
     * @param solutions of the training images, N values each, where the loss learns from them; else null
     */
    record Start(Network network, @Nullable FeatureMatrix solutions) {}

    /**
     * Returns the start of a training. A method overrides this if it solves a problem whose solutions its network can learn.
     *
     * @throws InputException if the loss learns from solutions, and the method has none
     */
    default Start start(TrainingSet rows, int outputs, TrainingContext context) {
        if (schedule().loss().learns() == LossKind.Learns.SOLUTIONS) {
            throw new InputException("training.loss: " + schedule().loss().word() + " is not for " + name()
                    + ", which solves no problem before training; use the method deep-linf, or another loss");
        }
        return new Start(network(rows, outputs, context), null);
    }

    /**
     * The outputs that make so many bits.
     *
     * @throws io.github.linfhash.core.errors.InputException if no number of outputs makes them
     */
    default int outputs(int bits) {
        return options().codes().outputs(name(), bits);
    }

    /** Which of its own options have values that only the default device knows, such as "scales: free". */
    default List<String> onlyOnDefaultDevice() {
        return List.of();
    }

    @Override
    default HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        int outputs = outputs(bits);
        TrainingSet rows = schedule().rows(training, context.random());
        Start start = start(rows, outputs, context);
        Map<String, double[]> curves = new SiameseTrainer(name(), schedule()).train(start, rows, context);
        return new NetworkHashFunction(start.network(), options().codes(), curves);
    }
}
