package io.github.linfhash.protocols.split;

import io.github.linfhash.core.features.Labels;
import java.util.List;

/** Splits of protocols of a single seed, where duplicates are kept. */
final class OneSeed {
    private OneSeed() {}

    static Split draw(SplitRule rule, Labels labels, long seed) {
        return Splits.keepingDuplicates(rule, List.of(seed), labels).draw(seed);
    }
}
