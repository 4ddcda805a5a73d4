package io.github.linfhash.advisor.engine;

import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
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

/** A search engine, with what it offers: the engine's name of a kind of codes, our quantizer that makes the same ones, and what to paste. */
public enum Engine {
    /** PostgreSQL with pgvector. */
    PGVECTOR(
            Pgvector.MOST_CANDIDATES,
            "sparsevec",
            new Offer<>(
                    "halfvec",
                    Floats.HALF,
                    Offer.Dimensions.upTo(Pgvector.MOST_HALF_DIMENSIONS),
                    Offer.Sizes.fixed(d -> 2 * d),
                    (options, d, similarity) -> true,
                    Pgvector::halfvec),
            new Offer<>(
                    "binary_quantize",
                    Sign.SPEC,
                    Offer.Dimensions.upTo(Pgvector.MOST_DIMENSIONS),
                    Offer.Sizes.fixed(Engine::bytesOfBits),
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
            new Offer<>(
                    "PQ",
                    ProductQuantizer.SPEC,
                    Offer.Dimensions.ANY,
                    Offer.Sizes.divisors(),
                    (options, d, similarity) -> true,
                    Faiss.factory((options, d) -> "PQ" + options.parts() + "x8")),
            new Offer<>(
                    "OPQ",
                    OptimizedProductQuantizer.SPEC,
                    Offer.Dimensions.ANY,
                    Offer.Sizes.divisors(),
                    (options, d, similarity) -> true,
                    Faiss.factory((options, d) -> "OPQ" + options.parts() + "_" + d + ",PQ" + options.parts() + "x8")),
            new Offer<>(
                    "RaBitQ",
                    RaBitQ.SPEC,
                    Offer.Dimensions.ANY,
                    Offer.Sizes.fixed(d -> bytesOfBits(d) + RaBitQ.SIDE_BYTES),
                    (options, d, similarity) -> options.equals(new RaBitQ.Options(1, d, 0, null)),
                    Faiss.factory((options, d) -> "RR" + d + ",RaBitQ")),
            new Offer<>(
                    "binary",
                    Sign.SPEC,
                    Offer.Dimensions.ANY,
                    Offer.Sizes.fixed(Engine::bytesOfBits),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    (options, search, names) -> Faiss.signs(options.centered(), search)),
            new Offer<>(
                    "binary-rotated",
                    RotatedSign.SPEC,
                    Offer.Dimensions.ANY,
                    Offer.Sizes.upTo(d -> 2 * bytesOfBits(d), 2, 1),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    Faiss.exported(RotatedSign.SPEC)),
            new Offer<>(
                    "binary-itq",
                    ItqSign.SPEC,
                    Offer.Dimensions.ANY,
                    Offer.Sizes.upTo(Engine::bytesOfBits, 2, 1),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    Faiss.exported(ItqSign.SPEC))),
    /** Elasticsearch. */
    ELASTICSEARCH(
            Elasticsearch.MOST_CANDIDATES,
            "int8_hnsw, int4_hnsw and bbq_disk",
            new Offer<>(
                    "bbq_hnsw",
                    Osq.SPEC,
                    new Offer.Dimensions(Elasticsearch.LEAST_DIMENSIONS, Elasticsearch.MOST_DIMENSIONS),
                    Offer.Sizes.fixed(d -> bytesOfBits(d) + Osq.SIDE_BYTES),
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
    private final List<Offer<?>> offers;

    Engine(int mostCandidates, String notMeasured, Offer<?>... offers) {
        this.mostCandidates = mostCandidates;
        this.notMeasured = notMeasured;
        this.offers = List.of(offers);
    }

    private static int bytesOfBits(int bits) {
        return (bits + 7) / 8;
    }

    /** Signs of all coordinates, or of those less their mean, by Hamming distance. */
    private static Offer<Sign.Options> ofSigns(String name, boolean centered, Offer.Recipe<Sign.Options> recipe) {
        return new Offer<>(
                name,
                Sign.SPEC,
                Offer.Dimensions.ANY,
                Offer.Sizes.fixed(Engine::bytesOfBits),
                (options, d, similarity) -> options.distance() == Distance.HAMMING && options.centered() == centered,
                recipe);
    }

    private static Offer<Osq.Options> ofLucene(String name, int bits, String encoding) {
        return new Offer<>(
                name,
                Osq.SPEC,
                Offer.Dimensions.ANY,
                Offer.Sizes.fixed(d -> bytesOfBits(bits * d) + Osq.SIDE_BYTES),
                (options, d, similarity) -> options.equals(new Osq.Options(bits, d, false)),
                Lucene.encoding(encoding));
    }

    /** All dimensions, or principal components; faiss subtracts the mean before these, which inner products do not survive. */
    private static Offer<Sq.Options> ofFaiss(String name, QuantizerSpec<Sq.Options> quantizer, int perByte) {
        return new Offer<>(
                name,
                quantizer,
                Offer.Dimensions.ANY,
                Offer.Sizes.upTo(d -> (d + perByte - 1) / perByte, 4, 2, 1),
                (options, d, similarity) -> options.dimensions() == d || similarity != Similarity.DOT,
                Faiss.factory(
                        (options, d) -> (options.dimensions() == d ? "" : "PCA" + options.dimensions() + ",") + name));
    }

    /** Returns the offers of the engine. */
    public List<Offer<?>> offers() {
        return offers;
    }

    /** Returns what the engine has beyond its offers, as words. */
    public String notMeasured() {
        return notMeasured;
    }

    /** The most candidates that a search of the engine finds by code. */
    public int mostCandidates() {
        return mostCandidates;
    }
}
