package io.github.linfhash.baselines;

import io.github.linfhash.baselines.graph.Agh;
import io.github.linfhash.baselines.kernel.Ksh;
import io.github.linfhash.core.method.MethodSpec;
import java.util.List;

/** The registrations of all baselines. */
public final class Baselines {
    /** By name. */
    public static final List<MethodSpec<?>> ALL = List.of(Agh.ONE_LAYER, Agh.TWO_LAYERS, Ksh.SPEC);

    private Baselines() {}
}
