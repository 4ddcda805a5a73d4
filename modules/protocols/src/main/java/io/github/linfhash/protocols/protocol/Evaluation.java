package io.github.linfhash.protocols.protocol;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The conventions of the metrics, written out because published numbers differ by them.
 *
 * @param relevance what makes a database row relevant
 * @param average how queries are averaged
 * @param emptyBall what a query without any code in its Hamming ball counts
 * @param ties how equal distances are ranked
 * @param selfMatch whether a query finds itself; what the split does, stated
 */
public record Evaluation(
        RelevanceRule relevance, Average average, EmptyBall emptyBall, Ties ties, SelfMatch selfMatch) {
    /** The conventions by name, with the values as protocol files write them. */
    public Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("relevance", nameOf(relevance));
        shown.put("average", nameOf(average));
        shown.put("emptyBall", nameOf(emptyBall));
        shown.put("ties", nameOf(ties));
        shown.put("selfMatch", nameOf(selfMatch));
        return shown;
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What makes a database row relevant. */
    public enum RelevanceRule {
        SAME_CLASS,
        /** Carrying at least one label that the query carries too. */
        SHARED_LABEL
    }

    /** How queries are averaged. */
    public enum Average {
        /** Mean of the queries' values. */
        MACRO,
        /** Precision as with MACRO; recall is what all queries find over what is relevant to all of them. */
        MACRO_PRECISION_POOLED_RECALL
    }

    /** What an empty ball counts. */
    public enum EmptyBall {
        /** Precision 0 and recall 0. */
        ZERO
    }

    /** How equal distances are ranked. */
    public enum Ties {
        /** Expectation over all orders. */
        AWARE
    }

    /** Whether a query finds itself. */
    public enum SelfMatch {
        /** Queries are not in the database. */
        EXCLUDE,
        /** Queries are in the database. */
        INCLUDE
    }
}
