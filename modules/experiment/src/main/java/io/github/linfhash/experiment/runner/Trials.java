package io.github.linfhash.experiment.runner;

import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Splits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The trials of a comparison, each made when its first run starts and let go when its last run has ended. */
final class Trials {
    private final Protocol protocol;
    private final FeatureData data;
    private final Splits splits;
    private final Map<Long, Integer> open = new HashMap<>();
    private final Map<Long, Trial> trials = new HashMap<>();

    Trials(Protocol protocol, FeatureData data, Splits splits, List<CodeSource> cells) {
        this.protocol = protocol;
        this.data = data;
        this.splits = splits;
        cells.forEach(cell -> open.merge(cell.key().seed(), 1, Integer::sum));
    }

    synchronized Trial of(CodeSource cell) {
        return trials.computeIfAbsent(cell.key().seed(), seed -> Trial.of(protocol, data, splits.draw(seed)));
    }

    synchronized void finished(CodeSource cell) {
        long seed = cell.key().seed();
        if (open.merge(seed, -1, Integer::sum) == 0) {
            trials.remove(seed);
        }
    }
}
