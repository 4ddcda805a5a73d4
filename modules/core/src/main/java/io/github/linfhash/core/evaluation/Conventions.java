package io.github.linfhash.core.evaluation;

/**
 * Everything that two evaluations of the same codes may disagree about.
 *
 * <p>Published code differs in each of these, and numbers under different conventions must not be compared. A metric
 * reads the conventions that concern it and leaves the others alone.
 *
 * @param average how precision and recall within a ball are averaged over queries
 * @param emptyBall the precision of a query whose ball holds no code
 * @param ties which order codes at equal distance have
 * @param selfMatch whether a query that is itself in the database may find itself
 */
public record Conventions(Average average, EmptyBall emptyBall, Ties ties, SelfMatch selfMatch) {

    /** The conventions of every number that does not name others. */
    public static final Conventions STANDARD =
            new Conventions(Average.MACRO, EmptyBall.ZERO, Ties.AWARE, SelfMatch.INCLUDE);

    /** How precision and recall within a ball are averaged; every ranking metric is a mean over queries. */
    public enum Average {
        /** The mean over queries of each query's fraction. */
        MACRO,
        /** One fraction of the counts summed over all queries ("pooled"): queries with more to find weigh more. */
        MICRO,
        /** Precision as with {@link #MACRO}, recall as with {@link #MICRO}: what published tables of label sets mix. */
        MACRO_PRECISION_POOLED_RECALL
    }

    /** The precision of an empty ball; its recall is 0 in any case. */
    public enum EmptyBall {
        /** Precision 0. */
        ZERO,
        /** Precision 1: nothing wrong was retrieved. */
        ONE
    }

    /** The order of codes at equal distance. */
    public enum Ties {
        /** The expectation over all orders, each equally likely. */
        AWARE,
        /** The order of the database: what a stable sort gives. */
        DATABASE_ORDER,
        /** The order that gives each query its largest value. */
        OPTIMISTIC,
        /** The order that gives each query its smallest value. */
        PESSIMISTIC
    }

    /** Whether a query that is a row of the database may find itself; without effect where no query is one. */
    public enum SelfMatch {
        /** The database is searched as it is. */
        INCLUDE,
        /** Each query's own row is left out of what it searches, and of what is relevant to it. */
        EXCLUDE
    }

    public Conventions with(Average other) {
        return new Conventions(other, emptyBall, ties, selfMatch);
    }

    public Conventions with(EmptyBall other) {
        return new Conventions(average, other, ties, selfMatch);
    }

    public Conventions with(Ties other) {
        return new Conventions(average, emptyBall, other, selfMatch);
    }

    public Conventions with(SelfMatch other) {
        return new Conventions(average, emptyBall, ties, other);
    }
}
