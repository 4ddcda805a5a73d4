package io.github.linfhash.quantisers.registry;

import io.github.linfhash.quantisers.PortableQuantiser;
import io.github.linfhash.quantisers.QuantiserSpec;
import io.github.linfhash.quantisers.antisparse.AntiSparse;
import io.github.linfhash.quantisers.product.OptimisedProductQuantiser;
import io.github.linfhash.quantisers.product.ProductQuantiser;
import io.github.linfhash.quantisers.rabitq.RaBitQ;
import io.github.linfhash.quantisers.scalar.Floats;
import io.github.linfhash.quantisers.scalar.Int8;
import io.github.linfhash.quantisers.scalar.Osq;
import io.github.linfhash.quantisers.scalar.TurboQuant;
import io.github.linfhash.quantisers.sign.ItqSign;
import io.github.linfhash.quantisers.sign.RotatedSign;
import io.github.linfhash.quantisers.sign.Sign;
import java.util.List;

/** The registrations of all quantisers. */
public final class Quantisers {
    /** One line each, in the order of tables. */
    public static final List<QuantiserSpec<?>> ALL = List.of(
            Sign.SPEC,
            Sign.TRUNCATED,
            RotatedSign.SPEC,
            ItqSign.SPEC,
            RaBitQ.SPEC,
            Osq.SPEC,
            TurboQuant.SPEC,
            Int8.SPEC,
            ProductQuantiser.SPEC,
            OptimisedProductQuantiser.SPEC,
            AntiSparse.SPEC,
            Floats.SPEC);

    /** Some dimension that all fit. */
    private static final int ANY_DIMENSION = 64;

    private Quantisers() {}

    /** The names of those whose parts other programs can take. */
    public static List<String> portable() {
        return ALL.stream()
                .flatMap(spec -> spec.smallest(ANY_DIMENSION).stream())
                .filter(one -> one.quantiser() instanceof PortableQuantiser)
                .map(QuantiserSpec.Configured::name)
                .toList();
    }
}
