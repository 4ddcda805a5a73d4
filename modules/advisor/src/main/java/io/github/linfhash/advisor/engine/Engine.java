package io.github.linfhash.advisor.engine;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.product.OptimizedProductQuantizer;
import io.github.linfhash.quantizers.product.ProductQuantizer;
import io.github.linfhash.quantizers.rabitq.RaBitQ;
import io.github.linfhash.quantizers.scalar.Floats;
import io.github.linfhash.quantizers.scalar.Int8;
import io.github.linfhash.quantizers.scalar.OneGrid;
import io.github.linfhash.quantizers.scalar.Osq;
import io.github.linfhash.quantizers.scalar.Rq;
import io.github.linfhash.quantizers.scalar.Sq;
import io.github.linfhash.quantizers.scalar.TurboPlus;
import io.github.linfhash.quantizers.sign.ItqSign;
import io.github.linfhash.quantizers.sign.RotatedSign;
import io.github.linfhash.quantizers.sign.SigmaSign;
import io.github.linfhash.quantizers.sign.Sign;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A search engine, with its codes: the engine's name of a kind of codes, our quantizer that makes the same ones, and what to paste. */
public enum Engine {
    /** PostgreSQL with pgvector. */
    PGVECTOR(
            PgvectorCodes.MOST_CANDIDATES,
            "sparsevec",
            new Code<>(
                    "halfvec",
                    "run in pgvector 0.8",
                    Floats.HALF,
                    1,
                    PgvectorCodes.Kind.HALFVEC.mostDimensions(),
                    Sizes.fixed(d -> 2 * d),
                    (options, d, similarity) -> true,
                    (options, search, names) -> new PgvectorCodes(
                                    PgvectorCodes.Kind.HALFVEC, names, options.dimensions(), search.similarity())
                            .paste(search)),
            new Code<>(
                    "binary_quantize",
                    "run in pgvector 0.8",
                    Sign.SPEC,
                    1,
                    PgvectorCodes.Kind.BIT.mostDimensions(),
                    Sizes.fixed(Engine::bytesOfBits),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    (options, search, names) -> new PgvectorCodes(
                                    options.centered() ? PgvectorCodes.Kind.CENTERED_BIT : PgvectorCodes.Kind.BIT,
                                    names,
                                    options.bits(),
                                    search.similarity())
                            .paste(search))),
    /** Apache Lucene, and what is built on it. */
    LUCENE(
            Integer.MAX_VALUE,
            "the older formats of scalar quantization",
            ofLucene("int8", 8, "UNSIGNED_BYTE"),
            ofLucene("int4", 4, "PACKED_NIBBLE"),
            ofLucene("int2", 2, "DIBIT_QUERY_NIBBLE"),
            ofLucene("BBQ", 1, "SINGLE_BIT_QUERY_NIBBLE")),
    /** The library faiss. */
    FAISS(
            Integer.MAX_VALUE,
            "LSQ, residual quantizers and inverted lists",
            ofFaiss("SQ8", Sq.SQ8, 1),
            ofFaiss("SQ4", Sq.SQ4, 2),
            new Code<>(
                    "PQ",
                    Faiss.ORIGIN,
                    ProductQuantizer.SPEC,
                    Sizes.divisors(1),
                    (options, d, similarity) -> options.bits() == 8,
                    Faiss.factory((options, d) -> "PQ" + options.parts() + "x8")),
            new Code<>(
                    "PQx4fs",
                    Faiss.ORIGIN,
                    ProductQuantizer.SPEC,
                    Sizes.divisors(2),
                    (options, d, similarity) -> options.bits() == 4,
                    Faiss.factory((options, d) -> "PQ" + options.parts() + "x4fs")),
            new Code<>(
                    "OPQ",
                    Faiss.ORIGIN,
                    OptimizedProductQuantizer.SPEC,
                    Sizes.divisors(1),
                    Faiss.factory((options, d) -> "OPQ" + options.parts() + "_" + d + ",PQ" + options.parts() + "x8")),
            new Code<>(
                    "RaBitQ",
                    Faiss.ORIGIN,
                    RaBitQ.SPEC,
                    Sizes.fixed(d -> bytesOfBits(d) + RaBitQ.SIDE_BYTES),
                    (options, d, similarity) -> options.equals(new RaBitQ.Options(1, d, 0, null)),
                    Faiss.factory((options, d) -> "RR" + d + ",RaBitQ")),
            ofSigns(
                    "binary",
                    Faiss.ORIGIN,
                    (options, d, similarity) -> true,
                    (options, search, names) -> Faiss.signs(options.centered(), search)),
            new Code<>(
                    "binary-rotated",
                    Faiss.ORIGIN,
                    RotatedSign.SPEC,
                    Sizes.upTo(d -> 2 * bytesOfBits(d), 2, 1),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    Faiss.exported(RotatedSign.SPEC)),
            new Code<>(
                    "binary-itq",
                    Faiss.ORIGIN,
                    ItqSign.SPEC,
                    Sizes.upTo(Engine::bytesOfBits, 2, 1),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    Faiss.exported(ItqSign.SPEC))),
    /** Elasticsearch. */
    ELASTICSEARCH(
            SearchServers.MOST_CANDIDATES,
            "int8_hnsw, int4_hnsw, and more than one bit in bbq_hnsw",
            ofOsq("bbq_hnsw", SearchServers.BBQ_HNSW, 1, 64, 4096, SearchServers.elasticsearch("bbq_hnsw")),
            ofOsq("bbq_disk-1", SearchServers.BBQ_DISK, 1, 64, 4096, SearchServers.elasticsearch("bbq_disk")),
            ofOsq("bbq_disk-2", SearchServers.BBQ_DISK, 2, 64, 4096, SearchServers.elasticsearch("bbq_disk")),
            ofOsq("bbq_disk-4", SearchServers.BBQ_DISK, 4, 64, 4096, SearchServers.elasticsearch("bbq_disk")),
            ofOsq("bbq_disk-7", SearchServers.BBQ_DISK, 7, 64, 4096, SearchServers.elasticsearch("bbq_disk"))),
    /** OpenSearch. */
    OPENSEARCH(
            Integer.MAX_VALUE,
            "binary with 2 and 4 bits, rotations and queries that are not binary, sq with 16 bits and pq",
            ofOsq("sq-1", SearchServers.SQ_1, 1, 1, 16_000, SearchServers.openSearch("faiss", "sq", 1)),
            ofOsq("sq-2", SearchServers.SQ, 2, 1, 16_000, SearchServers.openSearch("faiss", "sq", 2)),
            ofOsq("sq-4", SearchServers.SQ, 4, 1, 16_000, SearchServers.openSearch("faiss", "sq", 4)),
            new Code<>(
                    "sq-7",
                    SearchServers.SQ_7,
                    OneGrid.QUANTILES,
                    Sizes.fixed(d -> d + Float.BYTES),
                    SearchServers.openSearch("lucene", "sq", 7)),
            ofSigns(
                    "binary",
                    SearchServers.BINARY,
                    (options, d, similarity) -> options.centered(),
                    SearchServers.openSearch("faiss", "binary", 1))),
    /** Qdrant. */
    QDRANT(
            Integer.MAX_VALUE,
            "scalar and product quantization",
            new Code<>(
                    "turbo",
                    SearchServers.TURBO,
                    TurboPlus.SPEC,
                    Sizes.of(d -> Stream.of(TurboPlus.Bits.values()).map(bits -> TurboPlus.bytes(bits, d))),
                    (options, search, names) -> SearchServers.turbo(options, search)),
            new Code<>(
                    "binary",
                    SearchServers.QDRANT_BINARY,
                    SigmaSign.SPEC,
                    Sizes.of(d -> Stream.of(2, 3, 4).map(halves -> bytesOfBits((halves * d + 1) / 2))),
                    (options, search, names) -> SearchServers.qdrantBinary(options, search))),
    /** Weaviate. */
    WEAVIATE(
            Integer.MAX_VALUE,
            "PQ and SQ",
            new Code<>(
                    "RQ",
                    SearchServers.RQ,
                    Rq.SPEC,
                    Sizes.of(d -> Stream.of(8, 4, 1).map(bits -> Rq.bytes(bits, d))),
                    (options, search, names) -> SearchServers.weaviate("rq(bits=" + options.bits() + ", ", search)),
            ofSigns(
                    "BQ",
                    SearchServers.BQ,
                    (options, d, similarity) -> !options.centered(),
                    (options, search, names) -> SearchServers.weaviate("bq(", search))),
    /** Redis with its vector sets, which have the cosine alone. */
    REDIS(
            Integer.MAX_VALUE,
            "NOQUANT and REDUCE",
            new Code<>(
                    "Q8",
                    Python.REDIS,
                    Int8.Q8,
                    Sizes.fixed(d -> d + Int8.SIDE_BYTES),
                    (options, d, similarity) -> similarity == Similarity.COSINE,
                    (options, search, names) -> Python.redis("Q8", search)),
            ofSigns(
                    "BIN",
                    Python.REDIS,
                    (options, d, similarity) -> !options.centered() && similarity == Similarity.COSINE,
                    (options, search, names) -> Python.redis("BIN", search))),
    /** SQLite with sqlite-vec, which has no inner products. */
    SQLITE_VEC(
            Python.MOST_SQLITE_CANDIDATES,
            "float columns",
            new Code<>(
                    "int8",
                    Python.SQLITE,
                    OneGrid.UNIT,
                    Sizes.fixed(d -> d),
                    (options, d, similarity) -> similarity == Similarity.COSINE,
                    (options, search, names) -> Python.sqlite(
                            "int8[%d] distance_metric=cosine", "vec_quantize_int8(vec_normalize(?), 'unit')", search)),
            ofSigns(
                    "bit",
                    Python.SQLITE,
                    (options, d, similarity) -> !options.centered() && d % 8 == 0 && similarity != Similarity.DOT,
                    (options, search, names) -> Python.sqlite("bit[%d]", "vec_quantize_binary(?)", search)));

