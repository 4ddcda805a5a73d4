package io.github.linfhash.quantizers.registry;

import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.antisparse.AntiSparse;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.product.OptimizedProductQuantizer;
import io.github.linfhash.quantizers.product.ProductQuantizer;
import io.github.linfhash.quantizers.product.ResidualQuantizer;
import io.github.linfhash.quantizers.rabitq.RaBitQ;
import io.github.linfhash.quantizers.scalar.Floats;
import io.github.linfhash.quantizers.scalar.Int8;
import io.github.linfhash.quantizers.scalar.Osq;
import io.github.linfhash.quantizers.scalar.Sq;
import io.github.linfhash.quantizers.scalar.TransformCoding;
import io.github.linfhash.quantizers.scalar.TurboQuant;
import io.github.linfhash.quantizers.sign.ItqSign;
import io.github.linfhash.quantizers.sign.PcaSign;
import io.github.linfhash.quantizers.sign.RotatedSign;
import io.github.linfhash.quantizers.sign.Sign;
import java.util.List;

/** The registrations of all quantizers. */
public final class Quantizers {
    /** One line each, in the order of tables. */
    public static final List<QuantizerSpec<?>> ALL = List.of(
            Sign.SPEC,
            Sign.TRUNCATED,
            RotatedSign.SPEC,
            ItqSign.SPEC,
            PcaSign.SPEC,
            RaBitQ.SPEC,
            Osq.SPEC,
            TurboQuant.SPEC,
            Int8.SPEC,
            Sq.SQ4,
            Sq.SQ8,
            TransformCoding.SPEC,
            ProductQuantizer.SPEC,
            OptimizedProductQuantizer.SPEC,
            ResidualQuantizer.SPEC,
            AntiSparse.SPEC,
            Floats.HALF,
            Floats.SPEC);

    /** The quantizers that are fitted to a {@link PortableQuantizer}, whose codes other programs can make and compare. */
    public static final List<QuantizerSpec<?>> PORTABLE = List.of(
            Sign.SPEC,
            Sign.TRUNCATED,
            RotatedSign.SPEC,
            ItqSign.SPEC,
            PcaSign.SPEC,
            RaBitQ.SPEC,
            Int8.SPEC,
            ProductQuantizer.SPEC,
            OptimizedProductQuantizer.SPEC);

    private Quantizers() {}
}
