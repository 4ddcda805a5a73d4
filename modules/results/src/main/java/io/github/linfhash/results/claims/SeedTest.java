package io.github.linfhash.results.claims;

import io.github.linfhash.core.statistics.MeanInterval;
import io.github.linfhash.results.tables.PairedTest;
import java.util.Optional;

/** Student's t over seeds: the seeds are the sample, since each draws its own split and queries. */
final class SeedTest {
    /** With fewer nothing is known of the spread. */
    static final int FEWEST = 2;

    private SeedTest() {}

    /**
     * Whether the mean of paired differences is another than a given one.
     *
     * @param differences one for each seed, at least {@value #FEWEST}
     */
    static ClaimEffect of(double[] differences, double expected) {
        MeanInterval interval = MeanInterval.of(differences);
        double p = PairedTest.p(differences, expected);
        return new ClaimEffect(interval.mean(), interval.low(), interval.high(), expected, p, p, Optional.empty());
    }
}
