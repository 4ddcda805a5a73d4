package io.github.linfhash.cli;

import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.experiment.models.ModelCard;
import io.github.linfhash.experiment.models.TrainedModel;

/** What a model is, as a table. */
final class ModelListing {
    private ModelListing() {}

    static Listing of(TrainedModel model) {
        ModelCard card = model.card();
        Listing listing = new Listing("what", "value");
        listing.add("method", card.method());
        if (card.row() != null) {
            listing.add("row", card.row());
        }
        listing.add("bits", Integer.toString(card.bits()));
        listing.add("dimension", Integer.toString(card.dimension()));
        listing.add("parameters", Long.toString(model.function().parameters()));
        listing.add("seed", Long.toString(card.seed()));
        ModelCard.Training training = card.training();
        listing.add("protocol", training.protocol() == null ? "none: own vectors" : training.protocol());
        listing.add("labelled vectors", Integer.toString(training.labelled()));
        listing.add("unlabelled vectors", Integer.toString(training.unlabelled()));
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
