package io.github.linfhash.examples;

import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.codes.SearchOptions;
import io.github.linfhash.codes.SearchResult;
import io.github.linfhash.codes.VectorFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.LongPredicate;

/** Searches the folder of {@code linfhash quantize} and rescores by the vectors that were quantized, to which others can be added; needs the module codes alone. */
public final class SearchService implements Closeable {
    private final SearchOptions options;
    private final CodeIndex index;
    private final VectorFile vectors;
    private boolean closed;

    public SearchService(Path folder, Path vectorsFile) throws IOException {
        FittedQuantizer quantizer = FittedQuantizer.load(folder);
        Path codesFile = folder.resolve("index.codes");
        if (Files.notExists(codesFile)) {
            try (CodeIndex codes = CodeIndex.ofFolder(quantizer, folder)) {
                codes.save(codesFile);
            }
        }
        this.index = CodeIndex.open(quantizer, codesFile);
        this.vectors = VectorFile.map(vectorsFile);
        // The oversampling that 'linfhash advise' recommends for the quantizer.
        this.options = SearchOptions.nearest(10).withRescoring(3, vectors);
        // A crash between the two appends leaves vectors without codes.
        float[] vector = new float[quantizer.dimension()];
        while (index.nextId() < vectors.size()) {
            vectors.copy(index.nextId(), vector);
            index.add(vector);
        }
    }

    /** Returns the ids of the 10 nearest of the allowed vectors: the best 30 by code, rescored. */
    public long[] nearest(float[] query, LongPredicate allowed) {
        return index.search(query, options.withFilter(allowed)).ids();
    }

    /** Searches for several queries in several threads. */
    public List<SearchResult> nearest(float[][] queries, ExecutorService threads) throws InterruptedException {
        return index.searchAll(queries, options, threads);
    }

    /** Adds a vector and returns its id; searches that begin later find it. */
    public synchronized long add(float[] vector) {
        return index.add(vector, vectors);
    }

    /** Deletes a vector; searches that begin later do not find it. */
    public boolean delete(long id) {
        return index.delete(id);
    }

    /** Appends the added vectors to their file, and then their codes and the deletions to the index. */
    public synchronized void flush() throws IOException {
        vectors.append();
        index.append();
    }

    /** Flushes, and closes both files even if that fails. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            try (vectors;
                    index) {
                flush();
            }
        }
    }
}
