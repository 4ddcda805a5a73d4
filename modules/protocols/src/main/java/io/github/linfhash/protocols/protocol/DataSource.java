package io.github.linfhash.protocols.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** Where the rows of a protocol come from. */
public sealed interface DataSource permits DataSource.OfSet {
    /** What it is, for lists. */
    String shown();

    /**
     * A data set that linfhash has a manifest of.
     *
     * @param set its name
     * @param padTo side of the square on whose black ground each image is centred; null leaves images as they are
     */
    record OfSet(String set, @Nullable Integer padTo) implements DataSource {
        @Override
        public String shown() {
            return set;
        }
    }

    /** The source that some keys describe. */
    @JsonCreator
    static DataSource of(@JsonProperty("set") @Nullable String set, @JsonProperty("padTo") @Nullable Integer padTo) {
        if (set == null) {
            throw new IllegalArgumentException("expected the key 'set', found none");
        }
        return new OfSet(set, padTo);
    }
}
