package io.github.linfhash.examples;

import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.Quantizer;
import io.github.linfhash.codes.VectorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Searches the folder of {@code linfhash quantize} and rescores by the vectors that were quantized, to which others can be added; needs the module codes alone. */
public final class SearchService {
    private final Path codesFile;
    private final Path vectorsFile;
    private final CodeIndex index;
    private final VectorFile vectors;

    public SearchService(Path folder, Path vectorsFile) throws IOException {
        Quantizer quantizer = Quantizer.load(folder);
        this.codesFile = folder.resolve("index.codes");
        this.vectorsFile = vectorsFile;
        if (Files.notExists(codesFile)) {
            CodeIndex.ofFolder(quantizer, folder).save(codesFile);
        }
        this.index = CodeIndex.open(quantizer, codesFile);
        this.vectors = VectorFile.map(vectorsFile);
        // A crash between the two saves leaves vectors without codes.
        float[] vector = new float[quantizer.dimension()];
        while (index.size() < vectors.size()) {
            vectors.copy(index.size(), vector);
            index.add(vector);
        }
    }

    /** Returns the rows of the 10 nearest vectors: the best 30 by code, rescored. */
    public long[] nearest(float[] query) {
        return index.search(query, 10, 3, vectors).ids();
    }

    /** Adds a vector and returns its row; searches that begin later find it. */
    public synchronized long add(float[] vector) {
        return index.add(vector, vectors);
    }

    /** Saves the added vectors, and then their codes. */
    public synchronized void save() throws IOException {
        vectors.save(vectorsFile);
        index.save(codesFile);
    }
}
