package io.github.linfhash.protocols.split;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The rule that selects queries, database and training set; {@code kind} names it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClassBalancedSplit.class, name = "class-balanced"),
    @JsonSubTypes.Type(value = LabelBalancedSplit.class, name = "label-balanced"),
    @JsonSubTypes.Type(value = CopiedQueriesSplit.class, name = "copied-queries"),
    @JsonSubTypes.Type(value = RandomSplit.class, name = "random"),
    @JsonSubTypes.Type(value = UnseenClassesSplit.class, name = "unseen-classes"),
})
public sealed interface SplitRule
        permits ClassBalancedSplit,
                LabelBalancedSplit,
                CopiedQueriesSplit,
                RandomSplit,
                UnseenClassesSplit,
                OtherQueriesSplit {
    /** The name of the random stream that queries are drawn from. */
    String QUERY_STREAM = "split";

    /** The name of the random stream that training rows are drawn from. */
    String TRAINING_STREAM = "split/training";

    /**
     * Draws the queries of a seed, without a look at duplicates.
     *
     * @param labels all labels of the data set
     * @return rows of the data set, in the order of the split's queries
     * @throws InputException if the labels are of another kind than the rule needs, or do not suffice
     */
    int[] queries(Labels labels, RandomStreams streams);

    /**
     * Draws the training rows of a seed beside its queries, and says what is searched; without a look at duplicates.
     *
     * @param labels all labels of the data set
     * @param query what {@link #queries} gave for the same seed
     * @param reserved rows that never train: the queries of every seed of the protocol, these among them
     * @throws InputException if too few rows are left to train on, or none to search
     */
    Split split(Labels labels, int[] query, BitSet reserved, RandomStreams streams);

    /** Returns the declared treatment of duplicates; null for {@link DuplicateRule#KEEP}. */
    default @Nullable DuplicateRule duplicates() {
        return null;
    }

    /** Returns the treatment of duplicates, which {@link Splits} applies; the rule itself knows nothing of them. */
    default DuplicateRule duplicateRule() {
        DuplicateRule declared = duplicates();
        return declared == null ? DuplicateRule.KEEP : declared;
    }

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

    /** Whether the database contains the labeled training vectors. */
    public enum TrainingRows {
        /** They are in the database, as in the paper's CIFAR-10 protocol (59,000 images). */
        IN_DATABASE,
        /** The database is without them. */
        OUTSIDE_DATABASE;

        /** The choice of a rule whose training rows are in the database unless it says otherwise, so that saying it changes nothing. */
        static @Nullable TrainingRows unlessInDatabase(@Nullable TrainingRows choice) {
            return choice == IN_DATABASE ? null : choice;
        }

        /**
         * The database of a choice.
         *
         * @param choice null for {@link #IN_DATABASE}
         * @param rows what is searched where the training rows are in the database
         * @throws InputException if nothing is left
         */
        static int[] database(@Nullable TrainingRows choice, int[] rows, int[] training) {
            BitSet outside = new BitSet();
            if (choice == OUTSIDE_DATABASE) {
                Arrays.stream(training).forEach(outside::set);
            }
            int[] database =
                    Arrays.stream(rows).filter(row -> !outside.get(row)).toArray();
            if (database.length == 0) {
                throw new InputException(
                        "the split leaves no database: expected more rows than queries and training rows, found"
                                + " none left");
            }
            return database;
        }
    }

    /** The treatment of exact and near duplicates that a split would separate. */
    public enum DuplicateRule {
        /** Nothing: queries may have duplicates in the database. */
        KEEP,
        /** The database and the training rows lose what is a duplicate of a query. */
        DROP,
        /**
         * All rows of a group of duplicates are on one side. A group is drawn as its first row; a group that is drawn as a query
         * is that query, and its other rows have no part, so that each split has the same number of queries.
         */
        GROUP
    }
}
