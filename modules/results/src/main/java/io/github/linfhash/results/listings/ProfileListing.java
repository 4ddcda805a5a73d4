package io.github.linfhash.results.listings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.core.evaluation.MetricsProfile;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.tables.ProfileRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The metrics under all conventions, for people as two tables and for programs one value a row. */
public final class ProfileListing {
    private ProfileListing() {}

    /** One value a row, in full precision; empty where a convention plays no part, or no query is left to average. */
    public static Listing values(MetricsProfile profile) {
        List<String> columns = new ArrayList<>(ProfileRows.CONVENTIONS);
        columns.add("value");
        Listing listing = new Listing(columns);
        profile.rows().forEach(row -> listing.add(cells(row)));
        return listing;
    }

    private static List<String> cells(MetricsProfile.Row row) {
        List<String> cells = new ArrayList<>(ProfileRows.conventions(row));
        cells.add(ProfileRows.value(row));
        return cells;
    }

    /** One object a row, without the conventions that play no part; {@code null} where no query is left to average. */
    public static void addTo(ArrayNode array, MetricsProfile profile) {
        for (MetricsProfile.Row row : profile.rows()) {
            ObjectNode node = array.addObject();
            List<String> cells = ProfileRows.conventions(row);
            for (int c = 0; c < ProfileRows.CONVENTIONS.size(); c++) {
                if (!cells.get(c).isEmpty()) {
                    node.put(ProfileRows.CONVENTIONS.get(c), cells.get(c));
                }
            }
            node.put("value", Double.isNaN(row.value()) ? null : Double.valueOf(row.value()));
        }
    }

    /**
     * Balls with precision, recall and F1 side by side, rankings with the orders of ties side by side; between them what else
     * follows from distances.
     */
    public static Map<String, Listing> tables(MetricsProfile profile) {
        Map<List<String>, List<String>> balls = new LinkedHashMap<>();
        Map<List<String>, List<String>> distances = new LinkedHashMap<>();
        Map<List<String>, List<String>> rankings = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (MetricsProfile.Row row : profile.rows()) {
            String queries = ProfileRows.name(row.noRelevant());
            String self = ProfileRows.name(row.selfMatch());
            if (row.emptyBall() != null) {
                names.add(StandardMetrics.quantity(row.metric()).nameInSentence());
                String radius = row.metric().substring(row.metric().indexOf('@') + 1);
                add(
                        balls,
                        List.of(
                                radius,
                                ProfileRows.name(row.average()),
                                ProfileRows.name(row.emptyBall()),
                                queries,
                                self),
                        row.value());
            } else if (row.ties() == null) {
                add(distances, List.of(row.metric(), ProfileRows.name(row.average()), queries, self), row.value());
            } else {
                add(rankings, List.of(row.metric(), ProfileRows.name(row.apDenominator()), queries, self), row.value());
            }
        }
        Map<String, Listing> tables = new LinkedHashMap<>();
        List<String> headings =
                new ArrayList<>(List.of("radius", "average", "empty ball", "nothing relevant", "self match"));
        headings.addAll(names);
        tables.put("Within a Hamming radius", table(balls, headings));
        if (!distances.isEmpty()) {
            tables.put(
                    "Distances",
                    table(distances, List.of("metric", "average", "nothing relevant", "self match", "value")));
        }
        List<String> columns = new ArrayList<>(List.of("metric", "divisor", "nothing relevant", "self match"));
        for (Ties ties : Ties.values()) {
            if (profile.rows().stream().anyMatch(row -> row.ties() == ties)) {
                columns.add("ties " + ties.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        tables.put("Rankings", table(rankings, columns));
        return tables;
    }

    private static void add(Map<List<String>, List<String>> rows, List<String> conventions, double value) {
        rows.computeIfAbsent(conventions, key -> new ArrayList<>())
                .add(Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value));
    }

    private static Listing table(Map<List<String>, List<String>> rows, List<String> columns) {
        Listing listing = new Listing(columns);
        rows.forEach((conventions, values) -> {
            List<String> cells = new ArrayList<>();
            conventions.forEach(cell -> cells.add(cell.isEmpty() ? "-" : cell));
            values.forEach(cell -> cells.add(cell.isEmpty() ? "-" : cell));
            listing.add(cells);
        });
        return listing;
    }
}
