package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Distances and searches of codes in blocks, to the last bit those of the codes one by one. */
class BlockTest {
    private static final int[] DIMENSIONS = {1, 31, 32, 33, 65, 128, 401};

    @TempDir
    private Path folder;

    static Stream<CodeScheme> schemes() {
        Stream.Builder<CodeScheme> all = Stream.builder();
        for (int n : DIMENSIONS) {
            all.add(new SignScheme(n, true));
            for (Similarity similarity : Similarity.values()) {
                all.add(new Int8Scheme(n, similarity));
            }
            for (int bits = 1; bits <= 8; bits++) {
                for (int queryBits : new int[] {3, 4, 8}) {
                    all.add(new RaBitQScheme(n, bits, queryBits, queryBits == 3, new float[n], Similarity.EUCLIDEAN));
                }
            }
        }
        for (int parts : new int[] {1, 2, 7, 8, 127, 129, 301}) {
            // Codes of products have blocks only where vector kernels are.
            if (VectorKernels.FOUND != null) {
                all.add(products(parts, 8));
                all.add(products(parts, 4));
            }
        }
        return all.build();
    }

    /** Parts of one and two coordinates in turns; the centers of the last one are equal. */
    private static ProductScheme products(int parts, int bits) {
        SplittableRandom random = new SplittableRandom(parts);
        int[] starts = new int[parts + 1];
        float[][] centers = new float[parts][];
        for (int part = 0; part < parts; part++) {
            starts[part + 1] = starts[part] + 1 + part % 2;
            centers[part] = SampleFolders.random((1 << bits) * (1 + part % 2), random);
        }
        Arrays.fill(centers[parts - 1], 0.5f);
        return new ProductScheme(starts, centers, bits, parts % 2 == 0 ? Similarity.DOT : Similarity.EUCLIDEAN);
    }