    private final int mostCandidates;
    private final String notMeasured;

    @SuppressWarnings("ImmutableEnumChecker") // a list of records that nobody changes
    private final List<Code<?>> codes;

    Engine(int mostCandidates, String notMeasured, Code<?>... codes) {
        this.mostCandidates = mostCandidates;
        this.notMeasured = notMeasured;
        this.codes = List.of(codes);
    }

    /** The name as options and JSON have it, such as {@code sqlite-vec}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int bytesOfBits(int bits) {
        return (bits + 7) / 8;
    }

    /** Signs of all coordinates, or of those less their mean, by Hamming distance. */
    private static Code<Sign.Options> ofSigns(
            String name, String origin, Accepts<Sign.Options> accepts, Recipe<Sign.Options> recipe) {
        return new Code<>(
                name,
                origin,
                Sign.SPEC,
                Sizes.fixed(Engine::bytesOfBits),
                (options, d, similarity) ->
                        options.distance() == Distance.HAMMING && accepts.test(options, d, similarity),
                recipe);
    }

    private static Code<Osq.Options> ofOsq(
            String name, String origin, int bits, int least, int most, Recipe<Osq.Options> recipe) {
        return new Code<>(
                name,
                origin,
                Osq.SPEC,
                least,
                most,
                Sizes.fixed(d -> bytesOfBits(bits * d) + Osq.SIDE_BYTES),
                (options, d, similarity) -> options.equals(new Osq.Options(bits, d, false)),
                recipe);
    }

