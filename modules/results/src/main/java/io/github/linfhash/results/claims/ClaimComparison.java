package io.github.linfhash.results.claims;

import java.util.Optional;

/**
 * One comparison of a claim's test.
 *
 * @param label what is compared with what
 * @param measure what is compared: the metric or curve
 * @param bits the code length N; 0 where it is a trend over all code lengths
 * @param seeds how many seeds it rests on
 * @param effect its size; empty if it could not be measured
 * @param supports whether the effect points where the claim says
 * @param missing why there is no effect; empty if there is one
 */
public record ClaimComparison(
        String label,
        String measure,
        int bits,
        int seeds,
        Optional<ClaimEffect> effect,
        boolean supports,
        String missing) {

    static ClaimComparison without(String label, String measure, int bits, int seeds, String why) {
        return new ClaimComparison(label, measure, bits, seeds, Optional.empty(), false, why);
    }

    ClaimComparison adjustedTo(double p) {
        return new ClaimComparison(
                label, measure, bits, seeds, effect.map(found -> found.adjustedTo(p)), supports, missing);
    }

    /** What this comparison alone says. */
    public ClaimVerdict verdict() {
        if (effect.isEmpty() || !effect.get().significant()) {
            return ClaimVerdict.UNDECIDED;
        }
        return supports ? ClaimVerdict.HOLDS : ClaimVerdict.DOES_NOT_HOLD;
    }

    /** Why it decides nothing; empty if it does. */
    public String doubt() {
        if (verdict() != ClaimVerdict.UNDECIDED) {
            return "";
        }
        return effect.map(found -> found.covers()
                        ? "the interval covers " + (found.expected() == 0 ? "zero" : found.expected())
                        : "too near to chance after correction for several comparisons")
                .orElse(missing);
    }

    /** What the test rests on; empty if there was none. */
    public String basis() {
        return effect.map(found -> found.overQueries().isPresent() ? "seeds and queries" : "seeds only")
                .orElse("");
    }

    /** The case that it belongs to. */
    String place() {
        return bits == 0 ? measure : measure + " at " + bits + " bits";
    }
}
