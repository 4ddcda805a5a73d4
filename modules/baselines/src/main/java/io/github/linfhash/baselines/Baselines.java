package io.github.linfhash.baselines;

import io.github.linfhash.baselines.kernel.Ksh;
import io.github.linfhash.core.method.MethodSpec;
import java.util.List;

/** The registrations of all baselines. */
public final class Baselines {
    /** One line each, by name. */
    public static final List<MethodSpec<?>> ALL = List.of(Ksh.SPEC);

    private Baselines() {}
}
