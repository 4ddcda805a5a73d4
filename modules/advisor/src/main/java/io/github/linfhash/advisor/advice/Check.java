package io.github.linfhash.advisor.advice;

import io.github.linfhash.advisor.advice.DriftProfile.Interval;
import io.github.linfhash.io.listings.Percent;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a fitted quantizer is still good enough for vectors of today.
 *
 * @param now of today's vectors; its recall is measured among one number of vectors
 * @param fitted from when the quantizer was fitted; null if it is not known
 * @param obstacle why the recall of the two cannot be compared, as a clause; empty if it can, and then both have the same number of vectors
 * @param oversampling the factor that decides
 * @param limits what is wanted
 * @param chance how far chance moves the mean of today's vectors
 */
public record Check(
        DriftProfile now,
        @Nullable DriftProfile fitted,
        String obstacle,
        int oversampling,
        Limits limits,
        MeanByChance chance) {
    /**
     * The limits that a check compares with.
     *
     * @param minRecall null to compare with the recall when the quantizer was fitted
     * @param maxShift the largest distance of the means, divided by the spread when fitted; null for what chance explains
     */
    public record Limits(
            @Nullable Double minRecall, @Nullable Double maxShift) {}

    /** A part of the check that can fail. */
    public enum Part {
        RECALL,
        SHIFT
    }

    /**
     * The drift of the vectors. Vectors are those that {@link io.github.linfhash.quantizers.PreparedVectors#of} gives, except for their norms.
     *
     * @param meanShift the distance of the means, divided by the spread when fitted: the root mean square distance of a vector from the mean
     * @param byChance the expected value of {@code meanShift} of two samples of the same vectors
     * @param mostByChance what {@code meanShift} exceeds for one in a thousand pairs of such samples
     * @param normRatio the mean norm of the vectors as given, divided by that when fitted
     * @param spreadRatio the spread, divided by that when fitted
     */
    public record Drift(double meanShift, double byChance, double mostByChance, double normRatio, double spreadRatio) {}

    /**
     * Says why recall cannot be compared with that of vectors of today.
     *
     * @param neighbors the k of today
     * @param drawn whether the queries of today are drawn from the vectors
     * @param rows how many vectors are there to be searched
     * @return a clause, or an empty text
     */
    public static String obstacle(DriftProfile.@Nullable Found fitted, int neighbors, boolean drawn, int rows) {
        if (fitted == null) {
            return "the folder does not contain it, because an earlier version wrote it, the vectors were fewer than "
                    + DriftProfile.LEAST_TO_FIT
                    + ", or 'linfhash quantize' had --no-check-record (run 'linfhash quantize' again)";
        }
        if (fitted.neighbors() != neighbors) {
            return "recall when fitted is that of " + fitted.neighbors() + " neighbors, not " + neighbors;
        }
        if (fitted.queriesDrawn() != drawn) {
            return fitted.queriesDrawn()
                    ? "recall when fitted was measured without --queries"
                    : "recall when fitted was measured with --queries";
        }
        OptionalInt size = fitted.largestWithin(rows);
        return size.isPresent()
                ? ""
                : "recall when fitted was measured among "
                        + fitted.recall().keySet().iterator().next() + " vectors or more, not " + rows;
    }

    /** The number of vectors among which recall is measured. */
    public int rows() {
        return now.found().recall().keySet().iterator().next();
    }

    /** The recall now, by oversampling. */
    public Map<Integer, Interval> recallNow() {
        return now.found().among(rows());
    }

    /** The recall when fitted, by oversampling, among as many vectors; empty if it is not known or cannot be compared. */
    public Optional<Map<Integer, Interval>> recallFitted() {
        return fitted == null || !obstacle.isEmpty()
                ? Optional.empty()
                : Optional.of(fitted.found().among(rows()));
    }

    /**
     * A difference of two recalls.
     *
     * @param mean the recall now less that when fitted
     * @param low lower end of the 95% interval
     * @param high upper end
     */
    public record Difference(double mean, double low, double high) {
        /** By what the reach of a 95% interval is multiplied so that one in a thousand differences lies above it. */
        private static final double RARE = MeanByChance.RARE / 1.96;

        /** By the method MOVER (Zou, Donner, Statistics in Medicine 27, 2008), as the means are of independent samples. */
        static Difference of(Interval now, Interval fitted) {
            double mean = now.mean() - fitted.mean();
            return new Difference(
                    mean,
                    mean - Math.hypot(now.mean() - now.low(), fitted.high() - fitted.mean()),
                    mean + Math.hypot(now.high() - now.mean(), fitted.mean() - fitted.low()));
        }

        /** Whether recall is lower than chance explains. */
        boolean beyondChance() {
            return mean + RARE * (high - mean) < 0;
        }
    }

    /** The differences by oversampling; empty as {@link #recallFitted}. */
    public Optional<Map<Integer, Difference>> differences() {
        return recallFitted().map(before -> {
            Map<Integer, Difference> differences = new TreeMap<>();
            recallNow()
                    .forEach((factor, recall) ->
                            differences.put(factor, Difference.of(recall, Objects.requireNonNull(before.get(factor)))));
            return differences;
        });
    }

    /** Returns the drift; empty if it is not known where the vectors lay when the quantizer was fitted, or they did not differ. */
    public Optional<Drift> drift() {
        if (fitted == null || fitted.found().spread() == 0) {
            return Optional.empty();
        }
        DriftProfile.Found before = fitted.found();
        double squares = 0;
        for (int j = 0; j < now.mean().dimension(); j++) {
            double less = (double) now.mean().get(0, j) - fitted.mean().get(0, j);
            squares += less * less;
        }
        double byChance = Math.sqrt(1.0 / now.found().rows() + 1.0 / before.rows());
        return Optional.of(new Drift(
                Math.sqrt(squares) / before.spread(),
                byChance,
                byChance * chance.rareFactor(),
                now.found().meanNorm() / before.meanNorm(),
                now.found().spread() / before.spread()));
    }

    /** Whether a part of the check fails. */
    public boolean fails() {
        return !failed().isEmpty();
    }

    /** The parts that fail. */
    public Set<Part> failed() {
        Set<Part> failed = EnumSet.noneOf(Part.class);
        if (recallFails()) {
            failed.add(Part.RECALL);
        }
        if (drift().stream().anyMatch(this::shiftFails)) {
            failed.add(Part.SHIFT);
        }
        return failed;
    }

    /**
     * Whether recall is too low: less than what is wanted, or else significantly less than when the quantizer was fitted. The level is one in a
     * thousand, as services check often and the interval of a recall leaves out that the vectors are a sample.
     */
    private boolean recallFails() {
        Double least = limits.minRecall();
        return least == null
                ? at(differences().orElseThrow()).beyondChance()
                : at(recallNow()).mean() < least;
    }

    private boolean shiftFails(Drift drift) {
        Double most = limits.maxShift();
        return drift.meanShift() > (most == null ? drift.mostByChance() : most);
    }

    private <T> T at(Map<Integer, T> byFactor) {
        return Objects.requireNonNull(byFactor.get(oversampling));
    }

    /** The result in sentences, the first of which names the parts that fail. */
    public String verdict() {
        Set<Part> failed = failed();
        return (failed.isEmpty()
                        ? ""
                        : "Failed: "
                                + failed.stream()
                                        .map(part -> part == Part.RECALL ? "recall" : "shift of the mean")
                                        .collect(Collectors.joining(" and "))
                                + ". ")
                + recallVerdict() + " "
                + drift().map(this::shiftVerdict)
                        .orElse("The shift of the mean is not checked, because the mean when"
                                + " fitted is not known or the vectors did not differ.");
    }

    private String recallVerdict() {
        Double least = limits.minRecall();
        String what = String.format(
                Locale.ROOT,
                "Recall@%d at %dx oversampling is %s",
                now.found().neighbors(),
                oversampling,
                Percent.of(at(recallNow()).mean()));
        if (least == null) {
            double before = at(recallFitted().orElseThrow()).mean();
            return what
                    + String.format(
                            Locale.ROOT,
                            recallFails()
                                    ? ", significantly lower than when the quantizer was fitted (%s): run 'linfhash advise' on the new vectors."
                                    : ", not significantly lower than when the quantizer was fitted (%s).",
                            Percent.of(before));
        }
        if (!recallFails()) {
            return what + ", at least the target of " + Percent.exact(least) + ".";
        }
        return what + ", lower than the target of " + Percent.exact(least)
                + recallNow().entrySet().stream()
                        .filter(factor -> factor.getValue().mean() >= least)
                        .map(factor -> ", which " + factor.getKey() + "x oversampling reaches.")
                        .findFirst()
                        .orElse(": run 'linfhash advise' on the new vectors.");
    }

    private String shiftVerdict(Drift drift) {
        Double most = limits.maxShift();
        String what = String.format(
                Locale.ROOT, "The mean moved by %.3f standard deviations of the vectors, ", drift.meanShift());
        if (most != null) {
            return what
                    + (shiftFails(drift) ? "more than the allowed " : "at most ")
                    + most
                    + (shiftFails(drift) ? "." : " as allowed.");
        }
        return what
                + String.format(
                        Locale.ROOT,
                        shiftFails(drift)
                                ? "more than chance explains (%.3f): check that the same model made the vectors, and set --max-shift"
                                        + " to accept a shift."
                                : "no more than chance explains (%.3f).",
                        drift.mostByChance());
    }
}
