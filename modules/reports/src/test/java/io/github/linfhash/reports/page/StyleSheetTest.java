package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.ChartColors;
import io.github.linfhash.html.page.PageShell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StyleSheetTest {
    /** WCAG 2.1, success criterion 1.4.3, level AA, text of any size. */
    private static final double AA = 4.5;

    private static final Pattern BLOCK = Pattern.compile(":root(?:, [^{]*)? \\{([^}]*)\\}");
    private static final Pattern COLOR = Pattern.compile("--([a-z-]+): #([0-9a-f]{6})");
    private static final Pattern PAIR = Pattern.compile("--([a-z-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)");
    private static final Pattern LINE =
            Pattern.compile("\\.c[0-9]+ \\{ color: light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)");

    /** WCAG 2.1, success criterion 1.4.11, level AA: what is needed to understand graphics. */
    private static final double GRAPHICS = 3;

    /** The colors of the light, the dark and the printed page, in this order. */
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

    @Test
    void linesOfChartsStandOutFromThePaperInEveryTheme() {
        List<MatchResult> lines = LINE.matcher(css()).results().toList();
        assertThat(lines).hasSize(ChartColors.COUNT);
        for (MatchResult line : lines) {
            Map<String, Integer> light = Map.of("line", rgb(line.group(1)), "paper", color(0, "paper"));
            Map<String, Integer> dark = Map.of("line", rgb(line.group(2)), "paper", color(1, "paper"));
            assertThat(contrast(light, "line", "paper")).isGreaterThan(GRAPHICS);
            assertThat(contrast(dark, "line", "paper")).isGreaterThan(GRAPHICS);
        }
    }

    private static int color(int theme, String name) {
        return THEMES.get(theme).getOrDefault(name, -1);
    }

    private static String css() {
        return Html.render(PageShell.styleSheet(""));
    }

    private static int rgb(String digits) {
        return Integer.parseInt(digits, 16);
    }

    private static List<Map<String, Integer>> themes() {
        Map<String, Integer> light = new HashMap<>();
        Map<String, Integer> dark = new HashMap<>();
        Map<String, Integer> print = new HashMap<>();
        BLOCK.matcher(css()).results().forEach(block -> {
            PAIR.matcher(block.group(1)).results().forEach(pair -> {
                light.put(pair.group(1), rgb(pair.group(2)));
                dark.put(pair.group(1), rgb(pair.group(3)));
                print.put(pair.group(1), rgb(pair.group(2)));
            });
            COLOR.matcher(block.group(1)).results().forEach(one -> print.put(one.group(1), rgb(one.group(2))));
        });
        return List.of(light, dark, print);
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
