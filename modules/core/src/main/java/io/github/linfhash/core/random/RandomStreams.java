package io.github.linfhash.core.random;

import io.github.linfhash.core.digest.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The random streams of one seed, one for each purpose ("split", "anchors", "pairs", "init", "dictionary", ...).
 *
 * <p>Stream NAME of seed S is xoshiro256++ (Blackman and Vigna) as implemented by Commons RNG, whose 256-bit state is
 * the SHA-256 of the UTF-8 text {@code linfhash/NAME/S}, read as four little-endian longs. A stream therefore depends
 * on nothing but its name and the seed: it is the same on every machine and JDK, and drawing more from one stream
 * leaves all others as they were.
 *
 * @param seed any long
 */
public record RandomStreams(long seed) {
    /** A new generator at the start of the named stream. */
    public RestorableUniformRandomProvider stream(String name) {
        ByteBuffer digest = digest(name);
        long[] state = {digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong()};
        return RandomSource.XO_SHI_RO_256_PP.create(state);
    }

    /**
     * The counter-based stream of a name. Its key is the first eight bytes of the digest from which {@link #stream} takes
     * its state, as two little-endian ints.
     */
    public CounterStream counter(String name) {
        ByteBuffer digest = digest(name);
        return new CounterStream(digest.getInt(), digest.getInt());
    }

    private ByteBuffer digest(String name) {
        String text = "linfhash/" + name + "/" + seed;
        return ByteBuffer.wrap(Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
