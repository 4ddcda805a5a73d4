package io.github.linfhash.advisor.advice;

import io.github.linfhash.advisor.engine.Engine;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborCache.NeighborSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A request for advice: which quantizer some vectors need. {@link #of} has the defaults of {@code linfhash advise}.
 *
 * @param data the vectors and queries
 * @param question how recall is measured
 * @param selection the quantizers to measure
 * @param mostVectors the largest number of vectors to search, and to fit quantizers to
 * @param databaseSize the number of vectors of the whole database, of which the vectors are a random sample; null if they are the database
 * @param resources caches and progress
 */
public record AdviceRequest(
        Data data,
        Question question,
        Selection selection,
        int mostVectors,
        @Nullable Integer databaseSize,
        Resources resources) {
    /** The default of the largest number of vectors to search. */
    public static final int MOST_VECTORS = 100_000;

    /**
     * Vectors and queries, with labels and judgments.
     *
     * @param vectors n x d, at least {@value QuerySampling#LEAST} of them without queries
     * @param sampling how the vectors were drawn, in the order of {@link QuerySampling#rows}; null to draw from them
     * @param queries m x d, at least two; null to draw them from the vectors
     * @param labels of the vectors; null without labels
     * @param queryLabels of the queries, where these and labels are given
     * @param judgments of the queries and those vectors that are not drawn queries; null without judgments
     * @param skipped invalid rows that are not among the vectors and queries
     */
    public record Data(
            FeatureMatrix vectors,
            @Nullable QuerySampling sampling,
            @Nullable FeatureMatrix queries,
            @Nullable Labels labels,
            @Nullable Labels queryLabels,
            @Nullable Qrels judgments,
            Advice.Skipped skipped) {
        private Data drawn(QuerySampling drawn) {
            int[] rows = drawn.rows(new ValidRows(vectors.rows(), new BitSet()), judgments);
            return new Data(
                    vectors.select(rows),
                    drawn,
                    queries,
                    labels == null ? null : labels.select(rows),
                    queryLabels,
                    judgments == null ? null : judgments.among(Arrays.copyOfRange(rows, drawn.queries(), rows.length)),
                    skipped);
        }

        private @Nullable Labels labels(int from, int rows) {
            return labels == null
                    ? null
                    : labels.select(IntStream.range(from, from + rows).toArray());
        }

        /** Returns the labels and judgments as a text of fixed length. */
        private String hash() {
            List<String> texts = new ArrayList<>();
            texts.add(labels == null ? "" : labels.sha256());
            texts.add(queryLabels == null ? "" : queryLabels.sha256());
            for (int query = 0; judgments != null && query < judgments.queries(); query++) {
                texts.add(Arrays.toString(judgments.rows(query)) + Arrays.toString(judgments.grades(query)));
            }
            return Digests.sha256(String.join("\n", texts));
        }
    }

    /**
     * What measuring uses besides the vectors.
     *
     * @param search finds exact neighbors
     * @param cache keeps measurements, so that an interrupted request can be resumed
     * @param progress shows what is measured
     */
    public record Resources(NeighborSearch search, MeasureCache cache, Progress progress) {}

    /** Asks for ten neighbors by cosine similarity, with queries drawn from the vectors. */
    public static AdviceRequest of(FeatureMatrix vectors) {
        return new AdviceRequest(
                new Data(vectors, null, null, null, null, null, Advice.Skipped.NONE),
                Question.DEFAULT,
                Selection.DEFAULT,
                MOST_VECTORS,
                null,
                new Resources(FloatNeighbors::find, MeasureCache.NONE, Progress.NONE));
    }

    private AdviceRequest with(Data other) {
        return new AdviceRequest(other, question, selection, mostVectors, databaseSize, resources);
    }

    /** Returns this request for other quantizers. */
    public AdviceRequest with(Selection other) {
        return new AdviceRequest(data, question, other, mostVectors, databaseSize, resources);
    }

    /** Returns this request with recall measured in another way, such as for other seeds. */
    public AdviceRequest with(Question other) {
        return new AdviceRequest(data, other, selection, mostVectors, databaseSize, resources);
    }

    /** Returns this request with your own queries. */
    public AdviceRequest withQueries(FeatureMatrix queries) {
        return with(new Data(
                data.vectors, data.sampling, queries, data.labels, data.queryLabels, data.judgments, data.skipped));
    }

    /**
     * Returns this request with labels, by which mean average precision and precision at 10 are measured.
     *
     * @param ofQueries null if queries are drawn from the vectors
     */
    public AdviceRequest withLabels(Labels ofVectors, @Nullable Labels ofQueries) {
        return with(new Data(
                data.vectors, data.sampling, data.queries, ofVectors, ofQueries, data.judgments, data.skipped));
    }

    /** Returns this request with judgments of your own queries, by which nDCG of the first ten is measured. */
    public AdviceRequest withJudgments(Qrels judgments) {
        return with(new Data(
                data.vectors, data.sampling, data.queries, data.labels, data.queryLabels, judgments, data.skipped));
    }

    /** Returns this request with another similarity. */
    public AdviceRequest by(Similarity other) {
        return with(new Question(
                other,
                question.bytes(),
                question.neighbors(),
                question.oversamplings(),
                question.mostOversampling(),
                question.seeds()));
    }

    /** Returns this request with codes of other sizes. */
    public AdviceRequest withBytes(List<Integer> sizes) {
        return with(new Question(
                question.similarity(),
                sizes,
                question.neighbors(),
                question.oversamplings(),
                question.mostOversampling(),
                question.seeds()));
    }

    /** Returns this request with quantizers of the first dimensions, too, for models that are trained for shorter embeddings. */
    public AdviceRequest withPrefixes(List<Integer> prefixes) {
        return with(new Selection(
                selection.names(),
                selection.engine(),
                prefixes,
                selection.further(),
                selection.slow(),
                selection.screened()));
    }

    /** Returns this request with at most so many vectors that are searched, and that quantizers are fitted to. */
    public AdviceRequest withMaxVectors(int most) {
        return new AdviceRequest(data, question, selection, most, databaseSize, resources);
    }

    /**
     * Returns this request with only these quantizers recommended; the well-known ones are measured to compare with.
     *
     * @param names such as {@code rabitq}, also of plug-ins
     */
    public AdviceRequest withQuantizers(String... names) {
        return with(new Selection(
                List.of(names),
                selection.engine(),
                selection.prefixes(),
                selection.further(),
                selection.slow(),
                selection.screened()));
    }

    /** Returns this request for the codes of an engine. */
    public AdviceRequest withEngine(Engine engine) {
        return with(new Selection(
                selection.names(),
                engine,
                selection.prefixes(),
                selection.further(),
                selection.slow(),
                selection.screened()));
    }

    /** Returns this request for vectors that are a random sample of so many. */
    public AdviceRequest sampledFrom(int size) {
        return new AdviceRequest(data, question, selection, mostVectors, size, resources);
    }

    /**
     * Draws the sample, unless it is drawn, and measures.
     *
     * @throws InputException if a quantizer is unknown, there are too few vectors or queries, some are not valid, labels are of different kinds,
     *     or the database is smaller than its sample
     * @throws IOException if a cache cannot be read
     */
    public Advice measured() throws IOException {
        requireSound();
        QuerySampling sampling = data.sampling != null
                ? data.sampling
                : QuerySampling.of(
                        data.vectors.rows(),
                        data.judgments == null,
                        mostVectors,
                        question.neighbors(),
                        question.seeds().get(0));
        int givenRows = sampling.databaseRows("sampledFrom", databaseSize);
        Data drawn = data.sampling != null ? data : data.drawn(sampling);
        int queries = sampling.queries();
        Advisor.Division division = sampling.division();
        FeatureMatrix ofVectors = drawn.vectors.part(0, queries);
        Advisor.Vectors vectors = new Advisor.Vectors(
                drawn.vectors.part(queries, drawn.vectors.rows() - queries),
                division,
                Objects.requireNonNullElse(drawn.queries, ofVectors),
                drawn.queries == null,
                drawn.queries == null || queries == 0 ? null : ofVectors,
                givenRows,
                relevance(
                        drawn.queries == null ? drawn.labels(0, queries) : drawn.queryLabels,
                        drawn.labels(queries, division.searched())),
                drawn.judgments,
                drawn.skipped);
        Labels ofTraining = division.training() == 0
                ? drawn.labels(queries, division.searched())
                : drawn.labels(queries + division.searched(), division.training());
        selection.requireKnown("quantizers", question, ofTraining);
        Engine engine = selection.engine();
        return new Advisor(engine == null ? question : question.within(engine.mostCandidates()))
                .measure(
                        vectors,
                        selection.candidates(question, ofTraining),
                        resources.search,
                        resources.cache.dependingOn(drawn.hash()),
                        resources.progress);
    }

    private void requireSound() {
        int n = data.vectors.rows();
        int d = data.vectors.dimension();
        FeatureMatrix queries = data.queries;
        if (queries == null && data.sampling == null && n < QuerySampling.LEAST) {
            throw new InputException("expected at least " + QuerySampling.LEAST
                    + " vectors, of which some become queries, or queries, found " + n);
        }
        if (queries != null && (queries.rows() < 2 || queries.dimension() != d)) {
            throw new InputException("expected at least two queries of dimension " + d + ", found " + queries);
        }
        for (int prefix : selection.prefixes()) {
            if (prefix < 1 || prefix >= d) {
                throw new InputException("expected prefixes of 1 to " + (d - 1)
                        + " dimensions, fewer than the vectors have, found " + prefix);
            }
        }
    }

    private static @Nullable Relevance relevance(@Nullable Labels ofQueries, @Nullable Labels ofDatabase) {
        if (ofQueries == null || ofDatabase == null) {
            return null;
        }
        try {
            return Relevance.bySimilarLabels(ofQueries, ofDatabase);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "labels of queries: expected labels of the kind of those of the vectors, classes or sets over as many"
                            + " labels, found others",
                    e);
        }
    }
}
