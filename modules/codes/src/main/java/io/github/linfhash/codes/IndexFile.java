package io.github.linfhash.codes;

import io.github.linfhash.codes.files.MappedRows;
import io.github.linfhash.codes.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The file of a {@link CodeIndex}.
 *
 * <p>It has a header of {@value #HEADER} bytes, the codes one after the other, and the CRC-32C (int32) of each {@value #CHECKED} bytes of
 * codes, the last of the rest. The header has the magic {@code LINFCODE}, the version {@value #VERSION} (int32), the bytes of a code
 * (int32), the number of codes (int64), the SHA-256 of the quantizer, four zeros, and the CRC-32C of the 60 bytes before (int32). All
 * numbers are little-endian.
 */
final class IndexFile {
    private static final int HEADER = 64;
    private static final int CHECKED = 1 << 20;
    private static final int VERSION = 1;
    private static final byte[] MAGIC = "LINFCODE".getBytes(StandardCharsets.US_ASCII);

    private final Quantizer quantizer;

    IndexFile(Quantizer quantizer) {
        this.quantizer = quantizer;
    }

    /** Replaces a file, whole or not at all. */
    void write(Path file, CodeIndex.Stored codes) throws IOException {
        WholeFile.write(file, channel -> {
            WholeFile.writeFully(channel, ByteBuffer.wrap(header(codes.size())));
            writeCodes(channel, codes);
        });
    }

    private byte[] header(long size) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC)
                .putInt(VERSION)
                .putInt(quantizer.bytes())
                .putLong(size)
                .put(quantizer.fingerprint());
        CRC32C checksum = new CRC32C();
        checksum.update(header.array(), 0, HEADER - Integer.BYTES);
        return header.putInt(HEADER - Integer.BYTES, (int) checksum.getValue()).array();
    }

    private void writeCodes(FileChannel channel, CodeIndex.Stored codes) throws IOException {
        long size = codes.size();
        int width = quantizer.bytes();
        int most = Math.max(1, CHECKED / width);
        byte[] some = new byte[most * width];
        Checksums checksums = new Checksums(size * width);
        for (long first = 0; first < size; ) {
            int count = codes.copy(first, (int) Math.min(most, size - first), some);
            checksums.update(some, count * width);
            WholeFile.writeFully(channel, ByteBuffer.wrap(some, 0, count * width));
            first += count;
        }
        WholeFile.writeFully(channel, checksums.finished());
    }

    /** Checks all of a file, and maps its codes. */
    MappedRows open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidFileException(file + " is missing: expected an index of codes, found "
                    + (Files.isDirectory(file) ? "a folder" : "nothing"));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = requireHeader(file, channel);
            int width = quantizer.bytes();
            long left = channel.size() - HEADER;
            // Without an overflow: as many codes as the file can have at most.
            long expected = size > left / width ? -1 : size * width;
            if (expected < 0 || left != expected + Integer.BYTES * parts(expected)) {
                throw new InvalidFileException(file + " is damaged or cut short: expected " + size + " codes of "
                        + width + " bytes and their checksums, found " + left + " bytes behind the header");
            }
            requireSound(file, channel, expected);
            return MappedRows.of(channel, HEADER, size, width);
        }
    }

    private static long parts(long bytes) {
        return (bytes + CHECKED - 1) / CHECKED;
    }

    private long requireHeader(Path file, FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        readFully(file, channel, header, 0);
        byte[] bytes = header.array();
        if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new InvalidFileException(
                    file + " is no index of codes: expected it to begin with LINFCODE, found something else");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, HEADER - Integer.BYTES);
        if ((int) checksum.getValue() != header.getInt(HEADER - Integer.BYTES)) {
            throw new InvalidFileException(
                    file + " is damaged: expected the checksum of its header, found another; write it again");
        }
        header.position(MAGIC.length);
        int version = header.getInt();
        int width = header.getInt();
        long size = header.getLong();
        if (version != VERSION) {
            throw new InvalidFileException(file + ": expected version " + VERSION + ", found " + version);
        }
        byte[] own = quantizer.fingerprint();
        int at = header.position();
        if (width != quantizer.bytes() || size < 0 || !Arrays.equals(bytes, at, at + own.length, own, 0, own.length)) {
            throw new InvalidFileException(
                    file + ": expected codes of the quantizer " + quantizer.name() + ", found those of another one");
        }
        return size;
    }

    private void requireSound(Path file, FileChannel channel, long bytes) throws IOException {
        int width = quantizer.bytes();
        byte[] part = new byte[CHECKED + width]; // behind the beginning of a code that the part before ends with
        int kept = 0;
        long row = 0;
        CRC32C checksum = new CRC32C();
        ByteBuffer stated = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long p = 0; p < parts(bytes); p++) {
            int size = (int) Math.min(CHECKED, bytes - p * CHECKED);
            readFully(file, channel, ByteBuffer.wrap(part, kept, size), HEADER + p * CHECKED);
            readFully(file, channel, stated.clear(), HEADER + bytes + Integer.BYTES * p);
            checksum.reset();
            checksum.update(part, kept, size);
            if ((int) checksum.getValue() != stated.getInt(0)) {
                throw new InvalidFileException(file + " is damaged: expected the checksum of the bytes from "
                        + (HEADER + p * CHECKED) + " on, found another; write it again");
            }
            int at = 0;
            for (; at + width <= kept + size; at += width) {
                String fault = quantizer.fault(part, at);
                if (!fault.isEmpty()) {
                    throw new InvalidFileException(
                            file + ": expected codes of " + quantizer.name() + ", found " + fault + " in row " + row);
                }
                row++;
            }
            kept += size - at;
            System.arraycopy(part, at, part, 0, kept);
        }
    }

    private static void readFully(Path file, FileChannel channel, ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int read = channel.read(target, at);
            if (read < 0) {
                throw new InvalidFileException(
                        file + " is cut short: expected an index of codes, found its end after " + at + " bytes");
            }
            at += read;
        }
    }

    /** The checksums of parts of codes that come in pieces of any size. */
    private static final class Checksums {
        private final ByteBuffer values;
        private final CRC32C current = new CRC32C();
        private int inPart;

        Checksums(long bytes) {
            values = ByteBuffer.allocate(Math.toIntExact(Integer.BYTES * parts(bytes)))
                    .order(ByteOrder.LITTLE_ENDIAN);
        }

        void update(byte[] bytes, int count) {
            for (int at = 0; at < count; ) {
                int size = Math.min(CHECKED - inPart, count - at);
                current.update(bytes, at, size);
                inPart += size;
                at += size;
                if (inPart == CHECKED) {
                    end();
                }
            }
        }

        private void end() {
            values.putInt((int) current.getValue());
            current.reset();
            inPart = 0;
        }

        ByteBuffer finished() {
            if (inPart > 0) {
                end();
            }
            return values.flip();
        }
    }
}
