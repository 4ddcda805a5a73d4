package io.github.linfhash.quantizers.product;

import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.quantizers.DistanceEstimates;
import java.util.List;

/** Codes of m bytes, and distances that are sums of a table's values, one for each byte. */
final class ByteCodes {
    private final int width;
    private final byte[] codes;

    ByteCodes(int width, byte[] codes) {
        this.width = width;
        this.codes = codes;
    }

    int code(int i, int part) {
        return codes[i * width + part] & 255;
    }

    int size() {
        return codes.length / width;
    }

    /** The codes as uint8, n x m. */
    NpyArray toArray() {
        return NpyArray.owning(NpyType.UINT8, List.of(size(), width), codes.clone());
    }

    /** Sums of the values of a table of m x 256. */
    DistanceEstimates.OfQuery sums(float[] table) {
        return i -> {
            float sum = 0;
            int at = i * width;
            for (int k = 0; k < width; k++) {
                sum += table[k * 256 + (codes[at + k] & 255)];
            }
            return sum;
        };
    }
}
