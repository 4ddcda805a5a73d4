package io.github.linfhash.advisor.engine;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of codes that an engine has.
 *
 * @param name what the engine calls it
 * @param quantizer ours that makes the same codes
 * @param dimensions of the vectors that the engine can index by these codes
 * @param sizes the bytes of the codes, as our quantizer counts them
 * @param accepts which options of ours the engine has
 * @param recipe what to paste
 * @param <O> the options of our quantizer
 */
public record EngineCode<O extends Record>(
        String name,
        QuantizerSpec<O> quantizer,
        Dimensions dimensions,
        Sizes sizes,
        Accepts<O> accepts,
        Recipe<O> recipe) {
    /**
     * How many dimensions vectors may have.
     *
     * @param least the fewest
     * @param most the most
     */
    public record Dimensions(int least, int most) {
        /** Any number. */
        static final Dimensions ANY = upTo(Integer.MAX_VALUE);

        static Dimensions upTo(int most) {
            return new Dimensions(1, most);
        }
    }

    /** The sizes of codes. */
    @FunctionalInterface
    public interface Sizes {
        /**
         * The bytes of codes to measure.
         *
         * @param d the dimension of the vectors
         * @param asked the most bytes that the user asked for; null for all that is worth a look
         */
        List<Integer> of(int d, @Nullable Integer asked);

        /** Codes of one size, where it is not more than asked. */
        static Sizes fixed(IntUnaryOperator size) {
            return (d, asked) -> asked == null || size.applyAsInt(d) <= asked ? List.of(size.applyAsInt(d)) : List.of();
        }

        /** Codes of any size up to the largest: unless asked, the largest divided by each of the given numbers. */
        static Sizes upTo(IntUnaryOperator largest, int... divisors) {
            return (d, asked) -> {
                int most = largest.applyAsInt(d);
                return asked != null
                        ? List.of(Math.min(most, asked))
                        : IntStream.of(divisors)
                                .map(divisor -> Math.max(1, most / divisor))
                                .distinct()
                                .boxed()
                                .toList();
            };
        }

        /**
         * Parts of equal width, so many a byte: unless asked, near a sixteenth, an eighth and a fourth of the dimension in bytes, or the largest
         * size where there are none.
         */
        static Sizes divisors(int perByte) {
            return (d, asked) -> {
                int largest = (d + perByte - 1) / perByte;
                List<Integer> sizes = IntStream.of(asked == null ? new int[] {16, 8, 4} : new int[] {1})
                        .map(divisor -> Math.max(1, Math.min(largest, asked == null ? d / divisor : asked)))
                        .flatMap(most -> IntStream.iterate(most, m -> m - 1)
                                .limit(most)
                                .filter(m -> d % Math.min(d, perByte * m) == 0)
                                .limit(1))
                        .distinct()
                        .boxed()
                        .toList();
                return sizes.isEmpty() && asked == null ? List.of(largest) : sizes;
            };
        }
    }

    /** Which options an engine has for vectors of a dimension. */
    @FunctionalInterface
    public interface Accepts<O extends Record> {
        boolean test(O options, int dimension, Similarity similarity);
    }

    /** A recipe for the lines to paste. */
    @FunctionalInterface
    public interface Recipe<O extends Record> {
        /** Lines of the engine's language, with a line break at the end of each. */
        String paste(O options, Search search, SqlNames names);
    }

    /**
     * A search.
     *
     * @param dimension of the vectors
     * @param similarity by what they are compared
     * @param neighbors k
     * @param oversampling by what k is multiplied for the candidates
     * @param rows of the database
     * @param target of recall
     */
    public record Search(
            int dimension, Similarity similarity, int neighbors, int oversampling, int rows, double target) {
        /** With less, a graph misses many. */
        private static final int LEAST_GRAPH_CANDIDATES = 40;

        /** How many the graph of Lucene's index should find, of which it misses some. */
        int graphCandidates() {
            return Math.max(LEAST_GRAPH_CANDIDATES, 2 * candidates());
        }

        /** How many candidates are rescored. */
        public int candidates() {
            return neighbors * oversampling;
        }
    }

    /**
     * Our quantizer with the options that the engine has, under the engine's name. Where vectors have too many or too few dimensions for the engine,
     * fitting it throws an {@link InputException} with the reason.
     *
     * @param asked the most bytes of a code; null for all that is worth a look
     */
    public List<QuantizerSpec.Configured> configured(int dimension, Similarity similarity, @Nullable Integer asked) {
        return sizes.of(dimension, asked).stream()
                .flatMap(size -> quantizer.budget().options(dimension, size).stream())
                .distinct()
                .filter(options -> accepts.test(options, dimension, similarity))
                .map(options -> new QuantizerSpec.Configured(
                        name,
                        options,
                        quantizer.random().test(options),
                        quantizer.slow(),
                        true,
                        fitting(options, dimension)))
                .toList();
    }

    /** The bytes of the codes that {@link #configured} has options for, ascending. */
    List<Integer> bytes(int dimension, Similarity similarity, @Nullable Integer asked) {
        return sizes.of(dimension, asked).stream()
                .filter(size -> quantizer.budget().options(dimension, size).stream()
                        .anyMatch(options -> accepts.test(options, dimension, similarity)))
                .sorted()
                .toList();
    }

    private Quantizer fitting(O options, int dimension) {
        boolean few = dimension < dimensions.least;
        if (!few && dimension <= dimensions.most) {
            return quantizer.factory().apply(options);
        }
        return (vectors, similarity, random) -> {
            throw new InputException("expected vectors of at "
                    + (few ? "least " + dimensions.least : "most " + dimensions.most)
                    + " dimensions, which is the limit of the engine's index, found " + dimension);
        };
    }

    /**
     * Returns the lines to paste.
     *
     * @param options of a quantizer of {@link #configured}
     */
    @SuppressWarnings("unchecked") // the options are some that this code configured
    public String paste(Record options, Search search, SqlNames names) {
        return recipe.paste((O) options, search, names);
    }
}
