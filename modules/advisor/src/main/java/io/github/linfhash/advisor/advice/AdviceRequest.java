package io.github.linfhash.advisor.advice;

import io.github.linfhash.advisor.engine.Engine;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborCache.NeighborSearch;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for advice: which quantizer some vectors need. {@link #of} has the defaults of {@code linfhash advise}.
 *
 * @param data the vectors and queries
 * @param question how recall is measured
 * @param selection the quantizers to measure
 * @param mostVectors the largest number of vectors to search, and to fit quantizers to
 * @param resources caches and progress
 */
public record AdviceRequest(
        AdviceData data, Question question, Selection selection, int mostVectors, Resources resources) {
    /** The default of the largest number of vectors to search. */
    public static final int MOST_VECTORS = 100_000;

    /**
     * What measuring uses besides the vectors.
     *
     * @param search finds exact neighbors
     * @param cache keeps measurements, so that an interrupted request can be resumed
     * @param progress shows what is measured
     */
    public record Resources(NeighborSearch search, MeasureCache cache, Progress progress) {
        /** No cache, and no progress. */
        public static final Resources NONE = new Resources(FloatNeighbors::find, MeasureCache.NONE, Progress.NONE);
    }

    /** Asks for ten neighbors by cosine similarity, with queries drawn from the vectors. */
    public static AdviceRequest of(FeatureMatrix vectors) {
        return new AdviceRequest(
                AdviceData.of(vectors), Question.DEFAULT, Selection.DEFAULT, MOST_VECTORS, Resources.NONE);
    }

    private AdviceRequest with(AdviceData other) {
        return new AdviceRequest(other, question, selection, mostVectors, resources);
    }

    /** Returns this request with recall measured in another way, such as by another similarity. */
    public AdviceRequest with(Question other) {
        return new AdviceRequest(data, other, selection, mostVectors, resources);
    }

    /** Returns this request for other quantizers. */
    public AdviceRequest with(Selection other) {
        return new AdviceRequest(data, question, other, mostVectors, resources);
    }

    /** Returns this request with your own queries. */
    public AdviceRequest withQueries(FeatureMatrix queries) {
        return with(data.withQueries(queries));
    }

    /**
     * Returns this request with labels, by which mean average precision and precision at 10 are measured.
     *
     * @param ofQueries null if queries are drawn from the vectors
     */
    public AdviceRequest withLabels(Labels ofVectors, @Nullable Labels ofQueries) {
        return with(data.withLabels(ofVectors, ofQueries));
    }

    /** Returns this request with judgments of your own queries, by which nDCG of the first ten is measured. */
    public AdviceRequest withJudgments(Qrels judgments) {
        return with(data.withJudgments(judgments));
    }

    /** Returns this request for vectors that are a random sample of so many. */
    public AdviceRequest sampledFrom(int size) {
        return with(data.sampledFrom(size));
    }

    /** Returns this request with at most so many vectors that are searched, and that quantizers are fitted to. */
    public AdviceRequest withMaxVectors(int most) {
        return new AdviceRequest(data, question, selection, most, resources);
    }

    /** Returns this request with codes of other sizes. */
    public AdviceRequest withBytes(Integer... sizes) {
        return with(question.withBytes(List.of(sizes)));
    }

    /**
     * Returns this request with only these quantizers recommended; the well-known ones are measured to compare with.
     *
     * @param names such as {@code rabitq}, also of plug-ins
     */
    public AdviceRequest withQuantizers(String... names) {
        return with(selection.withNames(List.of(names)));
    }

    /** Returns this request for the codes of an engine. */
    public AdviceRequest withEngine(Engine engine) {
        return with(selection.withEngine(engine));
    }

    /**
     * Draws the sample, unless it is drawn, and measures.
     *
     * @throws InputException if a quantizer is unknown, there are too few vectors or queries, some are not valid, labels are of different kinds,
     *     or the database is smaller than its sample
     * @throws IOException if a cache cannot be read
     */
    public Advice measured() throws IOException {
        int n = data.vectors().rows();
        int d = data.vectors().dimension();
        FeatureMatrix queries = data.queries();
        if (queries == null && n < QuerySampling.LEAST) {
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
        AdviceData drawn = data.drawn(mostVectors, question);
        selection.requireKnown("quantizers", question, drawn.trainingLabels());
        Engine engine = selection.engine();
        return new Advisor(engine == null ? question : question.within(engine.mostCandidates()))
                .measure(drawn, selection.candidates(question, drawn.trainingLabels()), resources);
    }
}
