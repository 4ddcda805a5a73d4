package io.github.linfhash.reports.page;

import java.util.Locale;

/** Counted things in words. */
final class Count {
    private Count() {}

    /** The number with thousands separated, and the noun in its plural where needed. */
    static String of(long number, String noun) {
        return of(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** The number with thousands separated. */
    static String of(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
