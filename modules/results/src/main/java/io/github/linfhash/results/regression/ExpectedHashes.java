package io.github.linfhash.results.regression;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * SHA-256 of what was measured on.
 *
 * @param protocol the rules: data, features, split, conventions
 * @param dataset images and labels
 * @param features the raw features
 * @param splits the row indices of each seed's split
 */
public record ExpectedHashes(String protocol, String dataset, String features, Map<Long, String> splits) {
    /** @throws IllegalArgumentException if one is no SHA-256 */
    public ExpectedHashes {
        splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
        requireHash(protocol);
        requireHash(dataset);
        requireHash(features);
        splits.values().forEach(ExpectedHashes::requireHash);
    }

    static void requireHash(String hash) {
        Expected.require(
                hash.matches("[0-9a-f]{64}"),
                "expected a SHA-256 of 64 lower-case hexadecimal digits, found '" + hash + "'");
    }
}
