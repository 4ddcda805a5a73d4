package io.github.linfhash.results.board;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;

/**
 * All that has to be the same before two numbers may be ranked.
 *
 * @param protocol the protocol's name
 * @param rules the hash of the protocol
 * @param data the hash of the data
 * @param features the hash of the features
 * @param evaluator the version of the evaluator
 */
public record RulesVersion(String protocol, String rules, String data, String features, int evaluator) {
    private static final int DIGITS = 8;

    /** That of some results. */
    public static RulesVersion of(Results results) {
        ProtocolSummary protocol = results.protocol();
        return new RulesVersion(
                protocol.name(),
                protocol.hash(),
                protocol.dataset().hash(),
                protocol.features().fingerprint(),
                results.environment().evaluator());
    }

    /** A short name of it, of digits, letters and hyphens: the evaluator, then eight digits that stand for all hashes. */
    public String shortName() {
        return "e" + evaluator + "-"
                + Digests.sha256(rules + "/" + data + "/" + features).substring(0, DIGITS);
    }
}
