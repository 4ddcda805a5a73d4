package io.github.linfhash.results.audit;

import io.github.linfhash.core.evaluation.StandardMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which columns of a table in CSV mean what, however their author spells them.
 *
 * @param roles the column of each role that there is
 * @param metrics the columns that are metrics themselves, by our key: those of a table with one row a method
 */
record TableColumns(Map<Role, String> roles, Map<String, String> metrics) {
    private static final Pattern AT = Pattern.compile(
            "(precision|prec\\.?|p|recall|rec\\.?|r|f1|f-measure|f)@\\(?(?:radius|r|d)?(?:<=|=|\u2264)?(\\d{1,4})\\)?");

    /** What a column says of its line. */
    enum Role {
        TABLE("table"),
        DATASET("dataset|data set|data"),
        METHOD("method|model|algorithm|row|name"),
        BITS("bits|length|code length|n"),
        METRIC("metric|measure"),
        VALUE("value|printed|printed_percent|percent|score");

        private final String names;

        Role(String names) {
            this.names = names;
        }
    }

    static TableColumns of(List<String> header) {
        Map<Role, String> roles = new LinkedHashMap<>();
        Map<String, String> metrics = new LinkedHashMap<>();
        for (String column : header) {
            String name = column.strip().toLowerCase(Locale.ROOT);
            for (Role role : Role.values()) {
                if (name.matches(role.names)) {
                    roles.putIfAbsent(role, column);
                }
            }
            metric(column).ifPresent(key -> metrics.putIfAbsent(key, column));
        }
        return new TableColumns(roles, metrics);
    }

    /** Whether each line is one number with the name of its metric. */
    boolean isLong() {
        return roles.containsKey(Role.METRIC) && roles.containsKey(Role.VALUE);
    }

    Optional<String> column(Role role) {
        return Optional.ofNullable(roles.get(role));
    }

    /** Our key of a metric; empty for what is none that the audit knows. */
    static Optional<String> metric(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT).replace(" ", "");
        Matcher at = AT.matcher(name);
        if (at.matches()) {
            String stem =
                    at.group(1).startsWith("p") ? "precision" : at.group(1).startsWith("r") ? "recall" : "f1";
            return Optional.of(stem + "@" + Integer.parseInt(at.group(2)));
        }
        if (name.equals(StandardMetrics.MAP.key()) || name.matches("map@\\d{1,6}")) {
            return Optional.of(name);
        }
        if (name.equals("mp@5k")) {
            return Optional.of(StandardMetrics.PRECISION_TOP_5000.key());
        }
        return name.matches("precisiontop\\d{1,6}")
                ? Optional.of(name.replace("precisiontop", "precisionTop"))
                : Optional.empty();
    }
}
