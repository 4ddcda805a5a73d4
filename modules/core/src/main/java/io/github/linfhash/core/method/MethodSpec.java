package io.github.linfhash.core.method;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Labels;
import java.util.Optional;
import java.util.function.Function;

/**
 * The registration of a published method: what the program knows of it without training it.
 *
 * @param name how users call it, such as {@code deep-linf}; lower case, digits and hyphens
 * @param title how pages call it
 * @param citation where it was published
 * @param supervision what it learns from with the defaults
 * @param defaults the options where a protocol says nothing; a record whose compact constructor checks the values and
 *     whose components carry their {@link Origin}
 * @param factory makes the method from its options
 * @param restorer makes a learned function again from its {@link HashFunction#state}
 * @param recommended the recommended options for new data, where the defaults are those that a paper prints; else
 *     the defaults
 * @param fit makes options fit new data
 * @param learning what it learns from with any options
 * @param <O> the method's record of options
 */
public record MethodSpec<O extends Record>(
        String name,
        String title,
        String citation,
        Supervision supervision,
        O defaults,
        Function<O, HashingMethod> factory,
        Function<ModelState, HashFunction> restorer,
        O recommended,
        Fit<O> fit,
        Function<O, Supervision> learning) {

    /**
     * How options fit the size of data.
     *
     * @param <O> the method's record of options
     */
    @FunctionalInterface
    public interface Fit<O extends Record> {
        /** The options to begin with on such data, or nothing if the method is not to be proposed for them. */
        Optional<O> on(DataShape data, O recommended);

        /** Any data up to a dimension: for methods that keep a matrix of d x d numbers and decompose it. */
        static <O extends Record> Fit<O> upToDimension(int most) {
            return (data, recommended) -> data.dimension() <= most ? Optional.of(recommended) : Optional.empty();
        }
    }

    /** A method that fits any data. */
    public MethodSpec(
            String name,
            String title,
            String citation,
            Supervision supervision,
            O defaults,
            Function<O, HashingMethod> factory,
            Function<ModelState, HashFunction> restorer,
            O recommended) {
        this(
                name,
                title,
                citation,
                supervision,
                defaults,
                factory,
                restorer,
                recommended,
                (data, options) -> Optional.of(options),
                options -> supervision);
    }

    /** A method whose defaults are what to begin with. */
    public MethodSpec(
            String name,
            String title,
            String citation,
            Supervision supervision,
            O defaults,
            Function<O, HashingMethod> factory,
            Function<ModelState, HashFunction> restorer) {
        this(name, title, citation, supervision, defaults, factory, restorer, defaults);
    }

    /** The data that a method learns from. */
    public enum Supervision {
        /** Labels of the training images. */
        SUPERVISED,
        /** Features alone. */
        UNSUPERVISED,
        /** Nothing but the dimension. */
        DATA_INDEPENDENT,
        /** Not known, as the codes were made elsewhere; no registered method is so. */
        EXTERNAL
    }

    public MethodSpec {
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + name + "' is no method name: lower case, digits and hyphens");
        }
        if (supervision == Supervision.EXTERNAL) {
            throw new IllegalArgumentException(
                    "method " + name + ": expected what it learns from, found " + supervision);
        }
    }

    /** Whether a text may name a method: lower case, digits and hyphens, first a letter. */
    public static boolean isName(String text) {
        return text.matches("[a-z][a-z0-9-]*");
    }

    /** Returns this registration with another rule that fits options to data. */
    public MethodSpec<O> fitting(Fit<O> other) {
        return new MethodSpec<>(
                name, title, citation, supervision, defaults, factory, restorer, recommended, other, learning);
    }

    /** Returns this registration for a method whose options decide what it learns from. */
    public MethodSpec<O> learningFrom(Function<O, Supervision> other) {
        return new MethodSpec<>(
                name, title, citation, supervision, defaults, factory, restorer, recommended, fit, other);
    }

    /** Returns the kind of data that the method learns from with such options. */
    public Supervision supervision(O options) {
        return learning.apply(options);
    }

    /** The options to begin with on new data of this size, or nothing if the method is not to be proposed for them. */
    public Optional<O> recommendedFor(DataShape data) {
        return fit.on(data, recommended);
    }

    /** The class of the options. */
    @SuppressWarnings("unchecked")
    public Class<O> optionsType() {
        return (Class<O>) defaults.getClass();
    }

    /**
     * The method with the given options. One that is supervised refuses labels by which no two images, or any two, are
     * similar: there is nothing to learn from them, whatever else the method does.
     */
    public HashingMethod create(O options) {
        HashingMethod method = factory.apply(options);
        if (supervision(options) != Supervision.SUPERVISED) {
            return method;
        }
        return new Supervised(name, method);
    }

    /**
     * A supervised method, which refuses labels that have no pairs to learn from.
     *
     * @param name the method's name
     * @param method the method itself
     */
    public record Supervised(String name, HashingMethod method) implements HashingMethod {
        @Override
        public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
            requirePairs(training.labels());
            return method.train(training, bits, context);
        }

        /**
         * Checks the labels.
         *
         * @throws InputException if no two images, or any two, are similar by them
         */
        public void requirePairs(Labels labels) {
            boolean similar = labels.haveSimilarPair();
            if (!similar || !labels.haveDissimilarPair()) {
                throw new InputException(
                        name + ": expected labels by which some training images are similar and some are not,"
                                + " found " + labels.size() + " images of which "
                                + (similar ? "any two share a class or label" : "no two share a class or label"));
            }
        }
    }

    /**
     * A function that this method learned.
     *
     * @param state what {@link HashFunction#state} gave
     * @return a function that gives the same codes
     * @throws io.github.linfhash.core.errors.InputException if the state is not one of this method's
     */
    public HashFunction restore(ModelState state) {
        return restorer.apply(state);
    }
}
