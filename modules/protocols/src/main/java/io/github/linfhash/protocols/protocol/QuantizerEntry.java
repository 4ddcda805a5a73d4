package io.github.linfhash.protocols.protocol;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A quantizer of a protocol. At each code length, its options are chosen to use as many bits as possible within the
 * length, including per-vector metadata.
 *
 * @param name registered name
 * @param variant name of this configuration; required if the quantizer appears several times
 * @param options required values of options; exactly one choice must remain at each length. {@code iterations}, {@code rounds} and
 *     {@code sample} take any value
 * @param bits code lengths to run (default: all of the protocol)
 * @param seeds seeds to run (default: all of the protocol)
 * @param trainedOn vectors to fit the quantizer to (default: the database)
 * @param note remark about this configuration
 */
public record QuantizerEntry(
        String name,
        @Nullable String variant,
        @Nullable Map<String, Object> options,
        @Nullable List<Integer> bits,
        @Nullable List<Long> seeds,
        @Nullable TrainedOn trainedOn,
        @Nullable String note) {
    public QuantizerEntry {
        if (variant != null && !MethodEntry.isVariant(variant)) {
            throw new InputException(
                    "expected as variant of " + name + " lower-case words with dashes, found '" + variant + "'");
        }
        options = options == null ? Map.of() : Map.copyOf(options);
        bits = bits == null ? null : List.copyOf(bits);
        seeds = seeds == null ? null : List.copyOf(seeds);
    }

    @Override
    public Map<String, Object> options() {
        return options == null ? Map.of() : options;
    }

    /** Returns its name in results: {@code NAME}, or {@code NAME:VARIANT} where it has a variant. */
    public String entry() {
        return RunKey.entry(name, variant == null ? "" : variant);
    }

    /** Returns the vectors that it is fitted to and those that are searched. */
    public TrainedOn training() {
        return trainedOn == null ? TrainedOn.DATABASE : trainedOn;
    }

    /** Whether it is run at a code length. */
    public boolean runsAt(int length) {
        return bits == null || bits.contains(length);
    }

    /** Whether it is run with a seed. */
    public boolean runsWith(long seed) {
        return seeds == null || seeds.contains(seed);
    }

    /** The database vectors that a quantizer is fitted to, and those that are encoded and searched. */
    public enum TrainedOn {
        /** All of them, all of which are searched. */
        DATABASE,
        /** A half that is drawn with the seed, which alone is searched: what {@link #OTHER_HALF} is to be compared with. */
        SEARCHED_HALF,
        /** The other half, so that no vector that is searched was seen: as for a database that grows. */
        OTHER_HALF
    }
}
