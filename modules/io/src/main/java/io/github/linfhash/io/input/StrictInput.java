package io.github.linfhash.io.input;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * A file that is read front to back and must hold what is expected, no less and no more.
 *
 * <p>Every failure, of the content or of the disk, is an {@link InputException} that names the file.
 */
public final class StrictInput implements AutoCloseable {
    /** Deflate shrinks data by at most this factor (zlib's technical details, "maximum compression factor"). */
    public static final long DEFLATE_FACTOR = 1032;

    private final String name;
    private final InputStream in;
    private final long capacity;
    private final Progress.Task task;
    private long position;

    private StrictInput(String name, InputStream in, long capacity, Progress.Task task) {
        this.name = name;
        this.in = in;
        this.capacity = capacity;
        this.task = task;
    }

    /**
     * Opens a file, and unpacks it on the way if its name ends in {@code .gz}.
     *
     * @throws InputException if there is no such file, or it cannot be opened
     */
    public static StrictInput open(Path file) {
        return open(file, Progress.Task.SILENT);
    }

    /**
     * Opens a file, and unpacks it on the way if its name ends in {@code .gz}.
     *
     * @param task advanced by the (unpacked) bytes that are read
     * @throws InputException if there is no such file, or it cannot be opened
     */
    public static StrictInput open(Path file, Progress.Task task) {
        return open(file.toString(), file, task);
    }

    /**
     * Opens a file, and unpacks it on the way if its name ends in {@code .gz}.
     *
     * @param name names the file, or the part of it that is read, for the user
     * @param task advanced by the (unpacked) bytes that are read
     * @throws InputException if there is no such file, or it cannot be opened
     */
    public static StrictInput open(String name, Path file, Progress.Task task) {
        requireFile(file);
        try {
            long size = Files.size(file);
            if (file.toString().endsWith(".gz")) {
                return new StrictInput(name, gunzip(file), Math.multiplyExact(size, DEFLATE_FACTOR), task);
            }
            // Small, as it is filled anew after each skip.
            InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 12);
            return new StrictInput(name, in, size, task);
        } catch (IOException e) {
            throw new InputException(file + " cannot be opened: " + reason(e), e);
        }
    }

    /**
     * Checks that a path is that of a file.
     *
     * @throws InputException if there is nothing, or a folder
     */
    public static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    file + " is missing: expected a file, found " + (Files.isDirectory(file) ? "a folder" : "nothing"));
        }
    }

    /**
     * Reads a part of a larger file, such as a member of an archive; closing it leaves the stream open.
     *
     * @param name names the part for the user
     * @param in a stream that ends where the part ends
     * @param size the part's size in bytes
     */
    public static StrictInput part(String name, InputStream in, long size) {
        return new StrictInput(name, in, size, Progress.Task.SILENT);
    }

    /**
     * Unpacks a gzip file; bytes after the compressed content are an error.
     *
     * @throws InputException if the file does not begin like a gzip file
     */
    public static InputStream gunzip(Path file) throws IOException {
        return gunzip(file.toString(), Files.newInputStream(file));
    }

    /**
     * The content of a gzip file.
     *
     * @param name names the file for the user
     * @param in the file's bytes; closed with the content
     * @throws InputException if they are no gzip file
     */
    public static InputStream gunzip(String name, InputStream in) throws IOException {
        InputStream raw = new BufferedInputStream(in, 1 << 16);
        try {
            return GzipCompressorInputStream.builder()
                    .setInputStream(raw)
                    .setDecompressConcatenated(true)
                    .get();
        } catch (IOException e) {
            raw.close();
            throw new InputException(
                    name + " is no gzip file: expected a gzip header at its beginning, found something else", e);
        }
    }

    /** The file's name, for messages. */
    public String name() {
        return name;
    }

    /** How many more bytes the file can hold at most; exactly so many, unless it is compressed. */
    public long room() {
        return Math.max(0, capacity - position);
    }

    /**
     * Checks, before memory is set aside, that the file can hold so many more bytes.
     *
     * @param count how many bytes the file claims to hold from here on
     * @param what what these bytes are, for the message
     * @throws InputException if it is too small for them, even when compressed as far as gzip can
     */
    public void requireRoom(long count, String what) {
        if (count > capacity - position) {
            throw new InputException(name + " is too short: expected " + what + " (" + count
                    + " bytes), found a file that can hold at most " + room() + " more");
        }
    }

    /** Fills an array as far as the file goes, and says how far that was; 0 at the file's end. */
    public int readSome(byte[] target) {
        return readAvailable(target, 0, target.length);
    }

    /**
     * Fills a range of an array.
     *
     * @param what what the file is expected to hold, for the message
     * @throws InputException if the file ends before
     */
    public void read(byte[] target, int offset, int count, String what) {
        int found = readAvailable(target, offset, count);
        if (found < count) {
            throw new InputException(
                    name + " is too short: expected " + what + ", found its end after " + position + " bytes");
        }
    }

    /**
     * Passes over bytes.
     *
     * @param what what the file is expected to hold, for the message
     * @throws InputException if the file ends before
     */
    public void skip(long count, String what) {
        requireRoom(count, what);
        try {
            in.skipNBytes(count);
            position += count;
            task.advance(count);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The next four bytes as a big-endian integer. */
    public int readInt(String what) {
        byte[] four = new byte[4];
        read(four, 0, 4, what);
        return ByteBuffer.wrap(four).getInt();
    }

    /**
     * All that is left.
     *
     * @throws InputException if that is more than {@code limit} bytes
     */
    public byte[] readRest(int limit) {
        try {
            byte[] rest = in.readNBytes(limit + 1);
            position += rest.length;
            if (rest.length > limit) {
                throw new InputException(name + " is too long: expected at most " + limit + " bytes, found more");
            }
            return rest;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Checks that nothing is left.
     *
     * @param what what the file is expected to hold, for the message
     */
    public void expectEnd(String what) {
        long end = position;
        if (readAvailable(new byte[1], 0, 1) > 0) {
            throw new InputException(
                    name + " is too long: expected " + what + ", found more after these " + end + " bytes");
        }
    }

    private int readAvailable(byte[] target, int offset, int count) {
        try {
            int found = in.readNBytes(target, offset, count);
            position += found;
            task.advance(found);
            return found;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private InputException unreadable(IOException e) {
        return new InputException(
                name + " is damaged or cut short: expected more content after its first " + position
                        + " bytes, found a fault (" + reason(e) + ")",
                e);
    }

    /** The first line of an exception's message as part of a sentence; the name of its class where it has none. */
    public static String reason(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") || line.endsWith("!") ? line.substring(0, line.length() - 1) : line;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new InputException(name + " cannot be closed: " + reason(e), e);
        }
    }
}
