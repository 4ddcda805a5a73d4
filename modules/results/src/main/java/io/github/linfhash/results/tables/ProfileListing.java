package io.github.linfhash.results.tables;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.core.evaluation.MetricsProfile;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.io.listings.CsvText;
import io.github.linfhash.io.listings.Listing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The metrics under all conventions, for people as two tables and for programs one value a row. */
public final class ProfileListing {
    /** The columns before the value: the metric, and the conventions, empty where one plays no part. */
    private static final List<String> CONVENTIONS =
            List.of("metric", "average", "emptyBall", "apDenominator", "ties", "noRelevant", "selfMatch");

    /** The first line of {@code metrics-profile.csv}. */
    public static final String HEADER = "method,bits,seed," + String.join(",", CONVENTIONS) + ",value\n";

    private ProfileListing() {}

    private static List<String> conventions(MetricsProfile.Row row) {
        return List.of(
                row.metric(),
                name(row.average()),
                name(row.emptyBall()),
                name(row.apDenominator()),
                name(row.ties()),
                name(row.noRelevant()),
                name(row.selfMatch()));
    }

    /** A convention as it is written in tables and files; empty where it plays no part. */
    private static String name(@Nullable Enum<?> convention) {
        return convention == null
                ? ""
                : convention.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The value in full precision; null where the conventions leave no query to average. */
    private static @Nullable Double value(MetricsProfile.Row row) {
        return Double.isNaN(row.value()) ? null : row.value();
    }

    /** One value a row, in full precision; empty where a convention plays no part, or no query is left to average. */
    public static Listing values(MetricsProfile profile) {
        Listing.OfRows<MetricsProfile.Row> listing = Listing.of(profile.rows());
        for (int c = 0; c < CONVENTIONS.size(); c++) {
            int place = c;
            listing.words(CONVENTIONS.get(c), row -> conventions(row).get(place));
        }
        return listing.words("value", ProfileListing::value);
    }

    /** The lines of one run under {@link #HEADER}. */
    public static String lines(RunKey key, MetricsProfile profile) {
        return CsvText.rows(values(profile).rows().stream()
                .map(row -> Stream.concat(Stream.of(key.entry(), key.bits(), key.seed()), row.stream())
                        .toList())
                .toList());
    }

    /** One object a row, without the conventions that play no part; {@code null} where no query is left to average. */
    public static void addTo(ArrayNode array, MetricsProfile profile) {
        for (MetricsProfile.Row row : profile.rows()) {
            ObjectNode node = array.addObject();
            List<String> cells = conventions(row);
            for (int c = 0; c < CONVENTIONS.size(); c++) {
                if (!cells.get(c).isEmpty()) {
                    node.put(CONVENTIONS.get(c), cells.get(c));
                }
            }
            node.put("value", value(row));
        }
    }

    /**
     * Balls with precision, recall and F1 side by side, rankings with the orders of ties side by side; between them what else
     * follows from distances.
     */
    public static Map<String, Listing> tables(MetricsProfile profile) {
        Set<String> ofBalls =
                new LinkedHashSet<>(List.of("radius", "average", "empty ball", "nothing relevant", "self match"));
        Set<String> ofRankings = new LinkedHashSet<>(List.of("metric", "divisor", "nothing relevant", "self match"));
        Map<List<String>, List<String>> balls = new LinkedHashMap<>();
        Map<List<String>, List<String>> distances = new LinkedHashMap<>();
        Map<List<String>, List<String>> rankings = new LinkedHashMap<>();
        for (MetricsProfile.Row row : profile.rows()) {
            String queries = name(row.noRelevant());
            String self = name(row.selfMatch());
            String metric = row.metric();
            if (row.emptyBall() != null) {
                ofBalls.add(StandardMetrics.quantity(metric).nameInSentence());
                String radius = metric.substring(metric.indexOf('@') + 1);
                add(balls, List.of(radius, name(row.average()), name(row.emptyBall()), queries, self), row);
            } else if (row.ties() == null) {
                add(distances, List.of(metric, name(row.average()), queries, self), row);
            } else {
                ofRankings.add("ties " + name(row.ties()));
                add(rankings, List.of(metric, name(row.apDenominator()), queries, self), row);
            }
        }
        Map<String, Listing> tables = new LinkedHashMap<>();
        tables.put("Within a Hamming radius", table(balls, ofBalls));
        if (!distances.isEmpty()) {
            tables.put(
                    "Distances",
                    table(distances, List.of("metric", "average", "nothing relevant", "self match", "value")));
        }
        tables.put("Rankings", table(rankings, ofRankings));
        return tables;
    }

    private static void add(Map<List<String>, List<String>> rows, List<String> conventions, MetricsProfile.Row row) {
        rows.computeIfAbsent(conventions, key -> new ArrayList<>())
                .add(Double.isNaN(row.value()) ? "" : String.format(Locale.ROOT, "%.4f", row.value()));
    }

    private static Listing table(Map<List<String>, List<String>> rows, Collection<String> columns) {
        Listing listing = new Listing(List.copyOf(columns));
        rows.forEach((conventions, values) -> listing.add(Stream.concat(conventions.stream(), values.stream())
                .map(cell -> cell.isEmpty() ? "-" : cell)
                .toList()));
        return listing;
    }
}
