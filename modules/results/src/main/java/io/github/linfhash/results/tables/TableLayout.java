package io.github.linfhash.results.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a comparison: those of the printed table in printed order, then what the paper does not print but a
 * reader needs in order to judge codes: empty balls and unique codes.
 *
 * @param groups the columns under their headings
 */
public record TableLayout(List<ColumnGroup> groups) {
    private static final Map<String, String> TITLES = Map.of(
            "map", "mAP",
            "map@10", "mAP@10",
            "precisionTop5000", "MP@5K",
            "precision", "Prec.",
            "recall", "Recall",
            "f1", "F1");

    public TableLayout {
        groups = List.copyOf(groups);
    }

    /** The layout of a printed table with the given metrics in printed order, then what else the protocol headlines. */
    public static TableLayout of(List<String> printed, List<String> headline) {
        Map<String, List<Column>> groups = new LinkedHashMap<>();
        Set<String> metrics = new LinkedHashSet<>(printed);
        metrics.addAll(headline);
        for (String key : metrics) {
            groups.computeIfAbsent(groupTitle(key), title -> new ArrayList<>()).add(column(key));
        }
        List<ColumnGroup> list = new ArrayList<>();
        groups.forEach((title, columns) -> list.add(new ColumnGroup(title, columns)));
        list.add(new ColumnGroup(
                "Empty balls", List.of(Column.of("emptyBalls@2", "r \u2264 2"), Column.of("emptyBalls@0", "r = 0"))));
        list.add(new ColumnGroup("", List.of(Column.of("uniqueCodes", "Unique codes"))));
        return new TableLayout(list);
    }

    /** All columns in order. */
    public List<Column> columns() {
        return groups.stream().flatMap(group -> group.columns().stream()).toList();
    }

    /** Whether a column is the first one under its heading. */
    public boolean startsGroup(Column column) {
        return groups.stream().anyMatch(group -> group.columns().get(0).equals(column));
    }

    private static String groupTitle(String key) {
        if (key.endsWith("@2")) {
            return "Hamming radius \u2264 2";
        }
        return key.endsWith("@0") ? "Hamming radius = 0" : "";
    }

    private static Column column(String key) {
        String stem = key.replaceFirst("@[02]$", "");
        return Column.of(key, TITLES.getOrDefault(stem, stem));
    }
}
