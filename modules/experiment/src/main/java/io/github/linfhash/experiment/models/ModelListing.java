package io.github.linfhash.experiment.models;

import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.experiment.models.TrainedModel.ModelCard;
import io.github.linfhash.io.listings.Listing;

/** A table that describes a model. */
public final class ModelListing {
    private ModelListing() {}

    /** Method, options, origin and parts of a model, one a row. */
    public static Listing of(TrainedModel model) {
        ModelCard card = model.card();
        Listing listing = new Listing("what", "value");
        listing.add("method", card.method());
        if (card.variant() != null) {
            listing.add("variant", card.variant());
        }
        listing.add("bits", card.bits());
        listing.add("dimension", card.dimension());
        listing.add("parameters", model.function().parameters());
        listing.add("seed", card.seed());
        ModelCard.Training training = card.training();
        listing.add("protocol", training.protocol() == null ? "none: own vectors" : training.protocol());
        listing.add("labeled vectors", training.labeled());
        listing.add("unlabeled vectors", training.unlabeled());
        listing.add("features sha256", training.featuresSha256());
        listing.add("command", card.program().command());
        listing.add("linfhash", card.program().version() + " (" + card.program().commit() + ")");
        card.options().forEach((name, value) -> listing.add("option " + name, value.toString()));
        parts(listing, "preprocessing", model.preprocessor().state());
        parts(listing, "function", model.function().state());
        return listing;
    }

    private static void parts(Listing listing, String what, ModelState state) {
        listing.add(what, state.kind());
        state.words().forEach((name, word) -> listing.add(what + " " + name, word));
        state.numbers().forEach((name, number) -> listing.add(what + " " + name, number.toString()));
        state.arrays().forEach((name, array) -> listing.add(what + " " + name, array.toString()));
    }
}
