package io.github.linfhash.engines.report;

import io.github.linfhash.engines.measure.Measurer;
import io.github.linfhash.engines.measure.OperatingPoint;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Answers that were measured again, as a table. */
public final class CheckListing {
    private CheckListing() {}

    /**
     * A row for each answer that was measured again.
     *
     * @param again by operating point
     */
    public static Listing of(List<StoredAnswers.Chosen> answers, Map<OperatingPoint, Measurer.Remeasured> again) {
        Listing table = new Listing(
                "target", "index", "built with", "recall", "low", "high", "index bytes", "p95 ms", "passes");
        for (StoredAnswers.Chosen answer : answers) {
            Measurer.Remeasured one = again.get(answer.point());
            if (one == null) {
                continue;
            }
            table.add(
                    Percent.exact(answer.target()),
                    one.point().index().type(),
                    one.point().index().text(),
                    new Percent(one.recall().mean(), 2),
                    new Percent(one.recall().low(), 2),
                    new Percent(one.recall().high(), 2),
                    one.indexBytes(),
                    Objects.requireNonNull(Listing.number(MeasureListing.format("%.3f", one.p95()))),
                    passes(answer, one) ? "yes" : "no");
        }
        return table;
    }

    private static boolean passes(StoredAnswers.Chosen answer, Measurer.Remeasured again) {
        return again.usesIndex() && again.recall().mean() >= answer.target();
    }

    /** A sentence about each answer whose recall is below its target, or whose index was not used. */
    public static List<String> failed(
            List<StoredAnswers.Chosen> answers, Map<OperatingPoint, Measurer.Remeasured> again) {
        List<String> failed = new ArrayList<>();
        for (StoredAnswers.Chosen answer : answers) {
            Measurer.Remeasured one = again.get(answer.point());
            if (one == null || passes(answer, one)) {
                continue;
            }
            failed.add(
                    one.usesIndex()
                            ? MeasureListing.format(
                                    "Recall of %s is %s (%s to %s), lower than its target of %s.",
                                    one.point().index().type(),
                                    new Percent(one.recall().mean(), 2),
                                    new Percent(one.recall().low(), 2),
                                    new Percent(one.recall().high(), 2),
                                    Percent.exact(answer.target()))
                            : MeasureListing.format(
                                    "The searches of %s for a recall of %s did not use the index, as the engine planned otherwise.",
                                    one.point().index().type(), Percent.exact(answer.target())));
        }
        return failed;
    }
}
