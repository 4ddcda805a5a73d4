package io.github.linfhash.baselines;

import io.github.linfhash.baselines.projection.DifHash;
import io.github.linfhash.baselines.projection.Itq;
import io.github.linfhash.baselines.projection.LdaHash;
import io.github.linfhash.baselines.projection.Lsh;
import io.github.linfhash.baselines.projection.SpectralHashing;
import io.github.linfhash.baselines.threshold.BoostedPsh;
import io.github.linfhash.baselines.threshold.Psh;
import io.github.linfhash.core.method.MethodSpec;
import java.util.List;

/** The shallow methods of this module. */
public final class Baselines {
    private Baselines() {}

    /** Their registrations, in the order of pages. */
    public static final List<MethodSpec<?>> ALL =
            List.of(Psh.SPEC, BoostedPsh.SPEC, LdaHash.SPEC, DifHash.SPEC, Lsh.SPEC, Itq.SPEC, SpectralHashing.SPEC);
}
