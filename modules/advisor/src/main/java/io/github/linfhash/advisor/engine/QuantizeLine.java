package io.github.linfhash.advisor.engine;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.util.Locale;
import java.util.Optional;

/** The command that writes a quantizer and its codes. */
public final class QuantizeLine {
    private QuantizeLine() {}

    /** The command with all options; empty for what {@code linfhash quantize} does not export. */
    public static Optional<String> of(String quantizer, Record options, Similarity similarity) {
        return Quantizers.isPortable(quantizer)
                ? Optional.of("linfhash quantize"
                        + (options instanceof Prefix.Options cut ? " --prefix " + cut.prefix() : "")
                        + " --quantizer " + quantizer + " --option "
                        + OptionEntry.words(
                                options instanceof Prefix.Options cut ? cut.quantizer() : options, "=", " --option ")
                        + (similarity == Similarity.COSINE
                                ? ""
                                : " --similarity " + similarity.name().toLowerCase(Locale.ROOT))
                        + " --vectors FILE --out DIR")
                : Optional.empty();
    }
}
