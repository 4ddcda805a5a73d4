package io.github.linfhash.engines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A strict reader of the part of OpenMetrics 1.0 that has gauges and counters: order, units, suffixes, labels, and the end are checked. */
final class OpenMetricsText {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern TYPE = Pattern.compile("# TYPE (" + NAME + ") (gauge|counter)");
    private static final Pattern UNIT = Pattern.compile("# UNIT (" + NAME + ") ([a-z]+)");
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") ([^\\\\]+)");
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE =
            Pattern.compile("(" + NAME + ")(\\{" + LABEL + "(?:," + LABEL + ")*\\})? (-?[0-9.]+(?:E-?[0-9]+)?)");

    private OpenMetricsText() {}

    /** Returns all samples by their names with labels. */
    static Map<String, Double> parse(String text) {
        assertThat(text).endsWith("\n# EOF\n");
        Map<String, Double> samples = new LinkedHashMap<>();
        Map<String, String> families = new LinkedHashMap<>();
        String family = "";
        boolean helped = false;
        for (String line : text.substring(0, text.length() - "# EOF\n".length()).split("\n")) {
            Matcher type = TYPE.matcher(line);
            Matcher unit = UNIT.matcher(line);
            Matcher help = HELP.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                family = type.group(1);
                helped = false;
                assertThat(families.put(family, type.group(2)))
                        .as("once: " + line)
                        .isNull();
            } else if (unit.matches()) {
                assertThat(unit.group(1)).isEqualTo(family).endsWith("_" + unit.group(2));
            } else if (help.matches()) {
                assertThat(help.group(1)).isEqualTo(family);
                assertThat(helped).isFalse();
                helped = true;
            } else {
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(helped).as("HELP before " + line).isTrue();
                assertThat(sample.group(1))
                        .isEqualTo("counter".equals(families.get(family)) ? family + "_total" : family);
                double value = Double.parseDouble(sample.group(3));
                assertThat(value).isFinite();
                assertThat(family.endsWith("_ratio") && value > 1).isFalse();
                assertThat(samples.put(sample.group(1) + sample.group(2), value))
                        .as("once: " + line)
                        .isNull();
            }
        }
        return samples;
    }
}
