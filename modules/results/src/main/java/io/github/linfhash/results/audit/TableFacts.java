package io.github.linfhash.results.audit;

import java.util.Optional;

/**
 * What is known of the protocol behind a printed table in which every query has equally many relevant items.
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

    /** What is known of a data set as the paper's tables name it. */
    public static Optional<TableFacts> of(String dataset) {
        return dataset.equals("CIFAR10") ? Optional.of(CIFAR10) : Optional.empty();
    }

    /** The precision of items drawn blindly, as a fraction. */
    double chance() {
        return (double) relevant / database;
    }
}
