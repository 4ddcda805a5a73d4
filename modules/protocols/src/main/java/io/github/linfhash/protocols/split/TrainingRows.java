package io.github.linfhash.protocols.split;

import io.github.linfhash.core.errors.InputException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Whether the labeled training rows are searched as well. */
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
        int[] database = Arrays.stream(rows).filter(row -> !outside.get(row)).toArray();
        if (database.length == 0) {
            throw new InputException(
                    "the split leaves no database: expected more rows than queries and training rows, found"
                            + " none left");
        }
        return database;
    }
}