    /** The module that brings them tests with them. */
    @Test
    void vectorKernelsAreFoundWhereTheyAre() {
        assertThat(VectorKernels.FOUND != null).isEqualTo(Boolean.getBoolean("linfhash.vectors"));
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void blocksGiveTheDistancesOfCodes(CodeScheme scheme) {
        SplittableRandom random = new SplittableRandom(scheme.bytes());
        byte[] codes = new byte[Block.CODES * scheme.bytes()];
        for (int i = 0; i < Block.CODES; i++) {
            float[] vector = SampleFolders.random(scheme.inputs(), random);
            scheme.encode(vector, vector, codes, i * scheme.bytes());
        }
        Block.Shape shape = scheme.blocks();
        // Codes of single bits have no blocks where they would be slower.
        Block.Shape any = shape == null ? new Block.Shape((scheme.inputs() + 31) / 32, 3, 0, 0) : shape;
        Block turned = new Block(any);
        scheme.turn(codes, turned);
        Block.Stored stored = Block.Stored.of(any, 3);
        turned.write(stored, 1);
        Block block = new Block(any);
        block.read(stored, 1);
        System.arraycopy(codes, 0, block.rows, 0, block.rows.length);
        for (int q = 0; q < 5; q++) {
            Query query = scheme.query(SampleFolders.random(scheme.inputs(), random));
            float[] expected = new float[Block.CODES];
            query.distances(codes, 0, Block.CODES, expected);
            float[] found = new float[Block.CODES];
            assertThat(query.distances(block, Float.POSITIVE_INFINITY, found)).isTrue();
            assertThat(found).containsExactly(expected);
            float[] sorted = expected.clone();
            Arrays.sort(sorted);
            for (float limit : new float[] {sorted[0], sorted[20], Math.nextDown(sorted[0])}) {
                boolean some = query.distances(block, limit, found);
                assertThat(some || sorted[0] > limit).isTrue();
                for (int i = 0; i < Block.CODES && some; i++) {
                    assertThat(found[i] == expected[i] || (expected[i] > limit && found[i] > limit))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void firstHammingDistancesAreThoseOneByOne() {
        SplittableRandom random = new SplittableRandom(9);
        for (int n : DIMENSIONS) {
            BitPlanes codes = BitPlanes.ofSigns(520, n, SampleFolders.random(520 * n, random));
            Distances distances = new SignScheme(n, true).distances(codes, SampleFolders.random(n, random));
            for (int count : new int[] {0, 1, 255, 256, 257, 520}) {
                float[] found = distances.first(count);
                assertThat(found).hasSize(count);
                for (int i = 0; i < count; i++) {
                    assertThat(found[i]).isEqualTo(distances.to(i));
                }
            }
        }
    }

    /** The nearest of all codes that were not deleted and that the filter accepts, by distances that are computed one by one. */
    private static long[] bruteForce(CodeIndex index, float[] distances, int k, LongPredicate filter) {
        return LongStream.range(0, distances.length)
                .filter(index::contains)
                .filter(filter)
                .boxed()
                .sorted(Comparator.comparing((Long id) -> distances[id.intValue()])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(k)
                .mapToLong(Long::longValue)
                .toArray();
    }

    static Stream<SampleFolders.Sample> samples() {
        return SampleFolders.all().stream().filter(sample -> sample.similarity().equals("euclidean"));
    }

    /** An index that grows between searches, is saved on its way, and loses codes. */
    @ParameterizedTest
    @MethodSource("samples")
    void searchesFindTheNearestAtEverySize(SampleFolders.Sample sample) throws Exception {
        SampleFolders.write(folder, sample);
        FittedQuantizer quantizer = FittedQuantizer.load(folder);
        SplittableRandom random = new SplittableRandom(3);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        List<byte[]> codes = new ArrayList<>();
        try (CodeIndex index = CodeIndex.empty(quantizer)) {
            for (int size : new int[] {0, 1, 255, 256, 257, 512, 513, 1801}) {
                while (codes.size() < size) {
                    byte[] code = quantizer.encode(SampleFolders.random(SampleFolders.DIMENSION, random));
                    codes.add(code);
                    assertThat(index.addCode(code)).isEqualTo(codes.size() - 1);
                    if (random.nextInt(20) == 0) {
                        index.delete(random.nextInt(codes.size()));
                    }
                }
                float[][] queries = new float[100][];
                Arrays.setAll(queries, q -> SampleFolders.random(SampleFolders.DIMENSION, random));
                for (int share : new int[] {1, 3, 97}) {
                    LongPredicate filter = id -> id % share == 0;
                    SearchOptions options = SearchOptions.nearest(6).withFilter(filter);
                    List<SearchResult> together = share == 1
                            ? index.searchAll(queries, SearchOptions.nearest(6), thread)
                            : index.searchAll(queries, options, thread);
                    for (int q = 0; q < queries.length; q += 33) {
                        float[] distances = new float[size];
                        Query query = quantizer.query(queries[q]);
                        for (int i = 0; i < size; i++) {
                            distances[i] = query.distance(codes.get(i));
                        }
                        SearchResult one = index.search(queries[q], options);
                        assertThat(one.ids()).containsExactly(bruteForce(index, distances, 6, filter));
                        assertThat(together.get(q).ids()).containsExactly(one.ids());
                        IntStream.range(0, one.size())
                                .forEach(rank ->
                                        assertThat(one.distance(rank)).isEqualTo(distances[(int) one.id(rank)]));
                    }
                }
                if (size == 257 || size == 513) {
                    // Rows of deleted codes go, but ids stay.
                    index.save(folder.resolve("index.codes"));
                }
            }
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void searchesGoOnWhereMemoryForBlocksEnds() throws Exception {
        SampleFolders.writeSigns(folder, 1 << 16);
        SampleFolders.assertSilent(Full.class, folder);
    }

    /** A process whose heap of 64 MiB gives blocks 16 MiB: those of 2,048 codes of 8 KiB. Memory off the heap is full from the start for one index. */
    static final class Full {
        private Full() {}

        public static void main(String[] args) throws IOException {
            FittedQuantizer quantizer = FittedQuantizer.load(Path.of(args[0]));
            List<ByteBuffer> taken = new ArrayList<>();
            for (boolean full : new boolean[] {false, true}) {
                for (int size = 1 << 20; full && size >= 1 << 19; size /= 2) {
                    try {
                        while (true) {
                            taken.add(ByteBuffer.allocateDirect(size));
                        }
                    } catch (OutOfMemoryError e) {
                        taken.add(ByteBuffer.allocate(1));
                    }
                }
                try (CodeIndex index = CodeIndex.empty(quantizer)) {
                    byte[] code = new byte[quantizer.bytes()];
                    for (int i = 0; i < 2900; i++) {
                        ByteBuffer.wrap(code).putInt(0, i);
                        index.addCode(code);
                    }
                    float[] vector = new float[quantizer.dimension()];
                    Arrays.fill(vector, -1);
                    for (int q : new int[] {0, 1700, 2899}) {
                        for (int b = 0; b < 32; b++) {
                            // Byte 0 has the upper bits of a number, and of each byte bit 0 is the first sign.
                            vector[b] = (q >> (8 * (3 - b / 8) + b % 8) & 1) == 1 ? 1 : -1;
                        }
                        long found = index.search(vector, 1).id(0);
                        if (found != q) {
                            System.out.println("expected " + q + ", found " + found + (full ? " of rows" : ""));
                        }
                    }
                }
            }
        }
    }
}
