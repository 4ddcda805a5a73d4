package io.github.linfhash.protocols.protocol;

import static io.github.linfhash.io.binding.StrictReader.require;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.io.binding.StrictReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A method of a comparison, or one of its configurations: a registered method with options.
 *
 * @param name registered name
 * @param variant name of this configuration: lower-case words with dashes; required if the method appears several times
 * @param options options that differ from the method's defaults
 * @param optionsAt by code length, options that differ from {@code options}, merged group by group
 * @param bits code lengths to run (default: all of the protocol)
 * @param seeds seeds to run (default: all of the protocol)
 * @param note remark about this configuration, shown with its numbers
 * @param tunedBy command that selected the options
 * @param search trace of the search that selected the options; path within the project or relative to the protocol
 *     file
 * @param replicates configuration that was searched several times, of which this is one: the variant is called
 *     {@code REPLICATES-N} with the number N of its search, and results show all of them as one (default: none)
 */
public record MethodEntry(
        String name,
        @Nullable String variant,
        @Nullable Map<String, Object> options,
        @Nullable Map<Integer, Map<String, Object>> optionsAt,
        @Nullable List<Integer> bits,
        @Nullable List<Long> seeds,
        @Nullable String note,
        @Nullable String tunedBy,
        @Nullable String search,
        @Nullable String replicates) {
    public MethodEntry {
        require(
                variant == null || isVariant(variant),
                "expected as variant of " + name + " lower-case words with dashes, found '" + variant + "'");
        require(note == null || !note.isBlank(), "expected as note of " + name + " a sentence, found none");
        options = options == null ? Map.of() : Map.copyOf(options);
        optionsAt = optionsAt == null ? Map.of() : Map.copyOf(optionsAt);
        if (search != null) {
            requirePath(
                    "search of " + name + " a path below the folder of the project or of the protocol's file", search);
            require(tunedBy != null, "expected the key 'tunedBy' with the key 'search' of " + name + ", found none");
        }
        if (replicates != null) {
            require(
                    tunedBy != null
                            && variant != null
                            && variant.matches(Pattern.quote(replicates) + "-[1-9][0-9]{0,8}"),
                    "expected the key 'tunedBy' and the variant " + replicates
                            + "-N, with the number of the tuning run, of " + name + " that replicates " + replicates
                            + ", found the variant '" + variant + "'");
        }
        bits = bits == null ? null : List.copyOf(bits);
        seeds = seeds == null ? null : List.copyOf(seeds);
    }

    private static void requirePath(String what, String file) {
        Path path = Path.of(file).normalize();
        require(
                !file.isBlank() && !path.isAbsolute() && !path.startsWith(".."),
                "expected as " + what + ", found '" + file + "'");
    }

    boolean runs(int length, long seed) {
        return (bits == null || bits.contains(length)) && (seeds == null || seeds.contains(seed));
    }

    /** Whether a text may name a variant. */
    public static boolean isVariant(String text) {
        // The loop gives nothing back; Java would keep a way back for each word, on a stack too small for thousands.
        return text.matches("[a-z][a-z0-9]*(?:-[a-z0-9]+)*+");
    }

    /** A method with its default options. */
    public static MethodEntry of(String name) {
        return StrictReader.convert("method", Map.of("name", name), MethodEntry.class);
    }

    @Override
    public Map<String, Object> options() {
        return options == null ? Map.of() : options;
    }

    @Override
    public Map<Integer, Map<String, Object>> optionsAt() {
        return optionsAt == null ? Map.of() : optionsAt;
    }

    /** Returns its name in results: {@code METHOD}, or {@code METHOD:VARIANT} where it has a variant. */
    public String entry() {
        return RunKey.entry(name, variant == null ? "" : variant);
    }
}
