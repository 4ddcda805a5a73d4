package io.github.linfhash.advisor.command;

import io.github.linfhash.advisor.export.QuantizerFolder;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.binding.OptionPaths;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.shell.NumberList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name one quantizer that other programs and other machines can take, and how it is fitted. */
public class QuantizerOptions {
    private static final String NAME = "--quantizer";

    @Option(
            names = NAME,
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "Quantizer: ${COMPLETION-CANDIDATES}.")
    private @Nullable String name;

    @Option(names = "--similarity", paramLabel = "S", description = "cosine, dot or euclidean (default: cosine).")
    private Similarity similarity = Similarity.COSINE;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            description = "Code size in bytes. Selects the first options that fit, in the order of 'linfhash advise',"
                    + " and agree with --option.")
    private @Nullable Integer bytes;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description =
                    "Option of the quantizer, such as distance=asymmetric; repeatable. Without --bytes, give all options.")
    private List<String> options = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "S", description = "Random seed (default: 0).")
    private int seed;

    /** The names of these quantizers. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Quantizers.PORTABLE.stream().map(QuantizerSpec::name).iterator();
        }
    }

    /** The quantizer's name, as it was given. */
    final @Nullable String name() {
        return name;
    }

    public final Similarity similarity() {
        return similarity;
    }

    public final long seed() {
        return seed;
    }

    /**
     * Checks what can be told before vectors are read.
     *
     * @param command its name, for messages
     */
    public final void check(String command) {
        registered();
        if (bytes == null && given().isEmpty()) {
            throw new InputException(command + ": expected --bytes, such as --bytes 48, or the options of " + name
                    + " that 'linfhash advise' printed, as --option, found neither");
        }
        NumberList.requireWithin("--seed", seed, 0, Integer.MAX_VALUE);
        if (bytes != null) {
            NumberList.requireWithin("--bytes", bytes, 1, QuantizerSpec.MOST_BYTES);
        }
    }

    /** The quantizer with its options, for vectors of a dimension. */
    public final QuantizerSpec.Configured configured(int dimension) {
        QuantizerSpec<?> registered = registered();
        return bytes == null
                ? bound(registered, dimension, given())
                : fitting(registered, dimension, bytes, given()).get(0);
    }

    /**
     * Returns the other options that fit into {@code --bytes} and agree with those given, as {@link #configured} takes the first;
     * empty without {@code --bytes}.
     */
    final List<Map<String, Object>> alternatives(int dimension) {
        if (bytes == null) {
            return List.of();
        }
        return fitting(registered(), dimension, bytes, given()).stream()
                .skip(1)
                .map(one -> QuantizerFolder.options(one.options()))
                .toList();
    }

    /**
     * Fits it.
     *
     * @param configured as {@link #configured} gives it
     * @param prepared n x d, as {@link PreparedVectors#of} gives them
     */
    public final PortableQuantizer fit(QuantizerSpec.Configured configured, FeatureMatrix prepared) {
        return (PortableQuantizer) configured.quantizer().fit(prepared, similarity, new RandomStreams(seed));
    }

    private Map<String, Object> given() {
        return OptionPaths.parse("--option", options);
    }

    private QuantizerSpec<?> registered() {
        return Quantizers.PORTABLE.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> known = Quantizers.PORTABLE.stream()
                            .map(QuantizerSpec::name)
                            .toList();
                    return new InputException(NAME + ": expected one of " + String.join(", ", known) + ", found "
                            + (name == null ? "none" : "'" + name + "'" + Suggestion.of(name, known)));
                });
    }

    /** The quantizer with all of its options given. */
    private static QuantizerSpec.Configured bound(QuantizerSpec<?> registered, int d, Map<String, Object> given) {
        return registered
                .bound(d, type -> StrictReader.convert("--option, quantizer " + registered.name(), given, type))
                .orElseThrow(() -> new InputException(
                        "--vectors: expected a dimension that " + registered.name() + " supports, found " + d));
    }

    /** Names the number of bytes, the nearest to one, that a quantizer fills in a dimension; empty if it does not support the dimension. */
    private static String nearest(QuantizerSpec<?> registered, int d, int bytes) {
        return IntStream.rangeClosed(1, QuantizerSpec.MOST_BYTES)
                .filter(size -> !registered.within(d, size).isEmpty())
                .boxed()
                .min(Comparator.comparingInt(size -> Math.abs(size - bytes)))
                .map(size -> ", such as " + size)
                .orElse("");
    }

    /** Those that fit into bytes and agree with the options given, at least one. */
    private static List<QuantizerSpec.Configured> fitting(
            QuantizerSpec<?> registered, int d, int bytes, Map<String, Object> given) {
        List<QuantizerSpec.Configured> fitting = registered.within(d, bytes);
        if (fitting.isEmpty()) {
            throw new InputException("--bytes: expected a size that " + registered.name() + " can fill in dimension "
                    + d + nearest(registered, d, bytes) + ", found " + bytes);
        }
        List<QuantizerSpec.Configured> agreeing = fitting.stream()
                .filter(one -> QuantizerFolder.options(one.options()).entrySet().containsAll(given.entrySet()))
                .toList();
        if (agreeing.isEmpty()) {
            throw new InputException("--option: expected options of " + registered.name() + " in " + bytes + " bytes, "
                    + fitting.stream()
                            .map(one -> StrictReader.toYamlFlow(QuantizerFolder.options(one.options())))
                            .collect(Collectors.joining(" or "))
                    + ", found " + StrictReader.toYamlFlow(given));
        }
        return agreeing;
    }
}
