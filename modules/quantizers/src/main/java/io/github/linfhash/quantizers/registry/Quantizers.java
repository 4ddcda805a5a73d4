package io.github.linfhash.quantizers.registry;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.QuantizerProvider;
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
import io.github.linfhash.quantizers.scalar.Saq;
import io.github.linfhash.quantizers.scalar.Sq;
import io.github.linfhash.quantizers.scalar.TransformCoding;
import io.github.linfhash.quantizers.scalar.TurboPlus;
import io.github.linfhash.quantizers.scalar.TurboQuant;
import io.github.linfhash.quantizers.sign.ItqSign;
import io.github.linfhash.quantizers.sign.PcaSign;
import io.github.linfhash.quantizers.sign.RotatedSign;
import io.github.linfhash.quantizers.sign.Sign;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The registrations of all quantizers. */
public final class Quantizers {
    private static final int LEAST_PREFIX = 32;

    /** The quantizers of linfhash. One line each, in the order of tables. */
    public static final List<QuantizerSpec<?>> ALL = List.of(
            Sign.SPEC,
            Sign.TRUNCATED,
            RotatedSign.SPEC,
            ItqSign.SPEC,
            PcaSign.SPEC,
            RaBitQ.SPEC,
            Osq.SPEC,
            TurboQuant.SPEC,
            TurboPlus.SPEC,
            Saq.SPEC,
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

    /** The names of quantizers that keep a sign of each coordinate, and so no norm. */
    public static final Set<String> SIGNS = Stream.of(
                    Sign.SPEC, Sign.TRUNCATED, RotatedSign.SPEC, ItqSign.SPEC, PcaSign.SPEC)
            .map(QuantizerSpec::name)
            .collect(Collectors.toUnmodifiableSet());

    /** The first letters of hashing methods among quantizers. */
    private static final String HASHING = "hash-";

    private Quantizers() {}

    /**
     * Returns what shows whether a model was trained for shorter embeddings: the first half, quarter and eighth of the dimensions, at full precision, as
     * far as these are {@value #LEAST_PREFIX} or more.
     */
    public static List<QuantizerSpec.Configured> prefixes(int dimension) {
        return Stream.of(2, 4, 8)
                .map(parts -> dimension / parts)
                .filter(prefix -> prefix >= LEAST_PREFIX)
                .flatMap(prefix -> Floats.SPEC.within(prefix, prefix * Float.BYTES).stream()
                        .map(floats -> Prefix.of(floats, prefix)))
                .toList();
    }

    /** Whether a quantizer of that name has codes that other programs can make and compare. */
    public static boolean isPortable(String name) {
        return PORTABLE.stream().anyMatch(one -> one.name().equals(name));
    }

    /**
     * Returns the quantizers of linfhash, then those of other jars on the class path.
     *
     * @throws InputException if a provider cannot be used
     */
    public static List<QuantizerSpec<?>> all() {
        List<QuantizerProvider> providers = new ArrayList<>();
        try {
            ServiceLoader.load(QuantizerProvider.class).forEach(providers::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new InputException(
                    "quantizers on the class path: expected a provider that can be loaded, found: "
                            + Objects.requireNonNullElse(e.getMessage(), e.toString()),
                    e);
        }
        providers.sort(Comparator.comparing(Quantizers::nameOf));
        return with(providers);
    }

    /** Returns the quantizers of linfhash, then those of providers. */
    static List<QuantizerSpec<?>> with(List<QuantizerProvider> providers) {
        List<QuantizerSpec<?>> all = new ArrayList<>(ALL);
        for (QuantizerProvider provider : providers) {
            for (QuantizerSpec<?> spec : registered(provider)) {
                if (!MethodSpec.isName(spec.name()) || spec.name().startsWith(HASHING)) {
                    throw new InputException("quantizers of " + nameOf(provider)
                            + ": expected names of lower-case letters, digits and hyphens that do not begin with "
                            + HASHING + ", found '" + spec.name() + "'");
                }
                if (all.stream().anyMatch(one -> one.name().equals(spec.name()))) {
                    throw new InputException("quantizers of " + nameOf(provider)
                            + ": expected names that no other quantizer has, found '" + spec.name() + "'");
                }
                all.add(PlugIn.guarded(spec, nameOf(provider)));
            }
        }
        return all;
    }

    private static List<QuantizerSpec<?>> registered(QuantizerProvider provider) {
        try {
            return List.copyOf(provider.quantizers());
        } catch (RuntimeException | LinkageError e) {
            throw new InputException("quantizers of " + nameOf(provider) + ": expected registrations, found: " + e, e);
        }
    }

    private static String nameOf(QuantizerProvider provider) {
        return provider.getClass().getName();
    }

    /** The quantizer of a name, if there is one. */
    public static Optional<QuantizerSpec<?>> find(String name) {
        return all().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The names of {@link #all}. */
    public static List<String> names() {
        return all().stream().map(QuantizerSpec::name).toList();
    }

    /**
     * Returns what every advice shows, with all dimensions: the vectors themselves, int8, signs (their Hamming distance, and queries at full
     * precision), and RaBitQ of one bit.
     */
    public static List<QuantizerSpec.Configured> wellKnown(int dimension) {
        int packed = (dimension + 7) / 8;
        return Stream.of(
                        Sign.SPEC.within(dimension, packed),
                        RaBitQ.SPEC.within(dimension, packed + RaBitQ.SIDE_BYTES).stream()
                                .filter(QuantizerSpec.Configured::standard)
                                .filter(one -> one.options() instanceof RaBitQ.Options options
                                        && options.bits() == 1
                                        && options.dimensions() == dimension)
                                .toList(),
                        Int8.SPEC.within(dimension, dimension + Int8.SIDE_BYTES),
                        Floats.SPEC.within(dimension, dimension * Float.BYTES))
                .flatMap(List::stream)
                .toList();
    }
}
