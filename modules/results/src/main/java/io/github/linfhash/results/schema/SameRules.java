package io.github.linfhash.results.schema;

import io.github.linfhash.core.errors.InputException;

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
        ProtocolSummary b = second.protocol();
        require("protocol " + a.name() + " and protocol " + b.name(), "protocol", a.hash(), b.hash());
        require(
                "data of " + a.dataset().name() + " and of " + b.dataset().name(),
                "data",
                a.dataset().hash(),
                b.dataset().hash());
        require(
                "features " + a.features().name() + " and " + b.features().name(),
                "features",
                a.features().fingerprint(),
                b.features().fingerprint());
    }

    /** Whether {@link #require} would find nothing. */
    public static boolean hold(Results first, Results second) {
        ProtocolSummary a = first.protocol();
        ProtocolSummary b = second.protocol();
        return a.hash().equals(b.hash())
                && a.dataset().hash().equals(b.dataset().hash())
                && a.features().fingerprint().equals(b.features().fingerprint());
    }

    private static void require(String where, String what, String a, String b) {
        if (!a.equals(b)) {
            throw new InputException("Results to compare, " + where + ": expected the same hash of the " + what
                    + ", found " + a.substring(0, 12) + " and " + b.substring(0, 12));
        }
    }
}
