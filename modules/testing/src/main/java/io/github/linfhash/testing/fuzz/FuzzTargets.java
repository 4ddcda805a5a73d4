package io.github.linfhash.testing.fuzz;

import java.util.List;
import java.util.ServiceLoader;

/** The targets of a module; {@code META-INF/services} among its test resources names the class. */
public interface FuzzTargets {
    /** The targets. */
    List<FuzzTarget> targets();

    /** The targets of all modules on the class path. */
    static List<FuzzTarget> all() {
        return ServiceLoader.load(FuzzTargets.class).stream()
                .flatMap(module -> module.get().targets().stream())
                .toList();
    }
}
