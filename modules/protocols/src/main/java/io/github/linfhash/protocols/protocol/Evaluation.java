package io.github.linfhash.protocols.protocol;

import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import io.github.linfhash.core.evaluation.Conventions.SelfMatch;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.protocols.protocol.Protocol.Neighbors;

/**
 * The conventions of the metrics, which differ between publications.
 *
 * @param relevance which database items are relevant to a query
 * @param average how metrics are averaged over queries
 * @param emptyBall treatment of queries without any code in their Hamming ball
 * @param ties order of codes at equal distance
 * @param selfMatch whether a query that is in the database may find itself
 */
public record Evaluation(
        RelevanceRule relevance, Average average, EmptyBall emptyBall, Ties ties, SelfMatch selfMatch) {

    /**
     * Returns the conventions of all metrics of a run. A query with nothing relevant counts 0, and average precision of the first k is divided by the
     * smaller of k and the number of relevant items.
     */
    public Conventions conventions() {
        return new Conventions(average, emptyBall, ties, selfMatch);
    }

    /** Which database items are relevant to a query. */
    public enum RelevanceRule {
        SAME_CLASS,
        /** Carrying at least one label that the query carries too. */
        SHARED_LABEL,
        /** Being among the query's nearest by their vectors, as {@link Neighbors} says; labels have no part. */
        NEIGHBORS
    }
}
