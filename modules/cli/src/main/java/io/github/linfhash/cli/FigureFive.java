package io.github.linfhash.cli;

import io.github.linfhash.experiment.studies.QueryOutputs;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.OutputFormat;
import io.github.linfhash.reports.figures.EncoderPanels;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Figure 5 of Wang et al. (IJCAI 2016): for one query, the representation and the binary code of each encoder.
 *
 * @param encoders the outputs of the encoders, in the order of the panels
 * @param query the query's row
 */
public record FigureFive(List<QueryOutputs> encoders, int query) {
    /** @throws IndexOutOfBoundsException if an encoder has no output for the query */
    public FigureFive {
        encoders = List.copyOf(encoders);
        for (QueryOutputs outputs : encoders) {
            Objects.checkIndex(query, outputs.values().rows());
        }
    }

    /** The picture. */
    public String svg(String title) {
        return new EncoderPanels(encoders.stream()
                        .map(outputs -> new EncoderPanels.Encoder(outputs.method(), representation(outputs)))
                        .toList())
                .page(title)
                .svg();
    }

    /** The data of the picture as CSV: method, entry (from 1), output, bit. */
    public String csv() {
        Listing listing = new Listing("method", "entry", "output", "bit");
        for (QueryOutputs outputs : encoders) {
            for (int b = 0; b < outputs.values().dimension(); b++) {
                int bit = outputs.codes().bit(query, b) ? 1 : 0;
                listing.add(outputs.method(), b + 1, outputs.values().get(query, b), bit);
            }
        }
        return OutputFormat.CSV.render(listing);
    }

    private List<Double> representation(QueryOutputs outputs) {
        return IntStream.range(0, outputs.values().dimension())
                .mapToObj(b -> (double) outputs.values().get(query, b))
                .toList();
    }
}
