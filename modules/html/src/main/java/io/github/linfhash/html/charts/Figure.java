package io.github.linfhash.html.charts;

import java.util.List;

/**
 * Charts that belong together.
 *
 * @param id its name in links
 * @param title what it shows
 * @param charts its charts; at least one
 */
public record Figure(String id, String title, List<LineChart> charts) {
    public Figure {
        charts = List.copyOf(charts);
    }
}
