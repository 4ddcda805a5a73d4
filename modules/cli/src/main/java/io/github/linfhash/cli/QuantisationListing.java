package io.github.linfhash.cli;

import io.github.linfhash.encoders.quantisation.QuantisationErrors;
import io.github.linfhash.experiment.studies.QuantisationStudy;

/** The outcomes of the quantisation study as a table. */
final class QuantisationListing {
    private final Listing listing = new Listing(
            "bits",
            "dictionary",
            "representation",
            "levels",
            "range",
            "outside",
            "coefficient error",
            "theorem bound",
            "range bound",
            "reconstruction error",
            "signal error",
            "unfinished");

    /** Adds a row for each representation and number of levels. */
    void add(int bits, QuantisationStudy.Outcome outcome) {
        for (QuantisationErrors row : outcome.errors()) {
            listing.add(
                    Integer.toString(bits),
                    outcome.dictionary(),
                    ListCommand.lower(row.representation()),
                    Integer.toString(row.quantiser().levels()),
                    Decimals.of(row.quantiser().range()),
                    Decimals.of(row.outside()),
                    Decimals.of(row.errors().coefficients().mean()),
                    Decimals.of(row.bounds().printed()),
                    Decimals.of(row.bounds().proven()),
                    Decimals.of(row.errors().reconstructions().mean()),
                    Decimals.of(row.errors().signals().mean()),
                    Integer.toString(outcome.unfinished()));
        }
    }

    Listing listing() {
        return listing;
    }
}
