package io.github.linfhash.results.schema;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.ProtocolSummary.FeatureSummary;

/** Whether results may be compared: measured by the same rules, on the same data and features. */
public final class SameRules {
    private SameRules() {}

    /**
     * Requires it.
     *
     * @throws InputException if the hash of the protocol, the data or the features is another; the sentence says which
     */
    public static void require(Results first, Results second) {
        ProtocolSummary a = first.protocol();
        require(a.name(), a.hash(), a.dataset(), a.features(), second);
    }

    /**
     * Requires it of results that are to be compared with what is not measured yet.
     *
     * @param name of the protocol
     * @param hash of the protocol
     * @throws InputException as the other does
     */
    public static void require(String name, String hash, DatasetSummary data, FeatureSummary features, Results others) {
        ProtocolSummary b = others.protocol();
        require("protocol " + name + " and protocol " + b.name(), "protocol", hash, b.hash());
        require(
                "data of " + data.name() + " and of " + b.dataset().name(),
                "data",
                data.hash(),
                b.dataset().hash());
        require(
                "features " + features.name() + " and " + b.features().name(),
                "features",
                features.hash(),
                b.features().hash());
    }

    /** Whether {@link #require} would find nothing. */
    public static boolean hold(Results first, Results second) {
        ProtocolSummary a = first.protocol();
        return hold(a.hash(), a.dataset(), a.features(), second);
    }

    /**
     * Whether results have the same rules, data and features as a protocol that is not measured yet.
     *
     * @param hash of the protocol
     */
    public static boolean hold(String hash, DatasetSummary data, FeatureSummary features, Results others) {
        ProtocolSummary b = others.protocol();
        return hash.equals(b.hash())
                && data.hash().equals(b.dataset().hash())
                && features.hash().equals(b.features().hash());
    }

    private static void require(String where, String what, String a, String b) {
        if (!a.equals(b)) {
            throw new InputException("Results to compare, " + where + ": expected the same hash of the " + what
                    + ", found " + a.substring(0, 12) + " and " + b.substring(0, 12));
        }
    }
}
