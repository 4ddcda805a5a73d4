package io.github.linfhash.io.npy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;

/** NPY files put together by hand. */
final class NpySamples {
    private NpySamples() {}

    static String header(String descriptor, String shape) {
        return "{'descr': '" + descriptor + "', 'fortran_order': False, 'shape': " + shape + ", }";
    }

    /** A file of version 1 with the header padded to 118 bytes, as NumPy writes short ones. */
    static byte[] bytes(String header, String contentHex) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(HexFormat.of().parseHex("934e554d505901007600"));
        out.write(String.format(Locale.ROOT, "%-117s\n", header).getBytes(StandardCharsets.US_ASCII));
        out.write(HexFormat.of().parseHex(contentHex));
        return out.toByteArray();
    }

    static Path write(Path file, String descriptor, String shape, String contentHex) throws IOException {
        return Files.write(file, bytes(header(descriptor, shape), contentHex));
    }
}
