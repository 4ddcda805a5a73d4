package io.github.linfhash.quantizers;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.OptionEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The registration of a quantizer: what is known of it without fitting it.
 *
 * @param name how users call it; lower case, digits and hyphens
 * @param title how tables call it
 * @param citation where it was published
 * @param random whether two seeds give different codes with some options
 * @param slow whether fitting or encoding takes so long that it is measured with fewer seeds
 * @param factory makes the quantizer from its options
 * @param budget the options with which a code of d dimensions takes at most some bytes, and as many of them as it can use; none if
 *     it cannot be had for so few
 * @param standard which of several that fit are meant where nobody asks for others, as in a protocol's row that leaves an option open
 * @param asked the same for options that only a protocol's row asks for by value; {@code advise} does not try them
 * @param <O> the quantizer's record of options, whose compact constructor checks the values
 */
public record QuantizerSpec<O extends Record>(
        String name,
        String title,
        String citation,
        Predicate<O> random,
        boolean slow,
        Function<O, Quantizer> factory,
        Budget<O> budget,
        Predicate<O> standard,
        Budget<O> asked) {
    /** The most bytes of a code. */
    public static final int MOST_BYTES = 4096;

    /** All options are meant. */
    public QuantizerSpec(
            String name,
            String title,
            String citation,
            Predicate<O> random,
            boolean slow,
            Function<O, Quantizer> factory,
            Budget<O> budget) {
        this(name, title, citation, random, slow, factory, budget, options -> true);
    }

    /** There are no options that only a protocol asks for. */
    public QuantizerSpec(
            String name,
            String title,
            String citation,
            Predicate<O> random,
            boolean slow,
            Function<O, Quantizer> factory,
            Budget<O> budget,
            Predicate<O> standard) {
        this(name, title, citation, random, slow, factory, budget, standard, (dimension, bytes) -> List.of());
    }

    /**
     * Which options fit into bytes.
     *
     * @param <O> the quantizer's record of options
     */
    @FunctionalInterface
    public interface Budget<O extends Record> {
        /** Options for vectors of a dimension in at most so many bytes each. */
        List<O> options(int dimension, int bytes);
    }

    /**
     * A quantizer with options, by name.
     *
     * @param standard whether these options are meant where nobody asks for others
     */
    public record Configured(
            String name, Record options, boolean random, boolean slow, boolean standard, Quantizer quantizer) {
        /** How it compares queries with codes; none if that is no option of it. */
        public Optional<Distance> distance() {
            return OptionEntry.of(options).stream()
                    .map(OptionEntry::value)
                    .filter(Distance.class::isInstance)
                    .map(Distance.class::cast)
                    .findFirst();
        }

        /** Whether the other differs at most in how it compares queries with codes: in the distance, or the bits of a query. */
        public boolean fitsLike(Configured other) {
            return name.equals(other.name) && withoutComparison().equals(other.withoutComparison());
        }

        private List<OptionEntry> withoutComparison() {
            return OptionEntry.of(options).stream()
                    .filter(option -> !(option.value() instanceof Distance)
                            && !option.name().equals("queryBits"))
                    .toList();
        }
    }

    /** All that fits into some bytes. */
    public List<Configured> within(int dimension, int bytes) {
        return budget.options(dimension, bytes).stream().map(this::with).toList();
    }

    /** All that fits into some bytes and that only a protocol asks for. */
    public List<Configured> asked(int dimension, int bytes) {
        return asked.options(dimension, bytes).stream().map(this::with).toList();
    }

    private Configured with(O options) {
        return new Configured(
                name, options, random.test(options), slow, standard.test(options), factory.apply(options));
    }

    /** The first that fits into the fewest bytes, up to {@value #MOST_BYTES}; none if nothing fits vectors of that dimension. */
    public Optional<Configured> smallest(int dimension) {
        return smallestOptions(dimension).map(this::with);
    }

    private Optional<O> smallestOptions(int dimension) {
        return IntStream.rangeClosed(1, MOST_BYTES)
                .boxed()
                .flatMap(bytes -> budget.options(dimension, bytes).stream())
                .findFirst();
    }

    /**
     * The quantizer with options that are read elsewhere.
     *
     * @param binding makes a record of options of the class that it is told
     * @return none if nothing fits vectors of that dimension
     */
    public Optional<Configured> bound(int dimension, Function<Class<O>, O> binding) {
        return smallestOptions(dimension).map(example -> with(binding.apply(classOf(example))));
    }

    /**
     * Rejects more dimensions than vectors have.
     *
     * @param kept how many dimensions are to be kept
     * @param d the dimension of the vectors
     * @throws InputException if there are fewer
     */
    public void requireDimensions(int kept, int d) {
        if (kept > d) {
            throw new InputException(name + ": expected at most " + d + " dimensions, found " + kept);
        }
    }

    @SuppressWarnings("unchecked") // records are final, so that the class of one is that of all
    private static <O extends Record> Class<O> classOf(O options) {
        return (Class<O>) options.getClass();
    }
}
