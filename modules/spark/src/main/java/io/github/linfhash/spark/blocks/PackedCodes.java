package io.github.linfhash.spark.blocks;

import io.github.linfhash.codes.BinaryCodes;
import java.io.Serializable;

/** Codes as they travel between machines. */
public final class PackedCodes implements Serializable {
    private final int size;
    private final int bits;
    private final byte[] bytes;

    private PackedCodes(int size, int bits, byte[] bytes) {
        this.size = size;
        this.bits = bits;
        this.bytes = bytes;
    }

    public static PackedCodes of(BinaryCodes codes) {
        return new PackedCodes(codes.size(), codes.bits(), codes.toBytes());
    }

    /** Codes of one length, one list after the other. */
    public static BinaryCodes concatenated(int bits, Iterable<PackedCodes> parts) {
        int size = 0;
        int length = 0;
        for (PackedCodes part : parts) {
            size = Math.addExact(size, part.size);
            length = Math.addExact(length, part.bytes.length);
        }
        byte[] all = new byte[length];
        int at = 0;
        for (PackedCodes part : parts) {
            System.arraycopy(part.bytes, 0, all, at, part.bytes.length);
            at += part.bytes.length;
        }
        return BinaryCodes.ofBytes(size, bits, all);
    }

    public int size() {
        return size;
    }

    public BinaryCodes toCodes() {
        return BinaryCodes.ofBytes(size, bits, bytes);
    }
}
