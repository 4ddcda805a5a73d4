package io.github.linfhash.examples;

import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.codes.SearchOptions;
import io.github.linfhash.codes.VectorFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Searches by the keys of a database, whose vectors were quantized in the order of these keys; needs the module codes alone. */
public final class KeyedService implements Closeable {
    private final CodeIndex index;
    private final VectorFile vectors;

    /** Writes the keys beside the codes, once. */
    public static void create(Path folder, long[] keys) throws IOException {
        Path ids = folder.resolve("keys.npy");
        VectorFile.writeIds(ids, keys);
        try (CodeIndex codes = CodeIndex.ofFolder(FittedQuantizer.load(folder), folder, ids)) {
            codes.save(folder.resolve("index.codes"));
        }
    }

    public KeyedService(Path folder, Path vectorsFile) throws IOException {
        this.index = CodeIndex.open(FittedQuantizer.load(folder), folder.resolve("index.codes"));
        this.vectors = VectorFile.map(vectorsFile, folder.resolve("keys.npy"));
    }

    /** Returns the keys of the 10 nearest vectors. */
    public long[] nearest(float[] query) {
        return index.search(query, SearchOptions.nearest(10).withRescoring(3, vectors))
                .ids();
    }

    /** Adds the vector of a key, or replaces it. */
    public void put(long key, float[] vector) {
        index.put(key, vector, vectors);
    }

    /** Appends what was put. */
    public synchronized void flush() throws IOException {
        vectors.append();
        index.append();
    }

    /** Closes both files; what was put since the last {@link #flush} is lost. */
    @Override
    public void close() {
        vectors.close();
        index.close();
    }
}
