package io.github.linfhash.advisor.engine;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.product.OptimizedProductQuantizer;
import io.github.linfhash.quantizers.product.ProductQuantizer;
import io.github.linfhash.quantizers.rabitq.RaBitQ;
import io.github.linfhash.quantizers.scalar.Floats;
import io.github.linfhash.quantizers.scalar.Osq;
import io.github.linfhash.quantizers.scalar.Sq;
import io.github.linfhash.quantizers.sign.ItqSign;
import io.github.linfhash.quantizers.sign.RotatedSign;
import io.github.linfhash.quantizers.sign.Sign;
import java.util.List;

/** A search engine, with its codes: the engine's name of a kind of codes, our quantizer that makes the same ones, and what to paste. */
public enum Engine {
    /** PostgreSQL with pgvector. */
    PGVECTOR(
            Pgvector.MOST_CANDIDATES,
            "sparsevec",
            new EngineCode<>(
                    "halfvec",
                    Floats.HALF,
                    EngineCode.Dimensions.upTo(Pgvector.MOST_HALF_DIMENSIONS),
                    EngineCode.Sizes.fixed(d -> 2 * d),
                    (options, d, similarity) -> true,
                    Pgvector::halfvec),
            new EngineCode<>(
                    "binary_quantize",
                    Sign.SPEC,
                    EngineCode.Dimensions.upTo(Pgvector.MOST_DIMENSIONS),
                    EngineCode.Sizes.fixed(Engine::bytesOfBits),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    Pgvector::bits)),
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
            new EngineCode<>(
                    "PQ",
                    ProductQuantizer.SPEC,
                    EngineCode.Dimensions.ANY,
                    EngineCode.Sizes.divisors(1),
                    (options, d, similarity) -> options.bits() == 8,
                    Faiss.factory((options, d) -> "PQ" + options.parts() + "x8")),
            new EngineCode<>(
                    "PQx4fs",
                    ProductQuantizer.SPEC,
                    EngineCode.Dimensions.ANY,
                    EngineCode.Sizes.divisors(2),
                    (options, d, similarity) -> options.bits() == 4,
                    Faiss.factory((options, d) -> "PQ" + options.parts() + "x4fs")),
            new EngineCode<>(
                    "OPQ",
                    OptimizedProductQuantizer.SPEC,
                    EngineCode.Dimensions.ANY,
                    EngineCode.Sizes.divisors(1),
                    (options, d, similarity) -> true,
                    Faiss.factory((options, d) -> "OPQ" + options.parts() + "_" + d + ",PQ" + options.parts() + "x8")),
            new EngineCode<>(
                    "RaBitQ",
                    RaBitQ.SPEC,
                    EngineCode.Dimensions.ANY,
                    EngineCode.Sizes.fixed(d -> bytesOfBits(d) + RaBitQ.SIDE_BYTES),
                    (options, d, similarity) -> options.equals(new RaBitQ.Options(1, d, 0, null)),
                    Faiss.factory((options, d) -> "RR" + d + ",RaBitQ")),
            new EngineCode<>(
                    "binary",
                    Sign.SPEC,
                    EngineCode.Dimensions.ANY,
                    EngineCode.Sizes.fixed(Engine::bytesOfBits),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    (options, search, names) -> Faiss.signs(options.centered(), search)),
            new EngineCode<>(
                    "binary-rotated",
                    RotatedSign.SPEC,
                    EngineCode.Dimensions.ANY,
                    EngineCode.Sizes.upTo(d -> 2 * bytesOfBits(d), 2, 1),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    Faiss.exported(RotatedSign.SPEC)),
            new EngineCode<>(
                    "binary-itq",
                    ItqSign.SPEC,
                    EngineCode.Dimensions.ANY,
                    EngineCode.Sizes.upTo(Engine::bytesOfBits, 2, 1),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    Faiss.exported(ItqSign.SPEC))),
    /** Elasticsearch. */
    ELASTICSEARCH(
            Elasticsearch.MOST_CANDIDATES,
            "int8_hnsw, int4_hnsw and bbq_disk",
            new EngineCode<>(
                    "bbq_hnsw",
                    Osq.SPEC,
                    new EngineCode.Dimensions(Elasticsearch.LEAST_DIMENSIONS, Elasticsearch.MOST_DIMENSIONS),
                    EngineCode.Sizes.fixed(d -> bytesOfBits(d) + Osq.SIDE_BYTES),
                    (options, d, similarity) -> options.equals(new Osq.Options(1, d, false)),
                    Elasticsearch::bbq)),
    /** OpenSearch with its engine faiss. */
    OPENSEARCH(
            Integer.MAX_VALUE,
            "2 and 4 bits, rotations, queries that are not binary, sq and pq",
            ofSigns("binary", true, OpenSearch::bits)),
    /** Qdrant. */
    QDRANT(
            Integer.MAX_VALUE,
            "scalar and product quantization, TurboQuant, binary codes of 1.5 and 2 bits, and queries that are not binary",
            ofSigns("binary", false, Qdrant::bits)),
    /** Weaviate. */
    WEAVIATE(Integer.MAX_VALUE, "PQ, SQ and RQ", ofSigns("BQ", false, Weaviate::bits));

    private final int mostCandidates;
    private final String notMeasured;

    @SuppressWarnings("ImmutableEnumChecker") // a list of records that nobody changes
    private final List<EngineCode<?>> codes;

    Engine(int mostCandidates, String notMeasured, EngineCode<?>... codes) {
        this.mostCandidates = mostCandidates;
        this.notMeasured = notMeasured;
        this.codes = List.of(codes);
    }

    private static int bytesOfBits(int bits) {
        return (bits + 7) / 8;
    }

    /** Signs of all coordinates, or of those less their mean, by Hamming distance. */
    private static EngineCode<Sign.Options> ofSigns(
            String name, boolean centered, EngineCode.Recipe<Sign.Options> recipe) {
        return new EngineCode<>(
                name,
                Sign.SPEC,
                EngineCode.Dimensions.ANY,
                EngineCode.Sizes.fixed(Engine::bytesOfBits),
                (options, d, similarity) -> options.distance() == Distance.HAMMING && options.centered() == centered,
                recipe);
    }

    private static EngineCode<Osq.Options> ofLucene(String name, int bits, String encoding) {
        return new EngineCode<>(
                name,
                Osq.SPEC,
                EngineCode.Dimensions.ANY,
                EngineCode.Sizes.fixed(d -> bytesOfBits(bits * d) + Osq.SIDE_BYTES),
                (options, d, similarity) -> options.equals(new Osq.Options(bits, d, false)),
                Lucene.encoding(encoding));
    }

    /** All dimensions, or principal components; faiss subtracts the mean before these, which inner products do not survive. */
    private static EngineCode<Sq.Options> ofFaiss(String name, QuantizerSpec<Sq.Options> quantizer, int perByte) {
        return new EngineCode<>(
                name,
                quantizer,
                EngineCode.Dimensions.ANY,
                EngineCode.Sizes.upTo(d -> (d + perByte - 1) / perByte, 4, 2, 1),
                (options, d, similarity) -> options.dimensions() == d || similarity != Similarity.DOT,
                Faiss.factory(
                        (options, d) -> (options.dimensions() == d ? "" : "PCA" + options.dimensions() + ",") + name));
    }

    /** Returns the codes of the engine. */
    public List<EngineCode<?>> codes() {
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
}
