package io.github.linfhash.reports.page;

import io.github.linfhash.reports.figures.EncoderPanels.Encoder;
import io.github.linfhash.reports.figures.Figure;
import io.github.linfhash.reports.figures.FirstQuery;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The outputs of encoders and their codes: figure 5 of the paper for one query, and the error of all queries. */
final class OutputsSection {
    private OutputsSection() {}

    static Html html(Results results, Figure figure, List<String> files) {
        Element section = FigureSection.html(figure, files);
        return FirstQuery.of(results)
                .map(query -> section.add(panels(query, files)))
                .orElse(section);
    }

    private static Element panels(FirstQuery query, List<String> files) {
        return Element.of("figure")
                .with("class", "panels")
                .with("id", query.id())
                .add(Element.of("h3", query.title()))
                .add(Section.scrolling(
                        query.title(), Element.of("div").add(query.page().element())))
                .add(ChartFigure.caption(
                        "What figure 5 of the paper shows: the more alike the magnitudes of a representation, the less its"
                                + " code loses. The query is the first one of the split.",
                        query.id(),
                        files))
                .add(Element.of("details")
                        .add(Element.of("summary", "Data of this figure"))
                        .add(Section.scrolling("Data: " + query.title(), table(query))));
    }

    private static Element table(FirstQuery query) {
        List<String> titles = new ArrayList<>(List.of("entry"));
        for (Encoder encoder : query.panels().encoders()) {
            titles.add(encoder.name() + ", output");
            titles.add(encoder.name() + ", bit");
        }
        List<Html> rows = new ArrayList<>();
        for (int b = 0; b < query.bits(); b++) {
            rows.add(row(query, b));
        }
        return Element.of("table")
                .with("class", "data")
                .add(Section.caption(query.title()))
                .add(Element.of("thead").add(Element.of("tr").addAll(Section.headings(titles))))
                .add(Element.of("tbody").addAll(rows));
    }

    private static Element row(FirstQuery query, int entry) {
        List<Html> cells = new ArrayList<>();
        cells.add(Element.of("th", Integer.toString(entry + 1)).with("scope", "row"));
        for (Encoder encoder : query.panels().encoders()) {
            boolean there = entry < encoder.outputs().size();
            cells.add(Element.of(
                    "td",
                    there ? String.format(Locale.ROOT, "%.3f", encoder.outputs().get(entry)) : ""));
            cells.add(Element.of("td", there ? encoder.bits().get(entry).toString() : ""));
        }
        return Element.of("tr").addAll(cells);
    }
}
