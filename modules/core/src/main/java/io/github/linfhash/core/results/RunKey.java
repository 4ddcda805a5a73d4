package io.github.linfhash.core.results;

/**
 * Names one cell of a comparison.
 *
 * @param method the method's name
 * @param bits the code length N
 * @param seed the seed of split and training
 */
public record RunKey(String method, int bits, long seed) {
    @Override
    public String toString() {
        return method + "-" + bits + "-seed" + seed;
    }
}
