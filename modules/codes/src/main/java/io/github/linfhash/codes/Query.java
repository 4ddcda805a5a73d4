package io.github.linfhash.codes;

/**
 * A query, prepared once for its distances to many codes. Not safe for threads: it has room of its own, so that no distance allocates
 * anything.
 */
public abstract class Query {
    private final float[] one = new float[1];

    Query() {}

    /**
     * Estimates the distance to a code: a smaller one is nearer. Values order codes for this query, are in no unit that two quantizers
     * share, and may be negative.
     *
     * @param code as {@link FittedQuantizer#encode} gives it
     * @throws IndexOutOfBoundsException if it is shorter
     */
    public final float distance(byte[] code) {
        distances(code, 0, 1, one);
        return one[0];
    }

    /**
     * Estimates the distances to codes that lie one after the other.
     *
     * @param from where the first code is
     * @param target takes {@code count} distances
     * @throws IndexOutOfBoundsException if there are fewer bytes than those of {@code count} codes, or the target is shorter
     */
    public abstract void distances(byte[] codes, int from, int count, float[] target);

    /**
     * Estimates the distances to codes of which only those up to a limit matter: others may get any larger value.
     *
     * @param limit positive infinity if all matter
     */
    void distances(byte[] codes, int from, int count, float limit, float[] target) {
        distances(codes, from, count, target);
    }

    /**
     * Estimates the distances to the codes of a block; others than those up to a limit may get any larger value.
     *
     * @return whether there may be one up to the limit, or NaN; if not, the target contains no distances
     */
    boolean distances(Block block, float limit, float[] target) {
        throw new UnsupportedOperationException("a scheme whose codes are turned into blocks compares them");
    }
}
