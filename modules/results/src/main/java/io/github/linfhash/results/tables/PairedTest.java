package io.github.linfhash.results.tables;

import io.github.linfhash.core.statistics.Holm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;

/** Student's paired t-test over seeds: the seeds are the sample, as each draws a split and queries of its own. */
public final class PairedTest {
    private PairedTest() {}

    /**
     * The two-sided p of a mean difference being another than the expected one.
     *
     * @param differences one for each seed, at least two
     */
    public static double p(double[] differences, double expected) {
        if (StatUtils.variance(differences) == 0) {
            // The statistic is 0/0 or infinite then, which the library answers with NaN.
            return differences[0] == expected ? 1 : 0;
        }
        return new TTest()
                .tTest(0, Arrays.stream(differences).map(d -> d - expected).toArray());
    }

    /**
     * Corrects the p-values of one family of tests by Holm's procedure.
     *
     * @param family the p-values; empty where nothing could be tested, which does not count as a test
     * @return the corrected ones in the same order, empty where the given ones are
     */
    public static List<OptionalDouble> corrected(List<OptionalDouble> family) {
        double[] adjusted = Holm.adjust(
                family.stream().flatMapToDouble(OptionalDouble::stream).toArray());
        List<OptionalDouble> corrected = new ArrayList<>();
        int next = 0;
        for (OptionalDouble p : family) {
            corrected.add(p.isPresent() ? OptionalDouble.of(adjusted[next++]) : p);
        }
        return corrected;
    }
}
