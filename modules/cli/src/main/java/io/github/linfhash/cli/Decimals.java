package io.github.linfhash.cli;

import java.util.Locale;

/** Numbers as the tables of the commands print them. */
final class Decimals {
    private Decimals() {}

    /** Four decimals, with a point whatever the locale. */
    static String of(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
