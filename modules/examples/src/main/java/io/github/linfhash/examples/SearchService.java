package io.github.linfhash.examples;

import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.Quantizer;
import io.github.linfhash.codes.VectorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Searches the folder of {@code linfhash quantize} and rescores by the vectors that were quantized; needs the module codes alone. */
public final class SearchService {
    private final CodeIndex index;
    private final VectorFile vectors;

    public SearchService(Path folder, Path vectors) throws IOException {
        Quantizer quantizer = Quantizer.load(folder);
        Path file = folder.resolve("index.codes");
        if (Files.notExists(file)) {
            CodeIndex.ofFolder(quantizer, folder).save(file);
        }
        this.index = CodeIndex.open(quantizer, file);
        this.vectors = VectorFile.map(vectors);
    }

    /** Returns the rows of the 10 nearest vectors: the best 30 by code, rescored. */
    public long[] nearest(float[] query) {
        return index.search(query, 10, 3, vectors).ids();
    }
}
