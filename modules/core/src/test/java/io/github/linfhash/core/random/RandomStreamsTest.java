package io.github.linfhash.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomStreamsTest {
    @Test
    void theTwinGivesThePublishedFirstOutputsOfState1234() {
        Xoshiro256PlusPlus twin = new Xoshiro256PlusPlus(1, 2, 3, 4);
        for (long expected : new long[] {41943041L, 58720359L, 3588806011781223L, 3591011842654386L}) {
            assertThat(twin.next()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"split, 0", "pairs, 3", "init, -9223372036854775808", "dictionary.1, 9223372036854775807"})
    void aStreamIsXoshiroFromTheDigestOfItsNameAndSeed(String name, long seed) {
        String hex = Digests.sha256("linfhash/" + name + "/" + seed);
        long[] state = new long[4];
        for (int k = 0; k < 32; k++) {
            long octet = Integer.parseInt(hex.substring(2 * k, 2 * k + 2), 16);
            state[k / 8] |= octet << (8 * (k % 8));
        }
        Xoshiro256PlusPlus twin = new Xoshiro256PlusPlus(state);
        UniformRandomProvider stream = new RandomStreams(seed).stream(name);
        for (int draw = 0; draw < 100; draw++) {
            assertThat(stream.nextLong()).isEqualTo(twin.next());
        }
    }

    @Test
    void firstDrawsOfTwoStreamsNeverChange() {
        // From a separate program in Python, with hashlib's SHA-256.
        UniformRandomProvider split = new RandomStreams(0).stream("split");
        assertThat(split.nextLong()).isEqualTo(0x1d2ef92041129e88L);
        assertThat(split.nextLong()).isEqualTo(0x72ffb36f1fe7914bL);
        assertThat(new RandomStreams(-7).stream("pairs").nextLong()).isEqualTo(0x458807f698ca87c3L);
    }

    @Test
    void streamsDifferByNameAndBySeed() {
        Set<Long> firstDraws = new HashSet<>();
        for (String name : new String[] {"split", "anchors", "pairs", "init", "Init", ""}) {
            for (long seed = -2; seed < 3; seed++) {
                firstDraws.add(new RandomStreams(seed).stream(name).nextLong());
            }
        }
        assertThat(firstDraws).hasSize(30);
    }

    @Test
    void drawingFromOneStreamLeavesTheOthers() {
        RandomStreams streams = new RandomStreams(5);
        long expected = streams.stream("b").nextLong();
        UniformRandomProvider other = streams.stream("a");
        other.nextLong();
        assertThat(streams.stream("b").nextLong()).isEqualTo(expected);
        assertThat(streams.stream("a").nextLong()).isNotEqualTo(other.nextLong());
    }
}
