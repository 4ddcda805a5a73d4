package io.github.linfhash.html.charts;

import java.util.List;

/**
 * The colors of charts. Those of lines stay apart under the common color vision deficiencies (after Okabe and Ito's set,
 * darkened on white until each has a contrast of 3 against the paper, as WCAG 2.1, 1.4.11 asks of graphics).
 */
public final class ChartColors {
    public static final String PAPER = "#ffffff";
    public static final String INK = "#1a1f26";
    private static final String DARK_PAPER = "#14181d";
    private static final String DARK_INK = "#e7eaee";
    private static final List<String> LIGHT =
            List.of("#0072b2", "#c85200", "#00785a", "#a23b7b", "#7a5c00", "#3d7fae", "#4a4f57");
    private static final List<String> DARK =
            List.of("#56b4e9", "#ff8f3f", "#2fc59a", "#e08ac0", "#e0c04a", "#9cc9ff", "#c3c9d1");

    /** How many colors of lines there are. */
    public static final int COUNT = LIGHT.size();

    private ChartColors() {}

    public static String light(int index) {
        return LIGHT.get(index);
    }

    /** The rules that give charts their colors on light and on dark paper; within a page or in a picture alone. */
    public static String css() {
        StringBuilder css = new StringBuilder();
        rule(css, ".chart", "color", INK, DARK_INK);
        rule(css, ".chart .paper", "fill", PAPER, DARK_PAPER);
        rule(css, ".chart .halo", "stroke", PAPER, DARK_PAPER);
        for (int i = 0; i < COUNT; i++) {
            rule(css, ".chart .c" + i, "color", LIGHT.get(i), DARK.get(i));
        }
        return css.toString();
    }

    private static void rule(StringBuilder css, String selector, String property, String light, String dark) {
        css.append(selector).append(" { ").append(property).append(": light-dark(");
        css.append(light).append(", ").append(dark).append("); }\n");
    }
}
