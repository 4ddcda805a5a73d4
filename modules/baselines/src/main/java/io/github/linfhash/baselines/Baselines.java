package io.github.linfhash.baselines;

import io.github.linfhash.baselines.graph.Agh;
import io.github.linfhash.baselines.kernel.ClassCodes;
import io.github.linfhash.baselines.kernel.Ksh;
import io.github.linfhash.baselines.kernel.Sdh;
import io.github.linfhash.baselines.kernel.Sgh;
import io.github.linfhash.baselines.pairs.BoostedPsh;
import io.github.linfhash.baselines.pairs.DifHash;
import io.github.linfhash.baselines.pairs.LdaHash;
import io.github.linfhash.baselines.pairs.Psh;
import io.github.linfhash.baselines.projection.Cosdish;
import io.github.linfhash.baselines.projection.Itq;
import io.github.linfhash.baselines.projection.ItqCca;
import io.github.linfhash.baselines.projection.Lsh;
import io.github.linfhash.baselines.projection.SpectralHashing;
import io.github.linfhash.baselines.projection.SphericalHashing;
import io.github.linfhash.core.method.MethodProvider;
import io.github.linfhash.core.method.MethodSpec;
import java.util.List;

/** The registrations of all baselines. */
public final class Baselines implements MethodProvider {
    /** One line each, in the order of pages. */
    public static final List<MethodSpec<?>> ALL = List.of(
            Ksh.SPEC,
            Sdh.SPEC,
            Sdh.FAST,
            Cosdish.SPEC,
            Agh.ONE_LAYER,
            Agh.TWO_LAYERS,
            Psh.SPEC,
            BoostedPsh.SPEC,
            LdaHash.SPEC,
            DifHash.SPEC,
            Lsh.SPEC,
            Itq.SPEC,
            ItqCca.SPEC,
            SpectralHashing.SPEC,
            SphericalHashing.SPEC,
            Sgh.SPEC,
            ClassCodes.SPEC);

    @Override
    public List<MethodSpec<?>> methods() {
        return ALL;
    }
}
