package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The key of a metric must be spelled only where the metric is registered. */
class MetricKeysTest {
    private static final Pattern LITERAL = Pattern.compile("\"([A-Za-z0-9@]+)\"");

    /** Where metrics are registered, the measure that is named where it is defined, and a method of Java that is called by its name. */
    private static final Set<String> REGISTRATION = Set.of("StandardMetrics.java", "OutputCurves.java", "Mapping.java");

    @Test
    void noOtherMainClassSpellsTheKeyOfAMetric() throws IOException {
        List<String> spelled = new ArrayList<>();
        int classes = 0;
        for (Path source : sources()) {
            classes++;
            LITERAL.matcher(Files.readString(source))
                    .results()
                    .map(MatchResult::group)
                    .filter(literal -> StandardMetrics.keys().contains(literal.replace("\"", "")))
                    .forEach(literal -> spelled.add(source.getFileName() + ": " + literal));
        }
        assertThat(classes).isGreaterThan(500);
        assertThat(spelled).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().matches("\\.\\./[a-z]+/src/main/java/.*\\.java"))
                    .filter(file -> !REGISTRATION.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }
}
