package io.github.linfhash.io.npy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * The features of a file like .npy, of which rows are read whenever they are asked for, so that the file may be larger than memory; safe
 * for threads. The file must not change meanwhile.
 */
public final class NpyFeatures implements AutoCloseable {
    private static final int BYTES_AT_A_TIME = 1 << 20;

    private final String name;
    private final FileChannel channel;
    private final NpyHeader header;
    private final long start;

    private NpyFeatures(String name, FileChannel channel, NpyHeader header, long start) {
        this.name = name;
        this.channel = channel;
        this.header = header;
        this.start = start;
    }

    /** Whether the rows of a file follow one another, so that they can be read one by one. */
    public static boolean hasRows(Path file) {
        try (StrictInput in = StrictInput.open(file)) {
            return !NpyFile.readHeader(in).isTransposed();
        }
    }

    /**
     * Opens a file whose rows follow one another.
     *
     * @param notes told once if the elements are of another type than float32
     * @throws InputException if the file is no matrix of numbers, or of another size than its header says
     */
    public static NpyFeatures open(Path file, Consumer<String> notes) {
        NpyHeader header;
        long start;
        try (StrictInput in = StrictInput.open(file)) {
            long size = in.room();
            header = NpyFile.readHeader(in);
            FeatureArrays.requireFeatures(in, header);
            start = size - in.room();
            if (in.room() > header.bytes()) {
                throw new InputException(file + " is too long: expected a header and " + header.shown() + ", found "
                        + (in.room() - header.bytes()) + " bytes more");
            }
        }
        if (header.type() != NpyType.FLOAT32) {
            notes.accept(file + ": " + header.type().shown() + ", read as float32");
        }
        return open(file.toString(), file, header, start);
    }

    static NpyFeatures open(String name, Path file, NpyHeader header, long start) {
        try {
            return new NpyFeatures(name, FileChannel.open(file, StandardOpenOption.READ), header, start);
        } catch (IOException e) {
            throw new InputException(file + " cannot be opened: " + StrictInput.reason(e), e);
        }
    }

    /**
     * The features. They throw an {@link InputException} where a value is not finite as float32, or the file cannot be read, once it is read
     * there.
     */
    public FeatureMatrix matrix() {
        return FeatureMatrix.reading(header.shape().get(0), header.shape().get(1), this::copyRows);
    }

    private void copyRows(int from, int count, float[] target, int offset) {
        int d = header.shape().get(1);
        int width = Math.multiplyExact(d, header.type().bytes());
        int atATime = Math.max(1, Math.min(count, BYTES_AT_A_TIME / width));
        ByteBuffer bytes = ByteBuffer.allocate(atATime * width).order(header.order());
        for (int row = from; row < from + count; row += atATime) {
            int elements = Math.min(atATime, from + count - row) * d;
            bytes.clear().limit(elements * header.type().bytes());
            read(bytes, start + (long) row * width);
            int at = offset + (row - from) * d;
            for (int i = 0; i < elements; i++) {
                double value = header.type().real(bytes, i);
                target[at + i] = (float) value;
                if (!Float.isFinite(target[at + i])) {
                    throw FeatureArrays.notFinite(name, row + i / d, i % d, value);
                }
            }
        }
    }

    private void read(ByteBuffer bytes, long position) {
        try {
            while (bytes.hasRemaining()) {
                int found = channel.read(bytes, position + bytes.position());
                if (found < 0) {
                    throw new InputException(name + " is too short: expected " + header.shown()
                            + ", found its end after " + (position + bytes.position()) + " bytes");
                }
            }
        } catch (IOException e) {
            throw new InputException(name + " cannot be read: " + StrictInput.reason(e), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new InputException(name + " cannot be closed: " + StrictInput.reason(e), e);
        }
    }
}
