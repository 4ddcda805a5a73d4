package io.github.linfhash.results.audit;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The known facts about the protocol behind a table.
 *
 * @param facts sizes; without them, units of precision cannot be checked
 * @param answerable the share of queries with anything relevant, within 0..1, where the others count zero
 * @param f1OfMeans whether F1 is that of the averages; if it is the average of the queries' F1, it may be smaller
 */
public record AuditSettings(Optional<TableFacts> facts, OptionalDouble answerable, boolean f1OfMeans) {
    /** @throws IllegalArgumentException if the share is outside 0..1 */
    public AuditSettings {
        if (answerable.isPresent() && !(answerable.getAsDouble() >= 0 && answerable.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "expected a share of queries within 0..1, found " + answerable.getAsDouble());
        }
    }

    /** Nothing but the sizes, if they are known. */
    public static AuditSettings of(Optional<TableFacts> facts) {
        return new AuditSettings(facts, OptionalDouble.empty(), true);
    }

    /**
     * The known sizes of the protocol behind a published table in which every query has equally many relevant items.
     *
     * @param queries how many queries
     * @param relevant how many database items are relevant to each
     * @param database how many items the database has
     */
    public record TableFacts(int queries, int relevant, int database) {
        /**
         * The paper's CIFAR-10: 100 queries of each of 10 classes, and the 59,000 other images as the database (Wang et al.
         * 2016, section 4, "Datasets").
         */
        public static final TableFacts CIFAR10 = new TableFacts(1000, 5900, 59000);

        /** @throws IllegalArgumentException if a number is not positive or more items are relevant than there are */
        public TableFacts {
            if (queries < 1 || relevant < 1 || relevant > database) {
                throw new IllegalArgumentException(
                        "expected at least one query and relevant items within the database, found " + queries
                                + " queries with " + relevant + " relevant items of " + database);
            }
        }

        /** Returns the facts of a data set by its name in the paper's tables; empty if they are not known. */
        public static Optional<TableFacts> of(String dataset) {
            return dataset.equals("CIFAR10") ? Optional.of(CIFAR10) : Optional.empty();
        }

        /** The precision of items drawn blindly, as a fraction. */
        double chance() {
            return (double) relevant / database;
        }
    }
}
