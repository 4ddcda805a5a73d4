package io.github.linfhash.results.schema;

import io.github.linfhash.core.method.MethodSpec.Supervision;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The names of {@link Supervision} in results.json. */
final class SupervisionNames {
    private SupervisionNames() {}

    static String of(Supervision supervision) {
        return supervision.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> all() {
        return Arrays.stream(Supervision.values()).map(SupervisionNames::of).toList();
    }

    /** The constant of a name out of {@link #all}. */
    static Supervision parse(String name) {
        return Supervision.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
