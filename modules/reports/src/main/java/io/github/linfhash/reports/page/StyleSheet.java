package io.github.linfhash.reports.page;

import io.github.linfhash.reports.charts.ChartColors;
import io.github.linfhash.reports.html.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The style sheet of all pages. */
final class StyleSheet {
    private static final String RESOURCE = "page.css";

    private StyleSheet() {}

    /** The sheet with more rules behind its own. */
    static Html html(String more) {
        try (InputStream in = Objects.requireNonNull(StyleSheet.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return Html.style(new String(in.readAllBytes(), StandardCharsets.UTF_8) + ChartColors.css() + more);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own style sheet cannot be read", e);
        }
    }
}
