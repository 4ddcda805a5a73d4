package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorFileTest {
    private static final int D = SampleFolders.DIMENSION;
    private static final int STORED = 200;
    private static final int COUNT = 500;

    @TempDir
    private Path folder;

    private Quantizer quantizer;
    private Path file;
    private float[][] vectors;

    @BeforeEach
    void writeAnIndexAndItsVectors() throws IOException {
        // int8, by Euclidean distance
        SampleFolders.write(
                folder,
                SampleFolders.all().stream()
                        .filter(sample -> sample.name().equals("int8")
                                && sample.similarity().equals("euclidean"))
                        .findFirst()
                        .orElseThrow());
        quantizer = Quantizer.load(folder);
        SplittableRandom random = new SplittableRandom(3);
        vectors = new float[COUNT][];
        Arrays.setAll(vectors, i -> SampleFolders.random(D, random));
        float[] stored = new float[STORED * D];
        for (int i = 0; i < STORED; i++) {
            System.arraycopy(vectors[i], 0, stored, i * D, D);
        }
        file = folder.resolve("vectors.npy");
        Files.write(file, SampleFolders.npy("<f4", SampleFolders.bytes(stored), STORED, D));
    }

    private CodeIndex index() {
        CodeIndex index = CodeIndex.empty(quantizer);
        for (int i = 0; i < STORED; i++) {
            index.add(vectors[i]);
        }
        return index;
    }

    private long[] nearest(float[] query) {
        return LongStream.range(0, COUNT)
                .boxed()
                .sorted(Comparator.comparing(i -> squaredDistance(vectors[i.intValue()], query)))
                .mapToLong(Long::longValue)
                .limit(10)
                .toArray();
    }

    private static double squaredDistance(float[] a, float[] b) {
        double sum = 0;
        for (int j = 0; j < D; j++) {
            sum += Math.pow((double) a[j] - b[j], 2);
        }
        return sum;
    }

    /** Rescoring of all codes gives the exact neighbors, whichever were added, and after both files were saved and opened again. */
    @Test
    void addedVectorsAreRescoredAndSaved() throws IOException {
        CodeIndex index = index();
        VectorFile source = VectorFile.map(file);
        for (int i = STORED; i < COUNT; i++) {
            assertThat(index.add(vectors[i], source)).isEqualTo(i);
        }
        Path codes = folder.resolve("index.codes");
        source.save(file);
        index.save(codes);
        CodeIndex opened = CodeIndex.open(quantizer, codes);
        VectorFile mapped = VectorFile.map(file);
        assertThat(mapped.size()).isEqualTo(COUNT);
        float[] vector = new float[D];
        for (int i = 0; i < COUNT; i++) {
            source.copy(i, vector);
            assertThat(vector).isEqualTo(vectors[i]);
            mapped.copy(i, vector);
            assertThat(vector).isEqualTo(vectors[i]);
        }
        SplittableRandom random = new SplittableRandom(4);
        for (int q = 0; q < 5; q++) {
            float[] query = SampleFolders.random(D, random);
            assertThat(index.search(query, 10, COUNT / 10, source).ids()).isEqualTo(nearest(query));
            assertThat(opened.search(query, 10, COUNT / 10, mapped).ids()).isEqualTo(nearest(query));
        }
    }

    /** The header as NumPy writes it: {@code numpy.save} of zeros of shape (500, 21), float32. */
    @Test
    void savedVectorsHaveTheHeaderOfNumpy() throws IOException {
        VectorFile source = VectorFile.map(file);
        for (int i = STORED; i < COUNT; i++) {
            source.add(vectors[i]);
        }
        source.save(file);
        String header = "\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (500, 21), }";
        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(bytes, 0, 128, StandardCharsets.ISO_8859_1))
                .isEqualTo(header + " ".repeat(127 - header.length()) + "\n");
        assertThat(bytes).hasSize(128 + 4 * COUNT * D);
    }

    @Test
    void nothingIsAddedIfOneOfTheTwoIsRefused() throws IOException {
        CodeIndex index = index();
        VectorFile source = VectorFile.map(file);
        float[] infinite = new float[D];
        infinite[3] = Float.POSITIVE_INFINITY;
        assertThatThrownBy(() -> index.add(infinite, source)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> source.add(infinite)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> source.add(new float[D - 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected vectors of dimension 21, as those of ");
        assertThat(source.size()).isEqualTo(STORED);
        assertThat(index.size()).isEqualTo(STORED);
        index.add(vectors[STORED]);
        assertThatThrownBy(() -> index.add(vectors[STORED + 1], source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a vector for each of the 201 codes, found 200 vectors");
        assertThat(index.size()).isEqualTo(STORED + 1);
    }

    @Test
    void codesWithoutAVectorAreNotRescored() throws IOException {
        CodeIndex index = index();
        VectorFile source = VectorFile.map(file);
        index.add(vectors[STORED]);
        assertThatThrownBy(() -> index.search(vectors[STORED], 10, 1000, source))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("expected an id below 200, as many as " + file
                        + " has vectors, found 200; add a vector for each code that is added to an index");
        assertThatThrownBy(() -> source.copy(0, new float[D + 1])).isInstanceOf(IllegalArgumentException.class);
    }

    /** A search that finds a code finds its vector. */
    @Test
    void searchesRunBesideAdditions() throws Exception {
        CodeIndex index = index();
        VectorFile source = VectorFile.map(file);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?> one = threads.submit(() -> addMany(index, source));
            Future<?> other = threads.submit(() -> addMany(index, source));
            while (!one.isDone() || !other.isDone()) {
                assertThat(index.search(vectors[0], 1, 100_000, source).id(0)).isZero();
            }
            one.get();
            other.get();
        } finally {
            threads.shutdownNow();
        }
        float[] vector = new float[D];
        assertThat(index.size()).isEqualTo(STORED + 4000).isEqualTo(source.size());
        for (long id = 0; id < index.size(); id++) {
            source.copy(id, vector);
            assertThat(index.code(id)).isEqualTo(quantizer.encode(vector));
        }
    }

    private void addMany(CodeIndex index, VectorFile source) {
        for (int i = 0; i < 2000; i++) {
            index.add(vectors[STORED + i % 300], source);
        }
    }
}
