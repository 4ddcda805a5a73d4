package io.github.linfhash.quantizers.export;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import java.util.List;

/** Codes of D numbers of B bits as other programs take them: number j has the bits B j .. B j + B - 1 of a code. */
public final class PackedNumbers {
    private PackedNumbers() {}

    /** The codes as uint8, n x ceil(D B / 8): bit b is bit b % 8 of byte b / 8, and what is left over is 0. */
    public static NpyArray of(BitPlanes codes) {
        int bits = codes.planes();
        int width = (codes.numbers() * bits + 7) / 8;
        byte[] packed = new byte[Math.multiplyExact(codes.size(), width)];
        for (int i = 0; i < codes.size(); i++) {
            codes.copyTo(i, packed, i * width);
        }
        return NpyArray.owning(NpyType.UINT8, List.of(codes.size(), width), packed);
    }

    /** Where the numbers are, in words. */
    public static String order(int bits) {
        String bytes = "bit b of a code is bit b % 8 of byte b / 8";
        return bits == 1
                ? "number j is bit j; " + bytes
                : "number j is of the bits " + bits + " j .. " + bits + " j + " + (bits - 1) + ", the lowest first; "
                        + bytes;
    }
}
