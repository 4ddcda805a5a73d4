package io.github.linfhash.reports.figures;

import io.github.linfhash.core.evaluation.RadiusCurves;
import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All figures of a comparison. */
public final class ResultFigures {
    /** Of fewer code lengths, a line over the length says less than the table. */
    private static final int FEWEST_LENGTHS = 3;

    private ResultFigures() {}

    /** The figures that the results have numbers for, in the order in which they are shown. */
    public static List<Figure> of(Results results) {
        RadiusFigures radius = new RadiusFigures(results);
        List<Integer> lengths = results.protocol().bits().stream().sorted().toList();
        List<Figure> figures = new ArrayList<>();
        add(
                figures,
                "precision-recall",
                "Precision and recall",
                lengths.stream().flatMap(bits -> radius.precisionRecall(bits).stream()));
        add(
                figures,
                "by-radius",
                "Precision and recall by Hamming radius",
                lengths.stream()
                        .flatMap(bits -> Stream.of(RadiusCurves.PRECISION, RadiusCurves.RECALL)
                                .flatMap(name -> radius.byRadius(name, bits).stream())));
        if (lengths.size() >= FEWEST_LENGTHS) {
            add(figures, "code-length", "Precision and recall by code length", LengthFigures.of(results).stream());
        }
        add(
                figures,
                OutputFigures.ID,
                "Outputs and codes of the encoders",
                lengths.stream().flatMap(bits -> OutputFigures.of(results, bits).stream()));
        add(figures, "loss", "Training", lengths.stream().flatMap(bits -> LossFigures.of(results, bits).stream()));
        return figures;
    }

    private static void add(List<Figure> figures, String id, String title, Stream<LineChart> charts) {
        List<LineChart> list = charts.toList();
        if (!list.isEmpty()) {
            figures.add(new Figure(id, title, list));
        }
    }
}