    private static Code<Osq.Options> ofLucene(String name, int bits, String encoding) {
        return ofOsq(
                name, "compared with the codes of Lucene 10.5", bits, 1, Integer.MAX_VALUE, Lucene.encoding(encoding));
    }

    /** All dimensions, or principal components; faiss subtracts the mean before these, which inner products do not survive. */
    private static Code<Sq.Options> ofFaiss(String name, QuantizerSpec<Sq.Options> quantizer, int perByte) {
        return new Code<>(
                name,
                Faiss.ORIGIN,
                quantizer,
                Sizes.upTo(d -> (d + perByte - 1) / perByte, 4, 2, 1),
                (options, d, similarity) -> options.dimensions() == d || similarity != Similarity.DOT,
                Faiss.factory(
                        (options, d) -> (options.dimensions() == d ? "" : "PCA" + options.dimensions() + ",") + name));
    }

    /** Returns the codes of the engine. */
    public List<Code<?>> codes() {
        return codes;
    }

    /** Returns what the engine has beyond its codes, as words. */
    public String notMeasured() {
        return notMeasured;
    }

    /** The most candidates that a search of the engine finds by code. */
    public int mostCandidates() {
        return mostCandidates;
    }

    /**
     * A kind of codes that an engine has.
     *
     * @param name what the engine calls it
     * @param origin the version that its formula is from, how it was checked, and the engine's default rescoring, as a clause
     * @param quantizer ours that makes the same codes
     * @param leastDimensions the fewest dimensions of vectors that the engine can index by these codes
     * @param mostDimensions the most dimensions
     * @param sizes the bytes of the codes, as our quantizer counts them
     * @param accepts which options of ours the engine has
     * @param recipe what to paste
     * @param <O> the options of our quantizer
     */
    public record Code<O extends Record>(
            String name,
            String origin,
            QuantizerSpec<O> quantizer,
            int leastDimensions,
            int mostDimensions,
            Sizes sizes,
            Accepts<O> accepts,
            Recipe<O> recipe) {
        /** For vectors of any dimension. */
        Code(
                String name,
                String origin,
                QuantizerSpec<O> quantizer,
                Sizes sizes,
                Accepts<O> accepts,
                Recipe<O> recipe) {
            this(name, origin, quantizer, 1, Integer.MAX_VALUE, sizes, accepts, recipe);
        }

        /** With all options, for vectors of any dimension. */
        Code(String name, String origin, QuantizerSpec<O> quantizer, Sizes sizes, Recipe<O> recipe) {
            this(name, origin, quantizer, sizes, (options, d, similarity) -> true, recipe);
        }

        /**
         * Our quantizer with the options that the engine has, under the engine's name. Where vectors have too many or too few dimensions for the engine,
         * fitting it throws an {@link InputException} with the reason.
         *
         * @param asked the most bytes of a code; null for all that is worth a look
         */
        public List<QuantizerSpec.Configured> configured(
                int dimension, Similarity similarity, @Nullable Integer asked) {
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
        public List<Integer> bytes(int dimension, Similarity similarity, @Nullable Integer asked) {
            return sizes.of(dimension, asked).stream()
                    .filter(size -> quantizer.budget().options(dimension, size).stream()
                            .anyMatch(options -> accepts.test(options, dimension, similarity)))
                    .sorted()
                    .toList();
        }

        private Quantizer fitting(O options, int dimension) {
            boolean few = dimension < leastDimensions;
            if (!few && dimension <= mostDimensions) {
                return quantizer.factory().apply(options);
            }
            return (vectors, similarity, random) -> {
                throw new InputException("expected vectors of at "
                        + (few ? "least " + leastDimensions : "most " + mostDimensions)
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
            return of(d -> Stream.of(size.applyAsInt(d)));
        }

        /** Codes of some sizes for a dimension, those that are not more than asked. */
        static Sizes of(IntFunction<Stream<Integer>> sizes) {
            return (d, asked) -> sizes.apply(d)
                    .filter(size -> asked == null || size <= asked)
                    .toList();
        }

        /** Codes of any size up to the largest: unless asked, the largest divided by each of the given numbers. */
        static Sizes upTo(IntUnaryOperator largest, int... divisors) {
            return (d, asked) -> {
                int most = largest.applyAsInt(d);
                IntStream sizes = asked != null
                        ? IntStream.of(Math.min(most, asked))
                        : IntStream.of(divisors).map(divisor -> Math.max(1, most / divisor));
                return sizes.distinct().boxed().toList();
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
     * @param files of codes that {@code linfhash quantize} writes
     */
    public record Search(
            int dimension,
            Similarity similarity,
            int neighbors,
            int oversampling,
            int rows,
            double target,
            QuantizeLine.Files files) {
        /** With less, a graph misses many. */
        private static final int LEAST_GRAPH_CANDIDATES = 40;

        /** How many the graph of Lucene's index should find, of which it misses some. */
        int graphCandidates() {
            return Math.max(LEAST_GRAPH_CANDIDATES, 2 * candidates());
        }

        /** Returns the name that an engine has for the similarity. */
        String named(String cosine, String dot, String euclidean) {
            return switch (similarity) {
                case COSINE -> cosine;
                case DOT -> dot;
                case EUCLIDEAN -> euclidean;
            };
        }

        /** How many candidates are rescored. */
        public int candidates() {
            return neighbors * oversampling;
        }
    }
}
