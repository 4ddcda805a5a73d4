package io.github.linfhash.codes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** The bytes of index files, whose checksums are computed anew after a change: from the description of the format, not by its code. */
final class IndexBytes {
    static final int MARK = 64;
    static final int FIRST = 128;
    static final int HEAD = 64;
    private static final int PART = 1 << 20;

    private IndexBytes() {}

    /** Changes bytes of a copy, and computes all checksums. */
    static byte[] changed(byte[] file, Consumer<ByteBuffer> change) {
        ByteBuffer bytes = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int width = bytes.getInt(12);
        int length = (int) bytes.getLong(MARK);
        int[] ends = new int[length];
        int records = 0;
        for (int at = FIRST; at < length; at = ends[records++]) {
            ends[records] = at + HEAD + payload(bytes, at, width) + 4 * parts(payload(bytes, at, width));
        }
        int[] payloads = new int[records];
        for (int r = 0; r < records; r++) {
            payloads[r] = payload(bytes, r == 0 ? FIRST : ends[r - 1], width);
        }
        change.accept(bytes);
        seal(bytes, 0);
        int before = bytes.getInt(60);
        for (int r = 0; r < records; r++) {
            int at = r == 0 ? FIRST : ends[r - 1];
            int sums = at + HEAD + payloads[r];
            for (int p = 0; p < parts(payloads[r]); p++) {
                bytes.putInt(sums + 4 * p, sum(bytes, at + HEAD + p * PART, Math.min(PART, payloads[r] - p * PART)));
            }
            bytes.putInt(at + 32, sum(bytes, sums, 4 * parts(payloads[r])));
            bytes.putInt(at + 36, before);
            seal(bytes, at);
            before = bytes.getInt(at + 60);
        }
        bytes.putInt(MARK + 8, before);
        seal(bytes, MARK);
        return bytes.array();
    }

    private static int payload(ByteBuffer bytes, int at, int width) {
        long count = bytes.getLong(at);
        return (int) (count * width + 8 * (count - bytes.getLong(at + 8) + bytes.getLong(at + 16)));
    }

    private static int parts(int bytes) {
        return (bytes + PART - 1) / PART;
    }

    private static void seal(ByteBuffer bytes, int at) {
        bytes.putInt(at + 60, sum(bytes, at, 60));
    }

    private static int sum(ByteBuffer bytes, int from, int size) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.slice(from, size));
        return (int) checksum.getValue();
    }
}
