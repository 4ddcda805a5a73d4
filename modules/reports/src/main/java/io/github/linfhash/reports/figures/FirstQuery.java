package io.github.linfhash.reports.figures;

import io.github.linfhash.core.evaluation.OutputCurves;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.reports.charts.PanelPage;
import io.github.linfhash.reports.figures.EncoderPanels.Encoder;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The outputs of the encoders of a comparison for the first query of the first seed, at the smallest code length.
 *
 * @param bits the code length N
 * @param seed the seed
 * @param panels the encoders
 */
public record FirstQuery(int bits, long seed, EncoderPanels panels) {

    /** The figure of the first code length and seed for which the results have outputs of any encoder; empty if none do. */
    public static Optional<FirstQuery> of(Results results) {
        for (int bits : results.protocol().bits().stream().sorted().toList()) {
            for (long seed : results.protocol().seeds()) {
                List<Encoder> encoders = encoders(results, bits, seed);
                if (!encoders.isEmpty()) {
                    return Optional.of(new FirstQuery(bits, seed, new EncoderPanels(encoders)));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Encoder> encoders(Results results, int bits, long seed) {
        List<Encoder> encoders = new ArrayList<>();
        for (Configuration method : results.protocol().methods()) {
            for (RunResult run : results.runs(method.entry(), bits)) {
                double[] outputs = run.curves().get(OutputCurves.FIRST);
                if (run.key().seed() == seed && outputs != null && outputs.length > 0) {
                    encoders.add(new Encoder(
                            method.label(), Arrays.stream(outputs).boxed().toList()));
                }
            }
        }
        return encoders;
    }

    /** Its name in file names and links. */
    public String id() {
        return "first-query-" + bits;
    }

    /** Returns the title of the figure. */
    public String title() {
        return "Outputs and code of one query for each encoder, " + bits + " bits, seed " + seed;
    }

    /** The picture. */
    public PanelPage page() {
        return panels.page(title());
    }
}
