package io.github.linfhash.advisor.advice;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.product.ProductQuantizer;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The question of a Java program: which quantizer these vectors need. {@link #of} has the defaults of {@code linfhash advise}.
 *
 * @param vectors n x d, at least {@value QuerySampling#LEAST} of them without queries
 * @param queries m x d, at least two; null to draw them from the vectors
 * @param advisor how recall is measured
 * @param mostVectors how many vectors may be searched, and may be fitted to
 * @param quantizers the names of those that may be recommended; empty for all but {@link #LEFT_OUT}
 * @param prefixes for how many of the first dimensions quantizers are measured besides; each less than d
 * @param databaseSize how many vectors the whole database has, of which these are a random sample; null if they are the database
 * @param progress where the work is told
 */
public record AdviceRequest(
        FeatureMatrix vectors,
        @Nullable FeatureMatrix queries,
        Advisor advisor,
        int mostVectors,
        List<String> quantizers,
        List<Integer> prefixes,
        @Nullable Integer databaseSize,
        Progress progress) {
    /** The sizes of codes, unless others are asked for. */
    public static final List<Integer> BYTES = List.of(16, 32, 48, 64, 96);

    /** The factors at which recall is measured. */
    public static final List<Integer> OVERSAMPLINGS = List.of(1, 2, 3, 5, 10, 20, 50);

    /** The largest of these that is recommended, unless another one is asked for. */
    public static final int MOST_OVERSAMPLING = 10;

    /** How many vectors are searched, unless other numbers are asked for. */
    public static final int MOST_VECTORS = 100_000;

    /** Quantizers that take long, or are the same as another. */
    public static final Set<String> LEFT_OUT = Set.of("anti-sparse", "rq");

    public AdviceRequest {
        quantizers = List.copyOf(quantizers);
        prefixes = List.copyOf(prefixes);
    }

    /** Asks for ten neighbors by the cosine, with queries drawn from the vectors. */
    public static AdviceRequest of(FeatureMatrix vectors) {
        Advisor advisor = new Advisor(Similarity.COSINE, BYTES, 10, OVERSAMPLINGS, MOST_OVERSAMPLING, List.of(0L, 1L));
        return new AdviceRequest(vectors, null, advisor, MOST_VECTORS, List.of(), List.of(), null, Progress.NONE);
    }

    /** Returns this request with queries of one's own. */
    public AdviceRequest withQueries(FeatureMatrix given) {
        return new AdviceRequest(vectors, given, advisor, mostVectors, quantizers, prefixes, databaseSize, progress);
    }

    /** Returns this request with recall measured in another way, such as by another similarity or for codes of other sizes. */
    public AdviceRequest by(Advisor other) {
        return new AdviceRequest(vectors, queries, other, mostVectors, quantizers, prefixes, databaseSize, progress);
    }

    /** Returns this request with another similarity. */
    public AdviceRequest by(Similarity other) {
        return by(new Advisor(
                other,
                advisor.bytes(),
                advisor.neighbors(),
                advisor.oversamplings(),
                advisor.mostOversampling(),
                advisor.seeds()));
    }

    /** Returns this request with codes of other sizes. */
    public AdviceRequest withBytes(List<Integer> sizes) {
        return by(new Advisor(
                advisor.similarity(),
                sizes,
                advisor.neighbors(),
                advisor.oversamplings(),
                advisor.mostOversampling(),
                advisor.seeds()));
    }

    /** Returns this request with quantizers of the first dimensions besides, for models that are trained for shorter embeddings. */
    public AdviceRequest withPrefixes(List<Integer> some) {
        return new AdviceRequest(vectors, queries, advisor, mostVectors, quantizers, some, databaseSize, progress);
    }

    /** Returns this request with at most so many vectors that are searched, and that quantizers are fitted to. */
    public AdviceRequest withMaxVectors(int most) {
        return new AdviceRequest(vectors, queries, advisor, most, quantizers, prefixes, databaseSize, progress);
    }

    /**
     * Returns this request with only these quantizers recommended, beside which the well-known ones are still measured.
     *
     * @param names such as {@code rabitq}, also of plug-ins
     */
    public AdviceRequest withQuantizers(String... names) {
        return new AdviceRequest(
                vectors, queries, advisor, mostVectors, List.of(names), prefixes, databaseSize, progress);
    }

    /** Returns this request for vectors that are a random sample of so many. */
    public AdviceRequest sampledFrom(int size) {
        return new AdviceRequest(vectors, queries, advisor, mostVectors, quantizers, prefixes, size, progress);
    }

    /**
     * Measures quantizers, but no hashing methods, as the command does.
     *
     * @throws InputException if a quantizer is unknown, there are too few vectors or queries, some are not valid, or the database is smaller than its sample
     */
    Advice measured() {
        int n = vectors.rows();
        FeatureMatrix given = queries;
        if (given == null && n < QuerySampling.LEAST) {
            throw new InputException("expected at least " + QuerySampling.LEAST
                    + " vectors, of which some become queries, or queries, found " + n);
        }
        if (given != null && (given.rows() < 2 || given.dimension() != vectors.dimension())) {
            throw new InputException(
                    "expected at least two queries of dimension " + vectors.dimension() + ", found " + given);
        }
        for (int prefix : prefixes) {
            if (prefix < 1 || prefix >= vectors.dimension()) {
                throw new InputException("expected prefixes of 1 to " + (vectors.dimension() - 1)
                        + " dimensions, fewer than the vectors have, found " + prefix);
            }
        }
        QuerySampling sampling = QuerySampling.of(
                n, true, mostVectors, advisor.neighbors(), advisor.seeds().get(0));
        int givenRows = sampling.databaseRows("sampledFrom", databaseSize);
        FeatureMatrix chosen = vectors.select(sampling.order());
        int drawn = sampling.queries();
        FeatureMatrix ofVectors = chosen.part(0, drawn);
        Advisor.Vectors measured = new Advisor.Vectors(
                chosen.part(drawn, chosen.rows() - drawn),
                sampling.division(),
                given == null ? ofVectors : given,
                given == null,
                given == null || drawn == 0 ? null : ofVectors,
                givenRows,
                null,
                null);
        List<QuantizerSpec<?>> all = Quantizers.all();
        List<String> known = all.stream().<String>map(QuantizerSpec::name).toList();
        for (String name : quantizers) {
            if (!known.contains(name)) {
                throw new InputException("expected quantizers of " + String.join(", ", known) + ", found '" + name + "'"
                        + Suggestion.of(name, known));
            }
        }
        boolean any = quantizers.isEmpty();
        List<Advisor.Source> sources = all.stream()
                .filter(spec -> any ? !LEFT_OUT.contains(spec.name()) : quantizers.contains(spec.name()))
                .map(spec -> withPrefixes(source(spec), prefixes))
                .toList();
        try {
            Advice advice = advisor.measure(
                    measured,
                    new Advisor.Candidates(sources, any ? AdviceRequest::shown : Quantizers::wellKnown, any),
                    FloatNeighbors::find,
                    MeasureCache.NONE,
                    progress);
            int most = advisor.bytes().get(advisor.bytes().size() - 1);
            return advice.about(
                    any ? advice.candidates() : named(advice, quantizers, most),
                    any ? LEFT_OUT.stream().sorted().toList() : List.of(),
                    Advice.Skipped.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is read from files", e);
        }
    }

    /** Returns the candidates with these names and at most so many bytes; the well-known ones are there to compare with. */
    public static List<QuantizerResult> named(Advice advice, Collection<String> names, int most) {
        return advice.candidates().stream()
                .filter(one -> names.contains(one.name()) && one.bytes() <= most)
                .toList();
    }

    /** A quantizer with the options that are meant where nobody asks for others; of PQ also 4 bits a part, which trains faster. */
    public static Advisor.Source source(QuantizerSpec<?> quantizer) {
        return (dimension, most) -> quantizer.within(dimension, most).stream()
                .filter(one -> one.standard() || one.options() instanceof ProductQuantizer.Options)
                .toList();
    }

    /** Returns a source whose quantizers are measured of prefixes, too. */
    public static Advisor.Source withPrefixes(Advisor.Source source, List<Integer> prefixes) {
        return (dimension, most) -> Stream.concat(
                        source.within(dimension, most).stream(),
                        prefixes.stream()
                                .flatMap(prefix ->
                                        source.within(prefix, most).stream().map(one -> Prefix.of(one, prefix))))
                .toList();
    }

    /** The quantizers that are measured in any case: those that everybody knows, and floats of fewer dimensions. */
    public static List<QuantizerSpec.Configured> shown(int dimension) {
        return Stream.concat(Quantizers.wellKnown(dimension).stream(), Quantizers.prefixes(dimension).stream())
                .toList();
    }
}
