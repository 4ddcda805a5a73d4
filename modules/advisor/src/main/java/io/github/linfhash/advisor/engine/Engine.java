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
            new Offer<>(
                    "halfvec",
                    Floats.HALF,
                    Pgvector.MOST_HALF_DIMENSIONS,
                    Offer.Sizes.fixed(d -> 2 * d),
                    (options, d, similarity) -> true,
                    Pgvector::halfvec),
            new Offer<>(
                    "binary_quantize",
                    Sign.SPEC,
                    Pgvector.MOST_DIMENSIONS,
                    Offer.Sizes.fixed(Engine::bytesOfBits),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    Pgvector::bits)),
    /** Apache Lucene, and what is built on it. */
    LUCENE(
            Integer.MAX_VALUE,
            ofLucene("int8", 8, "UNSIGNED_BYTE"),
            ofLucene("int4", 4, "PACKED_NIBBLE"),
            ofLucene("int2", 2, "DIBIT_QUERY_NIBBLE"),
            ofLucene("BBQ", 1, "SINGLE_BIT_QUERY_NIBBLE")),
    /** The library faiss. */
    FAISS(
            Integer.MAX_VALUE,
            ofFaiss("SQ8", Sq.SQ8, 1),
            ofFaiss("SQ4", Sq.SQ4, 2),
            new Offer<>(
                    "PQ",
                    ProductQuantizer.SPEC,
                    Integer.MAX_VALUE,
                    Offer.Sizes.divisors(),
                    (options, d, similarity) -> true,
                    Faiss.factory((options, d) -> "PQ" + options.parts() + "x8")),
            new Offer<>(
                    "OPQ",
                    OptimizedProductQuantizer.SPEC,
                    Integer.MAX_VALUE,
                    Offer.Sizes.divisors(),
                    (options, d, similarity) -> true,
                    Faiss.factory((options, d) -> "OPQ" + options.parts() + "_" + d + ",PQ" + options.parts() + "x8")),
            new Offer<>(
                    "RaBitQ",
                    RaBitQ.SPEC,
                    Integer.MAX_VALUE,
                    Offer.Sizes.fixed(d -> bytesOfBits(d) + RaBitQ.SIDE_BYTES),
                    (options, d, similarity) -> options.equals(new RaBitQ.Options(1, d, 0, null)),
                    Faiss.factory((options, d) -> "RR" + d + ",RaBitQ")),
            new Offer<>(
                    "binary",
                    Sign.SPEC,
                    Integer.MAX_VALUE,
                    Offer.Sizes.fixed(Engine::bytesOfBits),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    (options, search, names) -> Faiss.signs(options.centered(), search)),
            new Offer<>(
                    "binary-rotated",
                    RotatedSign.SPEC,
                    Integer.MAX_VALUE,
                    Offer.Sizes.upTo(d -> 2 * bytesOfBits(d), 2, 1),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    Faiss.exported(RotatedSign.SPEC)),
            new Offer<>(
                    "binary-itq",
                    ItqSign.SPEC,
                    Integer.MAX_VALUE,
                    Offer.Sizes.upTo(Engine::bytesOfBits, 2, 1),
                    (options, d, similarity) -> options.distance() == Distance.HAMMING,
                    Faiss.exported(ItqSign.SPEC)));

    private final int mostCandidates;

    @SuppressWarnings("ImmutableEnumChecker") // a list of records that nobody changes
    private final List<Offer<?>> offers;

    Engine(int mostCandidates, Offer<?>... offers) {
        this.mostCandidates = mostCandidates;
        this.offers = List.of(offers);
    }

    private static int bytesOfBits(int bits) {
        return (bits + 7) / 8;
    }

    private static Offer<Osq.Options> ofLucene(String name, int bits, String encoding) {
        return new Offer<>(
                name,
                Osq.SPEC,
                Integer.MAX_VALUE,
                Offer.Sizes.fixed(d -> bytesOfBits(bits * d) + Osq.SIDE_BYTES),
                (options, d, similarity) -> options.equals(new Osq.Options(bits, d, false)),
                Lucene.encoding(encoding));
    }

    /** All dimensions, or principal components; faiss subtracts the mean before these, which inner products do not survive. */
    private static Offer<Sq.Options> ofFaiss(String name, QuantizerSpec<Sq.Options> quantizer, int perByte) {
        return new Offer<>(
                name,
                quantizer,
                Integer.MAX_VALUE,
                Offer.Sizes.upTo(d -> (d + perByte - 1) / perByte, 4, 2, 1),
                (options, d, similarity) -> options.dimensions() == d || similarity != Similarity.DOT,
                Faiss.factory(
                        (options, d) -> (options.dimensions() == d ? "" : "PCA" + options.dimensions() + ",") + name));
    }

    /** Returns the offers of the engine. */
    public List<Offer<?>> offers() {
        return offers;
    }

    /** The most candidates that a search of the engine finds by code. */
    public int mostCandidates() {
        return mostCandidates;
    }
}
