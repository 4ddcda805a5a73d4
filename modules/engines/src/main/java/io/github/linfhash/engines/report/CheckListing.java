package io.github.linfhash.engines.report;

import io.github.linfhash.engines.measure.Measurer;
import io.github.linfhash.io.listings.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Answers that were measured again, as a table. */
public final class CheckListing {
    private CheckListing() {}

    /**
     * A row for each answer.
     *
     * @param again of each answer
     */
    public static Listing of(List<StoredAnswers.Chosen> answers, List<Measurer.Again> again) {
        Listing table = new Listing(
                "target", "index", "built with", "recall", "low", "high", "index bytes", "p95 ms", "passes");
        for (int i = 0; i < answers.size(); i++) {
            Measurer.Again one = again.get(i);
            table.add(
                    answers.get(i).target(),
                    one.setting().index().type(),
                    one.setting().index().parameters(),
                    digits("%.4f", one.recall().mean()),
                    digits("%.4f", one.recall().low()),
                    digits("%.4f", one.recall().high()),
                    one.indexBytes(),
                    digits("%.3f", one.p95()),
                    passes(answers.get(i), one) ? "yes" : "no");
        }
        return table;
    }

    private static Object digits(String pattern, double value) {
        return Objects.requireNonNull(Listing.number(MeasureListing.format(pattern, value)));
    }

    private static boolean passes(StoredAnswers.Chosen answer, Measurer.Again again) {
        return again.recall().mean() >= answer.target();
    }

    /** A sentence about each answer whose recall is below its target. */
    public static List<String> failed(List<StoredAnswers.Chosen> answers, List<Measurer.Again> again) {
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (!passes(answers.get(i), again.get(i))) {
                failed.add(MeasureListing.format(
                        "Recall of %s is %.4f (%.4f to %.4f), lower than its target of %s.",
                        again.get(i).setting().index().type(),
                        again.get(i).recall().mean(),
                        again.get(i).recall().low(),
                        again.get(i).recall().high(),
                        answers.get(i).target()));
            }
        }
        return failed;
    }
}
