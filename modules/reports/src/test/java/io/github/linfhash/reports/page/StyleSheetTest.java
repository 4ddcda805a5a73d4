package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.reports.html.Html;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StyleSheetTest {
    /** WCAG 2.1, success criterion 1.4.3, level AA, text of any size. */
    private static final double AA = 4.5;

    private static final Pattern BLOCK = Pattern.compile(":root \\{([^}]*)\\}");
    private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): #([0-9a-f]{6})");

    /** The colours of the light, the dark and the printed page, in this order. */
    private static final List<Map<String, Integer>> THEMES = themes();

    @ParameterizedTest
    @CsvSource({
        "ink, paper",
        "muted, paper",
        "accent, paper",
        "ink, raised",
        "muted, raised",
        "warn-ink, warn-paper",
        "good-ink, good-paper",
        "bad-ink, bad-paper"
    })
    void everyTextHasEnoughContrastInEveryTheme(String ink, String paper) {
        assertThat(THEMES)
                .hasSize(3)
                .allSatisfy(theme -> assertThat(contrast(theme, ink, paper)).isGreaterThan(AA));
    }

    /** Values of WCAG's own definition: black on white is 21, and #777777 on white just misses AA. */
    @Test
    void contrastIsThatOfTheGuidelines() {
        assertThat(contrast(Map.of("a", 0x000000, "b", 0xffffff), "a", "b")).isCloseTo(21, within(1e-9));
        assertThat(contrast(Map.of("a", 0x777777, "b", 0xffffff), "a", "b")).isCloseTo(4.48, within(0.005));
    }

    private static List<Map<String, Integer>> themes() {
        Map<String, Integer> colours = new HashMap<>();
        return BLOCK.matcher(Html.render(StyleSheet.html()))
                .results()
                .map(block -> {
                    COLOUR.matcher(block.group(1))
                            .results()
                            .forEach(colour -> colours.put(colour.group(1), Integer.parseInt(colour.group(2), 16)));
                    return Map.copyOf(colours);
                })
                .toList();
    }

    private static double contrast(Map<String, Integer> theme, String a, String b) {
        double first = luminance(theme.getOrDefault(a, -1));
        double second = luminance(theme.getOrDefault(b, -1));
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(int rgb) {
        assertThat(rgb).isNotNegative();
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double value = (channel & 0xff) / 255.0;
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
