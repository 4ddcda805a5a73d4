package io.github.linfhash.results.published;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A published table.
 *
 * @param id its short name, such as {@code T2}
 * @param dataset the data set as published
 * @param cells its numbers in published order, row by row
 */
public record PublishedTable(String id, String dataset, List<PublishedCell> cells) {
    /** No table: the paper publishes nothing that could stand beside the results. */
    public static final PublishedTable NONE = new PublishedTable("", "", List.of());

    public PublishedTable {
        cells = List.copyOf(cells);
    }

    /** Its name for people, such as {@code Table 2}. */
    public String title() {
        return id.replaceFirst("^T", "Table ");
    }

    /** Our keys of the printed metrics, in published order. */
    public List<String> metrics() {
        return cells.stream().map(PublishedCell::metric).distinct().toList();
    }

    /** The printed code lengths, in published order. */
    public List<Integer> bits() {
        return cells.stream().map(PublishedCell::bits).distinct().toList();
    }

    /** The printed names of the rows, in published order. */
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

    /**
     * One number of a published table.
     *
     * @param method the row's name as published
     * @param bits the code length N
     * @param metric our key of the metric
     * @param printed the number
     * @param flags what is wrong with it, if anything
     */
    public record PublishedCell(
            String method, int bits, String metric, PrintedPercent printed, Set<PublishedFlag> flags) {
        public PublishedCell {
            EnumSet<PublishedFlag> copy = EnumSet.noneOf(PublishedFlag.class);
            copy.addAll(flags);
            flags = Collections.unmodifiableSet(copy);
        }

        /** The number as a fraction within 0..1. */
        public double fraction() {
            return printed.fraction();
        }
    }

    /**
     * Which of our methods belong to a row of the paper's tables.
     *
     * @param printedName the row's name as published
     * @param names our methods, the likeliest first
     * @param caveat why the assignment is uncertain, or null if it is not
     */
    public record PublishedMethod(
            String printedName,
            List<String> names,
            @Nullable String caveat) {
        /** The rows of both tables in published order. */
        public static final List<PublishedMethod> ALL = List.of(
                certain("KSH", "ksh"),
                certain("AGH1", "agh1"),
                certain("AGH2", "agh2"),
                certain("PSH", "psh"),
                new PublishedMethod(
                        "LH",
                        List.of("ldahash", "ldahash-dif"),
                        "The paper took the numbers of LH from another comparison. Whether they are of the LDA form or of the"
                                + " DIF form of LDAHash is unknown."),
                certain("NNH", "nnh"),
                certain("SNNH", "snnh"),
                certain("Proposed", "deep-linf"));

        public PublishedMethod {
            names = List.copyOf(names);
        }

        /** The row that one of our methods belongs to; empty if the paper does not have the method. */
        public static Optional<PublishedMethod> of(String name) {
            return ALL.stream().filter(method -> method.names().contains(name)).findFirst();
        }

        private static PublishedMethod certain(String printedName, String name) {
            return new PublishedMethod(printedName, List.of(name), null);
        }
    }
}
