package io.github.linfhash.core.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A random stream whose every step can be drawn on its own, in any order and on any device: Philox 4x32 with 10 rounds
 * (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3; SC 2011), as implemented by Commons RNG.
 *
 * <p>The two key words stand for the stream's name and seed. Of the four counter words, the last is the epoch, the one
 * before it the step; the first two count the blocks of four words drawn within a step, from 1.
 *
 * @param key0 the first key word
 * @param key1 the second key word
 */
public record CounterStream(int key0, int key1) {
    /** A new generator at the start of a step. */
    public UniformRandomProvider at(int epoch, int step) {
        return RandomSource.PHILOX_4X32.create(new int[] {key0, key1, 0, 0, step, epoch});
    }
}
