package io.github.linfhash.results.audit;

import static io.github.linfhash.results.published.PublishedFlag.F1_AS_FRACTION;
import static io.github.linfhash.results.published.PublishedFlag.F1_NOT_HARMONIC_MEAN;
import static io.github.linfhash.results.published.PublishedFlag.RECALL_AS_FRACTION;
import static io.github.linfhash.results.published.PublishedFlag.RECALL_F1_SWAPPED;

import io.github.linfhash.results.published.PercentText;
import java.util.List;
import java.util.Map;

/**
 * F1 is the harmonic mean of precision and recall. Where it is not, whatever was rounded off, the usual mistakes are tried
 * first: recall and F1 in each other's place, one of them printed as a fraction.
 */
final class HarmonicMeanCheck implements Check {
    @Override
    public List<Finding> findings(AuditedTable table) {
        return table.groups().stream()
                .filter(group -> !group.isHarmonic())
                .filter(group -> table.settings().f1OfMeans() || isAboveAnyAverage(group))
                .map(HarmonicMeanCheck::explain)
                .toList();
    }

    /** The harmonic mean is concave: an average of the queries' F1 is not above the F1 of their averages. */
    private static boolean isAboveAnyAverage(BallGroup group) {
        return Interval.of(group.f1()).isAbove(possible(group));
    }

    private static Interval possible(BallGroup group) {
        return Interval.of(group.precision()).harmonicMean(Interval.of(group.recall()));
    }

    private static Finding explain(BallGroup group) {
        Interval precision = Interval.of(group.precision());
        Interval recall = Interval.of(group.recall());
        Interval f1 = Interval.of(group.f1());
        String why = "precision in " + precision + " and recall in " + recall + " give F1 in " + possible(group)
                + ", printed is " + f1;
        if (BallGroup.isHarmonic(precision, f1, recall)) {
            return swapped(group, why + "; the other way round " + precision.harmonicMean(f1) + " for " + recall);
        }
        if (BallGroup.isHarmonic(precision, recall.times(100), f1)) {
            return Finding.of(
                    RECALL_AS_FRACTION,
                    group,
                    "recall " + group.recall().text() + " fits precision and F1 only as a fraction",
                    why + "; with a hundred times the recall " + precision.harmonicMean(recall.times(100)),
                    Map.of("recall@" + group.radius(), 100 * group.recall().fraction()));
        }
        if (BallGroup.isHarmonic(precision, recall, f1.times(100))) {
            return Finding.of(
                    F1_AS_FRACTION,
                    group,
                    "F1 " + group.f1().text() + " fits precision and recall only as a fraction",
                    why + "; a hundred times that is " + f1.times(100),
                    Map.of("f1@" + group.radius(), 100 * group.f1().fraction()));
        }
        return notHarmonic(group, possible(group), why);
    }

    private static Finding swapped(BallGroup group, String why) {
        return Finding.of(
                RECALL_F1_SWAPPED,
                group,
                "recall " + group.recall().text() + " and F1 " + group.f1().text()
                        + " fit precision only when they change places",
                why,
                Map.of(
                        "recall@" + group.radius(), group.f1().fraction(),
                        "f1@" + group.radius(), group.recall().fraction()));
    }

    private static Finding notHarmonic(BallGroup group, Interval possible, String why) {
        double mean = Interval.harmonicMean(
                group.precision().fraction(), group.recall().fraction());
        return Finding.of(
                F1_NOT_HARMONIC_MEAN,
                group,
                "F1 is printed as " + group.f1().text() + ", but the harmonic mean of precision and recall is within "
                        + PercentText.of(possible.low() / 100) + " and " + PercentText.of(possible.high() / 100),
                why,
                Map.of("f1@" + group.radius(), mean));
    }
}
