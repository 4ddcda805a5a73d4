package io.github.linfhash.reports.figures;

import io.github.linfhash.reports.charts.PanelPage;
import io.github.linfhash.reports.charts.PanelPage.BarPanel;
import java.util.ArrayList;
import java.util.List;

/**
 * Figure 5 of Wang et al. (IJCAI 2016): for one query, the representation and the binary code of each encoder.
 *
 * @param encoders in the order of the panels
 */
public record EncoderPanels(List<Encoder> encoders) {
    public EncoderPanels {
        encoders = List.copyOf(encoders);
    }

    /**
     * The outputs of one encoder for the query.
     *
     * @param name the encoder
     * @param outputs x, N values
     */
    public record Encoder(String name, List<Double> outputs) {
        public Encoder {
            outputs = List.copyOf(outputs);
        }

        /** The bits of the code, 1 where x is above 0. */
        public List<Integer> bits() {
            return outputs.stream().map(x -> x > 0 ? 1 : 0).toList();
        }
    }

    /** The picture: panels (a), (c), ... with the representations, (b), (d), ... with the codes beside them. */
    public PanelPage page(String title) {
        List<BarPanel> panels = new ArrayList<>();
        for (Encoder encoder : encoders) {
            panels.add(new BarPanel(letter(panels) + encoder.name() + ", representation", encoder.outputs()));
            panels.add(new BarPanel(
                    letter(panels) + encoder.name() + ", binary code",
                    encoder.bits().stream().map(Integer::doubleValue).toList()));
        }
        return new PanelPage(title, panels);
    }

    private static String letter(List<BarPanel> before) {
        return "(" + (char) ('a' + before.size()) + ") ";
    }
}
