package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.MetricsProfile;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.results.listings.CsvText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A metrics profile as rows of texts, one value a row: what its CSV and JSON forms hold. */
public final class ProfileRows {
    /** The columns before the value: the metric, and the conventions, empty where one plays no part. */
    public static final List<String> CONVENTIONS =
            List.of("metric", "average", "emptyBall", "apDenominator", "ties", "noRelevant", "selfMatch");

    /** The first line of {@code metrics-profile.csv}. */
    public static final String HEADER = "method,bits,seed," + String.join(",", CONVENTIONS) + ",value\n";

    private ProfileRows() {}

    /** The metric and its conventions, in the order of {@link #CONVENTIONS}. */
    public static List<String> conventions(MetricsProfile.Row row) {
        return List.of(
                row.metric(),
                name(row.average()),
                name(row.emptyBall()),
                name(row.apDenominator()),
                name(row.ties()),
                name(row.noRelevant()),
                name(row.selfMatch()));
    }

    /** The value in full precision; empty where the conventions leave no query to average. */
    public static String value(MetricsProfile.Row row) {
        return Double.isNaN(row.value()) ? "" : Double.toString(row.value());
    }

    /** A convention as it is written in tables and files; empty where it plays no part. */
    public static String name(@Nullable Enum<?> convention) {
        return convention == null
                ? ""
                : convention.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The lines of one run under {@link #HEADER}. */
    public static String lines(RunKey key, MetricsProfile profile) {
        return CsvText.rows(profile.rows().stream()
                .map(row -> Stream.of(
                                List.of(key.entry(), key.bits(), key.seed()), conventions(row), List.of(value(row)))
                        .flatMap(List::stream)
                        .toList())
                .toList());
    }
}
