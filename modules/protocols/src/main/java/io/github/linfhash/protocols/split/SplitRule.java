package io.github.linfhash.protocols.split;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;

/** How rows are drawn for training, as queries and for the database; {@code kind} says by which rule. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClassBalancedSplit.class, name = "class-balanced"),
    @JsonSubTypes.Type(value = LabelBalancedSplit.class, name = "label-balanced"),
    @JsonSubTypes.Type(value = CopiedQueriesSplit.class, name = "copied-queries"),
    @JsonSubTypes.Type(value = RandomSplit.class, name = "random"),
    @JsonSubTypes.Type(value = UnseenClassesSplit.class, name = "unseen-classes"),
})
public sealed interface SplitRule
        permits ClassBalancedSplit, LabelBalancedSplit, CopiedQueriesSplit, RandomSplit, UnseenClassesSplit {
    /** The name of the random stream that splits are drawn from. */
    String STREAM = "split";

    /**
     * Draws a split, without a look at duplicates.
     *
     * @param labels all labels of the data set
     * @throws InputException if they are of another kind than the rule needs, or do not suffice
     */
    Split draw(Labels labels, RandomStreams streams);

    /** What becomes of duplicates, which {@link Splits} does; {@link #draw} knows nothing of it. */
    DuplicateRule duplicateRule();

    /**
     * The labels that relevance, training pairs and reports see: all, or the chosen ones alone.
     *
     * @param labels all labels of the data set
     * @throws InputException if they are of another kind than the rule needs, or too few
     */
    Labels truth(Labels labels);

    /** Whether rows may carry sets of labels, so that sharing one makes relevant; or else be of one class each. */
    boolean allows(boolean labelSets);

    /** Whether the queries stay in the database, so that each meets itself. */
    default boolean keepsQueries() {
        return false;
    }
}
