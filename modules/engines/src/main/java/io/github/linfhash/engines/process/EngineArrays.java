package io.github.linfhash.engines.process;

import io.github.linfhash.codes.files.WholeFile;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Arrays as .npy files in the scratch folder of an engine.
 *
 * @param folder that has nothing else but files of the engine
 */
public record EngineArrays(Path folder) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
    private static final int BLOCK = 1 << 20;
    private static final int TRIES = 50;
    private static final long BETWEEN_MILLIS = 20;

    /** Writes an array in place of the one before, and returns its name. */
    public String write(String name, NpyArray array) throws IOException {
        return write(name, array.type(), array.shape(), array::writeTo);
    }

    /** Writes vectors of one length as float32; rows x dimension. */
    String write(String name, float[][] vectors, int dimension) throws IOException {
        float[] values = new float[Math.multiplyExact(vectors.length, dimension)];
        for (int i = 0; i < vectors.length; i++) {
            System.arraycopy(vectors[i], 0, values, i * dimension, dimension);
        }
        return write(name, NpyArray.ofFloats(values, vectors.length, dimension));
    }

    /** Writes vectors, which need not fit into memory, as float32. */
    String write(String name, FeatureMatrix vectors) throws IOException {
        int rows = vectors.rows();
        int dimension = vectors.dimension();
        int atATime = Math.max(1, BLOCK / (Float.BYTES * dimension));
        ByteBuffer bytes =
                ByteBuffer.allocate(atATime * dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return write(name, NpyType.FLOAT32, List.of(rows, dimension), out -> {
            for (int row = 0; row < rows; row += atATime) {
                int count = Math.min(atATime, rows - row);
                vectors.copyRows(row, count, bytes.asFloatBuffer());
                out.write(bytes.array(), 0, count * dimension * Float.BYTES);
            }
        });
    }

    /** A file that only its owner may read, in a folder that is there: after an interrupt it is gone, and writing fails. */
    private String write(String name, NpyType type, List<Integer> shape, AtomicFiles.Content content)
            throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        try (OutputStream out = Channels.newOutputStream(WholeFile.createPrivate(file))) {
            NpyFile.write(out, type, shape, content);
        }
        return name;
    }

    /** Writes lists of rows as int64, filled up with -1. */
    public String write(String name, int[][] lists, int width) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(lists.length, Long.BYTES * width))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int[] list : lists) {
            for (int i = 0; i < width; i++) {
                bytes.putLong(i < list.length ? list[i] : -1);
            }
        }
        return write(name, NpyArray.owning(NpyType.INT64, List.of(lists.length, width), bytes.array()));
    }

    /**
     * The file of an array.
     *
     * @throws InputException if it is not in the folder, or a link
     */
    public Path file(String name) {
        Path file = NAME.matcher(name).matches() ? folder.resolve(name) : folder;
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new InputException("expected the name of a file in the scratch folder, which is no link, found "
                    + (name.isEmpty() ? "none" : "'" + name + "'"));
        }
        return file;
    }

    /** Reads the rows of a matrix of float32. */
    public float[][] rows(String name) {
        NpyArray array = NpyFile.read(file(name));
        float[] values = array.toFloats();
        float[][] rows = new float[array.rows()][array.columns()];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, i * array.columns(), rows[i], 0, array.columns());
        }
        return rows;
    }

    /** Removes the folder with all that is in it, even if a process that ends still writes there. */
    public void remove() throws IOException {
        for (int left = TRIES; Files.exists(folder, LinkOption.NOFOLLOW_LINKS); left--) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (DirectoryNotEmptyException | NoSuchFileException | UncheckedIOException e) {
                if (left == 0) {
                    throw new IOException(e.getMessage(), e);
                }
                pause();
            }
        }
    }

    static void pause() {
        try {
            Thread.sleep(BETWEEN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
