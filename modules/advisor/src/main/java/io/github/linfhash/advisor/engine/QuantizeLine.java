package io.github.linfhash.advisor.engine;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The command that writes a quantizer and its codes. */
public final class QuantizeLine {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@%+,:=-]+");

    private QuantizeLine() {}

    /**
     * The files of a command.
     *
     * @param vectors the file of the vectors
     * @param out the folder that is written
     */
    public record Files(String vectors, String out) {
        /** Placeholders, where nobody knows the files. */
        public static final Files UNKNOWN = new Files("FILE", "DIR");

        /**
         * The files for some vectors, and a folder beside the running command named after them.
         *
         * @param vectors as the command has it
         */
        public static Files of(String vectors) {
            String name = vectors.substring(vectors.replace('\\', '/').lastIndexOf('/') + 1);
            int dot = name.lastIndexOf('.');
            return new Files(vectors, (dot > 0 ? name.substring(0, dot) : name) + "-codes");
        }
    }

    private static String quoted(String path) {
        return PLAIN.matcher(path).matches() ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    /** The command with all options; empty for what {@code linfhash quantize} does not export. */
    public static Optional<String> of(String quantizer, Record options, Similarity similarity, Files files) {
        return Quantizers.isPortable(quantizer)
                ? Optional.of("linfhash quantize"
                        + (options instanceof Prefix.Options cut ? " --prefix " + cut.prefix() : "")
                        + " --quantizer " + quantizer + " --option "
                        + OptionEntry.words(
                                options instanceof Prefix.Options cut ? cut.quantizer() : options, "=", " --option ")
                        + (similarity == Similarity.COSINE
                                ? ""
                                : " --similarity " + similarity.name().toLowerCase(Locale.ROOT))
                        + " --vectors " + quoted(files.vectors()) + " --out " + quoted(files.out()))
                : Optional.empty();
    }
}
