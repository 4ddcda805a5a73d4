package io.github.linfhash.results.regression;

import io.github.linfhash.results.published.PublishedTable;
import java.util.List;

/**
 * A protocol of the reproduction log.
 *
 * @param expected what was measured and is held
 * @param title the protocol's name for people
 * @param printed the paper's table of the same data; {@link PublishedTable#NONE} where the paper measured on others
 * @param metrics the columns where nothing printed stands beside them
 */
public record LoggedProtocol(Expected expected, String title, PublishedTable printed, List<String> metrics) {
    public LoggedProtocol {
        metrics = List.copyOf(metrics);
    }
}
