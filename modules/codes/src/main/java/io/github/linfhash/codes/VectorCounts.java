package io.github.linfhash.codes;

/**
 * Whether this processor counts the bits of columns of 32-bit words faster than those of rows of 64-bit words, as it does where one instruction
 * counts those of a whole vector (VPOPCNTDQ). The virtual machine does not tell; so both are measured, once in a process and for {@value
 * #MILLIS} ms. Distances are the same either way.
 */
final class VectorCounts {
    private static final int MILLIS = 50;
    private static final int WORDS = 12;

    static final boolean FAST = measured();

    private VectorCounts() {}

    private static boolean measured() {
        byte[] rows = new byte[Block.CODES * WORDS * Integer.BYTES];
        Block block = new Block(new Block.Shape(WORDS, 0, 0, 0));
        UniformQuery query = UniformQuery.of(new float[WORDS * Integer.SIZE], 4);
        int[] words = new int[WORDS * 4];
        int[] products = new int[Block.CODES];
        float sum = 0;
        long ofColumns = Long.MAX_VALUE;
        long ofRows = Long.MAX_VALUE;
        for (long end = System.nanoTime() + MILLIS * 1_000_000L; System.nanoTime() < end; ) {
            long start = System.nanoTime();
            WordColumns.products(block::word, 1, words, 4, products);
            long between = System.nanoTime();
            for (int i = 0; i < Block.CODES; i++) {
                sum += PackedBits.product(rows, i * WORDS * Integer.BYTES, WORDS * Integer.BYTES, query);
            }
            ofRows = Math.min(ofRows, System.nanoTime() - between);
            ofColumns = Math.min(ofColumns, between - start);
        }
        // The sum is 0, which the compiler does not know: it leaves nothing out.
        return sum == 0 && ofColumns < ofRows;
    }
}
