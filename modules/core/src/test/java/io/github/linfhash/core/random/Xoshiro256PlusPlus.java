package io.github.linfhash.core.random;

/** The generator xoshiro256++ as Blackman and Vigna publish it ("Scrambled linear pseudorandom number generators"). */
final class Xoshiro256PlusPlus {
    private final long[] state;

    Xoshiro256PlusPlus(long... state) {
        this.state = state.clone();
    }

    long next() {
        long result = rotateLeft(state[0] + state[3], 23) + state[0];
        long shifted = state[1] << 17;
        state[2] ^= state[0];
        state[3] ^= state[1];
        state[1] ^= state[2];
        state[0] ^= state[3];
        state[2] ^= shifted;
        state[3] = rotateLeft(state[3], 45);
        return result;
    }

    private static long rotateLeft(long value, int places) {
        return value << places | value >>> (64 - places);
    }
}
