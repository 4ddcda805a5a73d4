package io.github.linfhash.results.published;

import java.util.List;
import java.util.Optional;

/**
 * A printed table.
 *
 * @param id its short name, such as {@code T2}
 * @param dataset the data set as printed
 * @param cells its numbers in printed order, row by row
 */
public record PublishedTable(String id, String dataset, List<PublishedCell> cells) {
    /** No table: the paper prints nothing that could stand beside the results. */
    public static final PublishedTable NONE = new PublishedTable("", "", List.of());

    public PublishedTable {
        cells = List.copyOf(cells);
    }

    /** Its name for people, such as {@code Table 2}. */
    public String title() {
        return id.replaceFirst("^T", "Table ");
    }

    /** Our keys of the printed metrics, in printed order. */
    public List<String> metrics() {
        return cells.stream().map(PublishedCell::metric).distinct().toList();
    }

    /** The printed code lengths, in printed order. */
    public List<Integer> bits() {
        return cells.stream().map(PublishedCell::bits).distinct().toList();
    }

    /** The printed names of the rows, in printed order. */
    public List<String> methods() {
        return cells.stream().map(PublishedCell::method).distinct().toList();
    }

    /** The number printed for a row, a code length and a metric; empty if none is. */
    public Optional<PublishedCell> find(String printedMethod, int bits, String metric) {
        return cells.stream()
                .filter(cell -> cell.method().equals(printedMethod)
                        && cell.bits() == bits
                        && cell.metric().equals(metric))
                .findFirst();
    }
}
