package io.github.linfhash.codes;

import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The signs of a map's outputs, a bit each: 1 where a value is greater than 0. */
public final class SignScheme extends CodeScheme {
    private final int numbers;
    private final boolean hamming;

    /**
     * Signs of values.
     *
     * @param numbers N
     * @param hamming whether a query is compared by its own code; else by its float32 values
     */
    public SignScheme(int numbers, boolean hamming) {
        this.numbers = numbers;
        this.hamming = hamming;
    }

    /**
     * Compares a query with codes: by the number of bits in which its code differs; or, in float32, by less the sum of the values whose
     * bits are 1. The sum of +-q_j is twice that, less that of all values, which is the same for every code.
     *
     * @param codes of N bits
     * @param q the mapped query, N values
     */
    public Distances distances(BitPlanes codes, float[] q) {
        if (hamming) {
            BitPlanes own = BitPlanes.ofSigns(1, numbers, q);
            int[] words = WordColumns.of(own.words(), 1, numbers);
            return new Distances() {
                @Override
                public float to(int code) {
                    return codes.hamming(code, own, 0);
                }

                @Override
                public float[] first(int count) {
                    float[] distances = new float[Objects.checkIndex(count, codes.size() + 1)];
                    int[] differences = new int[Block.CODES];
                    for (int i = 0; i < count; i++) {
                        if (i % Block.CODES == 0) {
                            int[][] columns = codes.columns(i / Block.CODES);
                            WordColumns.hamming(w -> columns[w], words, differences);
                        }
                        distances[i] = differences[i % Block.CODES];
                    }
                    return distances;
                }
            };
        }
        BitPlanes.Products products = codes.products(q);
        return i -> -products.of(i);
    }

    @Override
    int inputs() {
        return numbers;
    }

    @Override
    int bytes() {
        return (numbers + 7) / 8;
    }

    @Override
    void encode(float[] x, float[] y, byte[] target, int at) {
        BitPlanes.ofSigns(1, numbers, y).copyTo(0, target, at);
    }

    @Override
    List<Column> columns() {
        return List.of(Column.codes(bytes()));
    }

    @Override
    Block.@Nullable Shape blocks() {
        return hamming ? new Block.Shape(WordColumns.words(numbers), 0, 0, 0) : null;
    }

    @Override
    void turn(byte[] rows, Block target) {
        WordColumns.turn(rows, bytes(), target);
    }

    @Override
    Query query(float[] z) {
        int width = bytes();
        if (hamming) {
            long[] own = BitPlanes.ofSigns(1, numbers, z).words();
            int[] words = WordColumns.of(own, 1, numbers);
            return new Query() {
                private final int[] differences = new int[Block.CODES];

                @Override
                public void distances(byte[] codes, int from, int count, float[] target) {
                    for (int i = 0; i < count; i++) {
                        target[i] = PackedBits.hamming(codes, from + i * width, width, own);
                    }
                }

                @Override
                boolean distances(Block block, float limit, float[] target) {
                    int least = 0;
                    if (VectorKernels.FOUND == null) {
                        WordColumns.hamming(block::word, words, differences);
                    } else {
                        least = VectorKernels.FOUND.hamming(block.stored(), block.wordsAt(), words, differences);
                    }
                    for (int i = 0; least <= limit && i < Block.CODES; i++) {
                        target[i] = differences[i];
                    }
                    return least <= limit;
                }
            };
        }
        float[] table = BitPlanes.table(z);
        return new Query() {
            @Override
            public void distances(byte[] codes, int from, int count, float[] target) {
                for (int i = 0; i < count; i++) {
                    target[i] = -PackedBits.product(codes, from + i * width, width, table);
                }
            }
        };
    }

    @Override
    String fault(byte[] code, int at) {
        return unused(code, at, numbers);
    }

    /** Refuses bits that are set beyond those of a code. */
    static String unused(byte[] code, int at, int bits) {
        boolean unused = bits % 8 != 0 && (code[at + bits / 8] & 0xff) >> bits % 8 != 0;
        return unused ? "a bit set beyond the " + bits + " bits of the code" : "";
    }

    @Override
    void describe(MessageDigest digest) {
        add(digest, "sign", numbers, hamming ? 1 : 0);
    }
}
