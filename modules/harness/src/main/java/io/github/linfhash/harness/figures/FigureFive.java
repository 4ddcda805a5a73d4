package io.github.linfhash.harness.figures;

import io.github.linfhash.reports.charts.BarPanel;
import io.github.linfhash.reports.charts.PanelPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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

    /** The picture: panels (a), (c), ... with the representations, (b), (d), ... with the codes beside them. */
    public String svg(String title) {
        List<BarPanel> panels = new ArrayList<>();
        for (QueryOutputs outputs : encoders) {
            panels.add(new BarPanel(letter(panels) + outputs.method() + ", representation", representation(outputs)));
            panels.add(new BarPanel(letter(panels) + outputs.method() + ", binary code", code(outputs)));
        }
        return new PanelPage(title, panels).svg();
    }

    /** The data of the picture as CSV: method, entry (from 1), output, bit. */
    public String csv() {
        StringBuilder text = new StringBuilder("method,entry,output,bit\n");
        for (QueryOutputs outputs : encoders) {
            for (int b = 0; b < outputs.values().dimension(); b++) {
                text.append(outputs.method()).append(',').append(b + 1).append(',');
                text.append(outputs.values().get(query, b)).append(',');
                text.append(bit(outputs, b)).append('\n');
            }
        }
        return text.toString();
    }

    private static String letter(List<BarPanel> before) {
        return "(" + (char) ('a' + before.size()) + ") ";
    }

    private List<Double> representation(QueryOutputs outputs) {
        List<Double> entries = new ArrayList<>();
        for (int b = 0; b < outputs.values().dimension(); b++) {
            entries.add((double) outputs.values().get(query, b));
        }
        return entries;
    }

    private List<Double> code(QueryOutputs outputs) {
        List<Double> bits = new ArrayList<>();
        for (int b = 0; b < outputs.codes().bits(); b++) {
            bits.add((double) bit(outputs, b));
        }
        return bits;
    }

    private int bit(QueryOutputs outputs, int b) {
        return outputs.codes().bit(query, b) ? 1 : 0;
    }
}
