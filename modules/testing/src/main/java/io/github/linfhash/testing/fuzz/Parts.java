package io.github.linfhash.testing.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several files in one input of a fuzzer, with a line between them that can be anywhere in it. */
public final class Parts {
    private static final byte[] BETWEEN = "\n--8<--\n".getBytes(StandardCharsets.US_ASCII);

    private Parts() {}

    /** One input of several parts. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                joined.writeBytes(BETWEEN);
            }
            joined.writeBytes(parts[i]);
        }
        return joined.toByteArray();
    }

    /** One input of several texts. */
    public static byte[] join(String... texts) {
        byte[][] parts = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            parts[i] = texts[i].getBytes(StandardCharsets.UTF_8);
        }
        return join(parts);
    }

    /**
     * The parts of an input.
     *
     * @param count how many; missing ones are empty, and the last one keeps what is left
     */
    public static List<byte[]> split(byte[] input, int count) {
        List<byte[]> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; parts.size() < count - 1 && at + BETWEEN.length <= input.length; at++) {
            if (isBetween(input, at)) {
                parts.add(Arrays.copyOfRange(input, start, at));
                start = at + BETWEEN.length;
                at = start - 1;
            }
        }
        parts.add(Arrays.copyOfRange(input, start, input.length));
        while (parts.size() < count) {
            parts.add(new byte[0]);
        }
        return parts;
    }

    private static boolean isBetween(byte[] input, int at) {
        return Arrays.equals(input, at, at + BETWEEN.length, BETWEEN, 0, BETWEEN.length);
    }
}
