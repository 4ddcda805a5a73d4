package io.github.linfhash.advisor.advice;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.features.Relevance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Vectors and queries, with labels and judgments.
 *
 * @param vectors n x d, at least {@value QuerySampling#LEAST} of them without queries
 * @param sampling how the vectors were drawn, in the order of {@link QuerySampling#rows}; null if they are not drawn yet
 * @param queries m x d, at least two; null to draw them from the vectors
 * @param queryGroups the number of each query's group, such as its topic, from 0; null where queries are independent
 * @param labels of the vectors; null without labels
 * @param queryLabels of the queries, where these and labels are given
 * @param judgments of the queries and those vectors that are not drawn queries; null without judgments
 * @param databaseSize the number of vectors of the whole database, of which these are a random sample; null if they are the database
 * @param skipped invalid rows that are not among the vectors and queries
 */
public record AdviceData(
        FeatureMatrix vectors,
        @Nullable QuerySampling sampling,
        @Nullable FeatureMatrix queries,
        @Nullable List<Integer> queryGroups,
        @Nullable Labels labels,
        @Nullable Labels queryLabels,
        @Nullable Qrels judgments,
        @Nullable Integer databaseSize,
        Advice.Skipped skipped) {
    /** Returns all vectors, without queries. */
    public static AdviceData of(FeatureMatrix vectors) {
        return new AdviceData(vectors, null, null, null, null, null, null, null, Advice.Skipped.NONE);
    }

    AdviceData withQueries(FeatureMatrix other) {
        return new AdviceData(vectors, sampling, other, null, labels, queryLabels, judgments, databaseSize, skipped);
    }

    AdviceData withLabels(Labels ofVectors, @Nullable Labels ofQueries) {
        return new AdviceData(
                vectors, sampling, queries, queryGroups, ofVectors, ofQueries, judgments, databaseSize, skipped);
    }

    AdviceData withJudgments(Qrels other) {
        return new AdviceData(
                vectors, sampling, queries, queryGroups, labels, queryLabels, other, databaseSize, skipped);
    }

    AdviceData sampledFrom(int size) {
        return new AdviceData(vectors, sampling, queries, queryGroups, labels, queryLabels, judgments, size, skipped);
    }

    /** Draws the sample, unless it is drawn. */
    AdviceData drawn(int mostVectors, AdviceRequest.Question question) {
        if (sampling != null) {
            return this;
        }
        QuerySampling drawn = QuerySampling.of(
                vectors.rows(),
                judgments == null,
                mostVectors,
                question.neighbors(),
                question.seeds().get(0));
        int[] rows = drawn.rows(new QuerySampling.ValidRows(vectors.rows(), List.of()), judgments);
        int[] database = Arrays.copyOfRange(rows, drawn.queries(), rows.length);
        return new AdviceData(
                vectors.select(rows),
                drawn,
                queries,
                queryGroups,
                labels == null ? null : labels.select(rows),
                queryLabels,
                judgments == null ? null : judgments.among(database),
                databaseSize,
                skipped);
    }

    private QuerySampling draw() {
        return Objects.requireNonNull(sampling, "not drawn yet");
    }

    /** Returns how many vectors of the database are searched, and to how many of the following ones quantizers are fitted. */
    Advisor.Division division() {
        return draw().division();
    }

    /**
     * Returns the database in random order: the searched vectors, those that quantizers are fitted to, and judged ones that are none of these and
     * count for the gain alone.
     */
    FeatureMatrix database() {
        return vectors.part(draw().queries(), vectors.rows() - draw().queries());
    }

    private FeatureMatrix ofVectors() {
        return vectors.part(0, draw().queries());
    }

    /** Returns the given queries, or else the drawn ones. */
    FeatureMatrix asked() {
        return queries == null ? ofVectors() : queries;
    }

    /** Returns the number of each query's group; each query is its own where none are given. */
    List<Integer> groups() {
        return queryGroups == null ? IntStream.range(0, asked().rows()).boxed().toList() : queryGroups;
    }

    /** Returns drawn queries where others are given; null where none are drawn. */
    @Nullable FeatureMatrix sampledQueries() {
        return queries == null || draw().queries() == 0 ? null : ofVectors();
    }

    /** Returns the number of vectors of the whole database. */
    int givenRows() {
        return draw().databaseRows("sampledFrom", databaseSize);
    }

    /** Returns the rows of the prepared database that quantizers are fitted to: the searched ones if there are no others. */
    FeatureMatrix training(FeatureMatrix prepared) {
        return division().training() == 0
                ? prepared.part(0, division().searched())
                : prepared.part(division().searched(), division().training());
    }

    /** Returns the labels of the vectors that quantizers are fitted to; null without labels. */
    @Nullable Labels trainingLabels() {
        return division().training() == 0
                ? labels(draw().queries(), division().searched())
                : labels(draw().queries() + division().searched(), division().training());
    }

    private @Nullable Labels labels(int from, int rows) {
        return labels == null
                ? null
                : labels.select(IntStream.range(from, from + rows).toArray());
    }

    /** Returns the relevance of the searched vectors to the queries by labels; null without labels of both. */
    @Nullable Relevance relevance() {
        Labels ofQueries = queries == null ? labels(0, draw().queries()) : queryLabels;
        Labels searched = labels(draw().queries(), division().searched());
        if (ofQueries == null || searched == null) {
            return null;
        }
        try {
            return Relevance.bySimilarLabels(ofQueries, searched);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "labels of queries: expected labels of the kind of those of the vectors, classes or sets over as many"
                            + " labels, found others",
                    e);
        }
    }

    /** Returns a text of fixed length that differs for other labels and judgments. */
    String hash() {
        List<String> texts = new ArrayList<>();
        texts.add(labels == null ? "" : labels.sha256());
        texts.add(queryLabels == null ? "" : queryLabels.sha256());
        for (int query = 0; judgments != null && query < judgments.queries(); query++) {
            texts.add(Arrays.toString(judgments.rows(query)) + Arrays.toString(judgments.grades(query)));
        }
        return Digests.sha256(String.join("\n", texts));
    }
}
