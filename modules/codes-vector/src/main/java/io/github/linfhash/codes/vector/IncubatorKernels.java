package io.github.linfhash.codes.vector;

import io.github.linfhash.codes.VectorKernels;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels of {@code jdk.incubator.vector}, in the widest vectors of the processor, of 256 or 512 bits.
 *
 * <p>Vectors are passed to no method that the compiler does not inline, as it would allocate them: sums go through an array.
 */
public final class IncubatorKernels implements VectorKernels {
    private static final VectorSpecies<Byte> BYTES =
            ByteVector.SPECIES_PREFERRED.length() < 32 ? ByteVector.SPECIES_256 : ByteVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = BYTES.withLanes(short.class);
    private static final VectorSpecies<Integer> INTS = BYTES.withLanes(int.class);
    private static final VectorSpecies<Float> FLOATS = BYTES.withLanes(float.class);
    private static final VectorSpecies<Byte> HALF_BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(BYTES.vectorBitSize() / 2));
    private static final int LANES = BYTES.length();
    private static final int CODES = 256;
    private static final int GROUP = 128;

    /** After so many bytes, sums of 2 x 255 each are taken to 32 bits, before they leave 16. */
    private static final int BYTES_AT_ONCE = 128;

    /** Kernels as {@link java.util.ServiceLoader} makes them. */
    public IncubatorKernels() {}

    @Override
    public boolean usable() {
        return ByteVector.SPECIES_PREFERRED.length() == LANES;
    }

    @Override
    public int hamming(ByteBuffer columns, int at, int[] query, int[] target) {
        MemorySegment words = MemorySegment.ofBuffer(columns);
        int lanes = INTS.length();
        for (int from = 0; from < CODES; from += 8 * lanes) {
            IntVector s0 = IntVector.zero(INTS);
            IntVector s1 = IntVector.zero(INTS);
            IntVector s2 = IntVector.zero(INTS);
            IntVector s3 = IntVector.zero(INTS);
            IntVector s4 = IntVector.zero(INTS);
            IntVector s5 = IntVector.zero(INTS);
            IntVector s6 = IntVector.zero(INTS);
            IntVector s7 = IntVector.zero(INTS);
            for (int w = 0; w < query.length; w++) {
                int own = query[w];
                int place = at + Integer.BYTES * (w * CODES + from);
                s0 = s0.add(differences(words, place + 0 * LANES, own));
                s1 = s1.add(differences(words, place + 1 * LANES, own));
                s2 = s2.add(differences(words, place + 2 * LANES, own));
                s3 = s3.add(differences(words, place + 3 * LANES, own));
                s4 = s4.add(differences(words, place + 4 * LANES, own));
                s5 = s5.add(differences(words, place + 5 * LANES, own));
                s6 = s6.add(differences(words, place + 6 * LANES, own));
                s7 = s7.add(differences(words, place + 7 * LANES, own));
            }
            s0.intoArray(target, from + 0 * lanes);
            s1.intoArray(target, from + 1 * lanes);
            s2.intoArray(target, from + 2 * lanes);
            s3.intoArray(target, from + 3 * lanes);
            s4.intoArray(target, from + 4 * lanes);
            s5.intoArray(target, from + 5 * lanes);
            s6.intoArray(target, from + 6 * lanes);
            s7.intoArray(target, from + 7 * lanes);
        }
        return least(target);
    }

    private static IntVector differences(MemorySegment words, int place, int own) {
        return IntVector.fromMemorySegment(INTS, words, place, ByteOrder.nativeOrder())
                .lanewise(VectorOperators.XOR, own)
                .lanewise(VectorOperators.BIT_COUNT);
    }

    @Override
    public int sumsOfHalves(ByteBuffer columns, int at, int count, byte[] table, int most, int[] target) {
        Arrays.fill(target, 0);
        short[] sums = new short[CODES];
        MemorySegment codes = MemorySegment.ofBuffer(columns).asSlice(at);
        for (int first = 0; first < count; first += BYTES_AT_ONCE) {
            int end = Math.min(count, first + BYTES_AT_ONCE);
            for (int from = 0; from < CODES; from += 2 * LANES) {
                MemorySegment group = codes.asSlice((long) from / GROUP * count * GROUP + from % GROUP);
                int to = from / GROUP * GROUP + from % GROUP / 2;
                if (2 * most <= 255) {
                    small(group, first, end, table, sums, to);
                } else {
                    large(group, first, end, table, sums, to);
                }
            }
            add(sums, target);
        }
        return least(target);
    }

    private static ByteVector lower(ByteVector codes) {
        return codes.and((byte) 15);
    }

    private static ByteVector upper(ByteVector codes) {
        return codes.reinterpretAsShorts()
                .lanewise(VectorOperators.LSHR, 4)
                .reinterpretAsBytes()
                .and((byte) 15);
    }

    private static ByteVector both(MemorySegment columns, int at, ByteVector low, ByteVector high) {
        ByteVector codes = codes(columns, at);
        return lower(codes).selectFrom(low).add(upper(codes).selectFrom(high));
    }

    private static ByteVector codes(MemorySegment columns, int at) {
        return ByteVector.fromMemorySegment(BYTES, columns, at, ByteOrder.nativeOrder());
    }

    private static ByteVector entries(byte[] table, int at) {
        return ByteVector.fromArray(BYTES, table, at);
    }

    /** Sums of two values stay within a byte. */
    private static void small(MemorySegment columns, int first, int end, byte[] table, short[] target, int to) {
        ShortVector all0 = ShortVector.zero(SHORTS);
        ShortVector all1 = all0;
        ShortVector odd0 = all0;
        ShortVector odd1 = all0;
        for (int k = first; k < end; k++) {
            ByteVector low = entries(table, 32 * k);
            ByteVector high = entries(table, 32 * k + 16);
            int at = k * GROUP;
            ShortVector s0 = both(columns, at, low, high).reinterpretAsShorts();
            ShortVector s1 = both(columns, at + LANES, low, high).reinterpretAsShorts();
            all0 = all0.add(s0);
            all1 = all1.add(s1);
            odd0 = odd0.add(s0.lanewise(VectorOperators.LSHR, 8));
            odd1 = odd1.add(s1.lanewise(VectorOperators.LSHR, 8));
        }
        all0.sub(odd0.lanewise(VectorOperators.LSHL, 8)).intoArray(target, to);
        all1.sub(odd1.lanewise(VectorOperators.LSHL, 8)).intoArray(target, to + LANES / 2);
        odd0.intoArray(target, to + GROUP / 2);
        odd1.intoArray(target, to + GROUP / 2 + LANES / 2);
    }

    private static void large(MemorySegment columns, int first, int end, byte[] table, short[] target, int to) {
        ShortVector all0 = ShortVector.zero(SHORTS);
        ShortVector all1 = all0;
        ShortVector odd0 = all0;
        ShortVector odd1 = all0;
        for (int k = first; k < end; k++) {
            ByteVector low = entries(table, 32 * k);
            ByteVector high = entries(table, 32 * k + 16);
            ByteVector c0 = codes(columns, k * GROUP);
            ByteVector c1 = codes(columns, k * GROUP + LANES);
            ShortVector a0 = lower(c0).selectFrom(low).reinterpretAsShorts();
            ShortVector b0 = upper(c0).selectFrom(high).reinterpretAsShorts();
            ShortVector a1 = lower(c1).selectFrom(low).reinterpretAsShorts();
            ShortVector b1 = upper(c1).selectFrom(high).reinterpretAsShorts();
            all0 = all0.add(a0).add(b0);
            all1 = all1.add(a1).add(b1);
            odd0 = odd0.add(a0.lanewise(VectorOperators.LSHR, 8)).add(b0.lanewise(VectorOperators.LSHR, 8));
            odd1 = odd1.add(a1.lanewise(VectorOperators.LSHR, 8)).add(b1.lanewise(VectorOperators.LSHR, 8));
        }
        all0.sub(odd0.lanewise(VectorOperators.LSHL, 8)).intoArray(target, to);
        all1.sub(odd1.lanewise(VectorOperators.LSHL, 8)).intoArray(target, to + LANES / 2);
        odd0.intoArray(target, to + GROUP / 2);
        odd1.intoArray(target, to + GROUP / 2 + LANES / 2);
    }

    @Override
    public int sumsOfBytes(ByteBuffer columns, int at, int count, byte[] table, int[] target) {
        Arrays.fill(target, 0);
        short[] sums = new short[CODES];
        MemorySegment codes = MemorySegment.ofBuffer(columns).asSlice(at);
        for (int first = 0; first < count; first += BYTES_AT_ONCE) {
            int end = Math.min(count, first + BYTES_AT_ONCE);
            for (int from = 0; from < CODES; from += LANES) {
                ShortVector all = ShortVector.zero(SHORTS);
                ShortVector odd = all;
                MemorySegment group = codes.asSlice((long) from / GROUP * count * GROUP + from % GROUP);
                int to = from / GROUP * GROUP + from % GROUP / 2;
                for (int k = first; k < end; k++) {
                    ByteVector some = codes(group, k * GROUP);
                    ShortVector s = ofBytes(some, table, 256 * k).reinterpretAsShorts();
                    all = all.add(s);
                    odd = odd.add(s.lanewise(VectorOperators.LSHR, 8));
                }
                all.sub(odd.lanewise(VectorOperators.LSHL, 8)).intoArray(sums, to);
                odd.intoArray(sums, to + GROUP / 2);
            }
            add(sums, target);
        }
        return least(target);
    }

    /** Selects from 256 bytes, by a pair of vectors for a half, a quarter or an eighth of them. */
    private static ByteVector ofBytes(ByteVector codes, byte[] table, int at) {
        ByteVector found = codes.selectFrom(entries(table, at), entries(table, at + LANES));
        if (LANES == 64) {
            ByteVector others = codes.selectFrom(entries(table, at + 2 * LANES), entries(table, at + 3 * LANES));
            return found.blend(others, codes.compare(VectorOperators.LT, (byte) 0));
        }
        for (int part = 2 * LANES; part < 256; part += 2 * LANES) {
            ByteVector others = codes.selectFrom(entries(table, at + part), entries(table, at + part + LANES));
            found = found.blend(others, codes.and((byte) -(2 * LANES)).compare(VectorOperators.EQ, (byte) part));
        }
        return found;
    }

    private static void add(short[] sums, int[] target) {
        for (int i = 0; i < CODES; i++) {
            target[i] += sums[i] & 0xffff;
        }
    }

    private static int least(int[] sums) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < CODES; i++) {
            least = Math.min(least, sums[i]);
        }
        return least;
    }

    @Override
    public void products(byte[] rows, int stride, byte[] query, int[] target) {
        int lanes = HALF_BYTES.length();
        int pairs = query.length / (2 * lanes) * 2 * lanes;
        for (int i = 0; i < CODES; i++) {
            int at = i * stride;
            IntVector low = IntVector.zero(INTS);
            IntVector high = low;
            for (int k = 0; k < pairs; k += 2 * lanes) {
                // Two products of at most 127 x 127 stay within 16 bits.
                IntVector pair = shorts(rows, at + k)
                        .mul(shorts(query, k))
                        .add(shorts(rows, at + k + lanes).mul(shorts(query, k + lanes)))
                        .reinterpretAsInts();
                low = low.add(pair.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
                high = high.add(pair.lanewise(VectorOperators.ASHR, 16));
            }
            int sum = low.add(high).reduceLanes(VectorOperators.ADD);
            for (int k = pairs; k < query.length; k++) {
                sum += rows[at + k] * query[k];
            }
            target[i] = sum;
        }
    }

    private static ShortVector shorts(byte[] numbers, int at) {
        return (ShortVector) ByteVector.fromArray(HALF_BYTES, numbers, at).convertShape(VectorOperators.B2S, SHORTS, 0);
    }

    @Override
    public void nearest(float[] rows, int dimension, int n, float[] points, float[] squaredNorms, int[] nearest) {
        int lanes = FLOATS.length();
        int width = points.length / squaredNorms.length;
        float[] columns = new float[width * lanes];
        int[] found = new int[lanes];
        for (int from = 0; from < n; from += lanes) {
            int size = Math.min(lanes, n - from);
            for (int r = 0; r < size; r++) {
                for (int j = 0; j < dimension; j++) {
                    columns[j * lanes + r] = rows[(from + r) * dimension + j];
                }
            }
            nearest(columns, width, points, squaredNorms, found);
            System.arraycopy(found, 0, nearest, from, size);
        }
    }

    private static void nearest(float[] columns, int width, float[] points, float[] squaredNorms, int[] nearest) {
        int lanes = FLOATS.length();
        FloatVector best = FloatVector.zero(FLOATS);
        FloatVector which = best;
        int k = 0;
        for (; k + 2 <= squaredNorms.length; k += 2) {
            FloatVector s0 = FloatVector.broadcast(FLOATS, squaredNorms[k]);
            FloatVector s1 = FloatVector.broadcast(FLOATS, squaredNorms[k + 1]);
            int p = k * width;
            int q = p + width;
            for (int j = 0; j < width; j += 4, p += 4, q += 4) {
                FloatVector c0 = FloatVector.fromArray(FLOATS, columns, j * lanes);
                FloatVector c1 = FloatVector.fromArray(FLOATS, columns, (j + 1) * lanes);
                FloatVector c2 = FloatVector.fromArray(FLOATS, columns, (j + 2) * lanes);
                FloatVector c3 = FloatVector.fromArray(FLOATS, columns, (j + 3) * lanes);
                s0 = s0.add(c0.mul(points[p])
                        .add(c1.mul(points[p + 1]))
                        .add(c2.mul(points[p + 2]))
                        .add(c3.mul(points[p + 3])));
                s1 = s1.add(c0.mul(points[q])
                        .add(c1.mul(points[q + 1]))
                        .add(c2.mul(points[q + 2]))
                        .add(c3.mul(points[q + 3])));
            }
            if (k == 0) {
                // Not infinity: a first score that is no number stays, as none is less.
                best = s0;
            }
            VectorMask<Float> less = s0.lt(best);
            best = best.blend(s0, less);
            which = which.blend(k, less);
            less = s1.lt(best);
            best = best.blend(s1, less);
            which = which.blend(k + 1, less);
        }
        if (k < squaredNorms.length) {
            FloatVector s = FloatVector.broadcast(FLOATS, squaredNorms[k]);
            for (int j = 0, p = k * width; j < width; j += 4, p += 4) {
                s = s.add(FloatVector.fromArray(FLOATS, columns, j * lanes)
                        .mul(points[p])
                        .add(FloatVector.fromArray(FLOATS, columns, (j + 1) * lanes)
                                .mul(points[p + 1]))
                        .add(FloatVector.fromArray(FLOATS, columns, (j + 2) * lanes)
                                .mul(points[p + 2]))
                        .add(FloatVector.fromArray(FLOATS, columns, (j + 3) * lanes)
                                .mul(points[p + 3])));
            }
            which = which.blend(k, k == 0 ? s.lt(s) : s.lt(best));
        }
        ((IntVector) which.convert(VectorOperators.F2I, 0)).intoArray(nearest, 0);
    }
}
