package io.github.linfhash.advisor.advice;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The choice of a quantizer and an oversampling for a recall.
 *
 * @param target the recall
 * @param choice the fewest bytes, with a vector's share of the model, whose interval's lower end over the choosing queries reaches the target;
 *     of these the least oversampling, then the highest recall. Empty if no measured quantizer reaches it, or recall is not known for the whole
 *     database
 * @param nearest the choice, or else what reaches the target among fewer vectors, or else what comes nearest
 * @param alternatives for other numbers of bytes the least oversampling that reaches the target, ascending in bytes
 * @param reached whether {@code nearest} reaches the target among {@link Sample#predictedRows} vectors
 * @param written the choice among what {@code linfhash quantize} writes; empty if none reaches the target, or {@code nearest} is one of these
 * @param neededQueries how many queries, half of which choose, would probably show that {@code nearest} reaches the target; empty if it is
 *     reached, the recall is lower, or more queries would not show it
 * @param shortfall why there is no choice
 */
public record Target(
        double target,
        Optional<Choice> choice,
        Choice nearest,
        List<Choice> alternatives,
        boolean reached,
        Optional<Choice> written,
        OptionalInt neededQueries,
        Shortfall shortfall) {
    /** More queries than these are not worth asking for. */
    public static final int MOST_NEEDED = 10_000;

    /** Reasons why no code is recommended. */
    public enum Shortfall {
        /** One is recommended. */
        NONE,
        /** Too few vectors are searched to predict recall for the whole database. */
        NOT_PREDICTABLE,
        /** The recall of the nearest quantizer is higher, but too few queries show it. */
        FEW_QUERIES,
        /** The recall of the nearest quantizer is higher, but its prediction is too uncertain. */
        UNCERTAIN,
        /** Many vectors have copies, so that recall among fewer of them says little. */
        COPIES,
        /** The recall of all measured quantizers is lower. */
        NOT_REACHED
    }
}
