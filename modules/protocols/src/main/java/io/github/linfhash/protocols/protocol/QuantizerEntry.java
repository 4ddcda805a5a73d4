package io.github.linfhash.protocols.protocol;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A quantizer of a protocol: at each code length the options with which its code takes at most so many bits, side information
 * included, and as many of them as it can use.
 *
 * @param name its registered name
 * @param row the name of this entry among those of the quantizer; may be left out where it is there once
 * @param options what its options have to be; they have to leave one choice at each length
 * @param bits the code lengths at which it is run, where not at all of the protocol's
 * @param seeds with which seeds of the protocol it is run, where not with all
 * @param trainedOn what it is fitted to, where not to all of the database that is searched
 * @param note a sentence for people on what this row is; may be left out
 */
public record QuantizerEntry(
        String name,
        @Nullable String row,
        @Nullable Map<String, Object> options,
        @Nullable List<Integer> bits,
        @Nullable List<Long> seeds,
        @Nullable TrainedOn trainedOn,
        @Nullable String note) {
    public QuantizerEntry {
        if (row != null && !MethodEntry.isRow(row)) {
            throw new InputException(
                    "expected as row of " + name + " lower-case words with dashes, found '" + row + "'");
        }
        options = options == null ? Map.of() : Map.copyOf(options);
        bits = bits == null ? null : List.copyOf(bits);
        seeds = seeds == null ? null : List.copyOf(seeds);
    }

    @Override
    public Map<String, Object> options() {
        return options == null ? Map.of() : options;
    }

    /** What results call it: {@code NAME}, or {@code NAME:ROW} where it has a row. */
    public String entry() {
        return RunKey.entry(name, row == null ? "" : row);
    }

    /** What it is fitted to, and what is searched. */
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

    /** Which vectors of the database a quantizer is fitted to, and which of them are encoded and searched. */
    public enum TrainedOn {
        /** All of them, all of which are searched. */
        DATABASE,
        /** A half that is drawn with the seed, which alone is searched: what {@link #OTHER_HALF} is to be compared with. */
        SEARCHED_HALF,
        /** The other half, so that no vector that is searched was seen: as for a database that grows. */
        OTHER_HALF
    }
}
