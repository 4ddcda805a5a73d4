package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexThreadsTest {
    private static final int KEPT = 100;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @TempDir
    private Path folder;

    private FittedQuantizer quantizer;
    private Path file;

    @BeforeEach
    void loadProducts() throws IOException {
        SampleFolders.write(
                folder,
                SampleFolders.all().stream()
                        .filter(sample -> sample.name().equals("pq"))
                        .findFirst()
                        .orElseThrow());
        quantizer = FittedQuantizer.load(folder);
        file = folder.resolve("index.codes");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static float[] vector(long seed) {
        return SampleFolders.random(SampleFolders.DIMENSION, new SplittableRandom(seed));
    }

    private static float[][] vectors(int count) {
        float[][] vectors = new float[count][];
        Arrays.setAll(vectors, IndexThreadsTest::vector);
        return vectors;
    }

    @Test
    void batchesFindWhatSingleSearchesFind() throws Exception {
        try (CodeIndex index = CodeIndex.empty(quantizer)) {
            for (int i = 0; i < 1500; i++) {
                index.put(3L * (i % 1000), vector(i));
            }
            float[][] queries = vectors(61);
            SearchOptions options = SearchOptions.nearest(9).withFilter(id -> id % 2 == 0);
            for (int count : new int[] {1, 2, 3}) {
                ExecutorService some = Executors.newFixedThreadPool(count);
                List<SearchResult> found = index.searchAll(queries, options, some);
                some.shutdown();
                assertThat(found).hasSize(queries.length);
                for (int q = 0; q < queries.length; q++) {
                    SearchResult one = index.search(queries[q], options);
                    assertThat(found.get(q).ids()).isEqualTo(one.ids());
                    for (int rank = 0; rank < one.size(); rank++) {
                        assertThat(found.get(q).distance(rank)).isEqualTo(one.distance(rank));
                    }
                }
            }
            assertThat(index.searchAll(new float[0][], options, threads)).isEmpty();
        }
    }

    @Test
    void failuresOfABatchAreThoseOfASearch() throws IOException {
        try (CodeIndex index = CodeIndex.empty(quantizer)) {
            index.add(vector(1));
            float[][] queries = vectors(50);
            queries[33] = new float[3];
            assertThatThrownBy(() -> index.searchAll(queries, SearchOptions.nearest(1), threads))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a vector of dimension 21, found 3");
        }
    }

    /** A batch sees one moment: whatever its own rescoring deletes, later queries find it still. */
    @Test
    void aBatchSeesOneMoment() throws Exception {
        try (CodeIndex index = CodeIndex.empty(quantizer)) {
            for (int i = 0; i < 40; i++) {
                index.add(vector(i));
            }
            AtomicInteger next = new AtomicInteger();
            SearchOptions options = SearchOptions.nearest(40).withRescoring(1, (id, target) -> {
                index.delete(next.getAndIncrement() % 40);
                System.arraycopy(vector(id), 0, target, 0, target.length);
            });
            for (SearchResult found : index.searchAll(vectors(100), options, threads)) {
                assertThat(found.size()).isEqualTo(40);
            }
            assertThat(index.size()).isZero();
        }
    }

    /**
     * Two threads search while one adds, replaces, deletes, appends, saves and at last closes: each search finds all codes that are never
     * deleted, no id twice, and distances that belong to one of the two vectors of an id.
     */
    @Test
    void searchesRunBesideEverything() throws Exception {
        CodeIndex index = CodeIndex.empty(quantizer);
        for (int i = 0; i < KEPT; i++) {
            index.put(i, vector(i));
        }
        index.save(file);
        float[] query = vector(-1);
        Query prepared = quantizer.query(query);
        float[][] possible = new float[KEPT][];
        for (int i = 0; i < KEPT; i++) {
            possible[i] = new float[] {
                prepared.distance(quantizer.encode(vector(i))), prepared.distance(quantizer.encode(vector(i + 5000)))
            };
        }
        List<Future<Integer>> searches = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            searches.add(threads.submit(() -> searchUntilClosed(index, query, possible)));
        }
        Future<?> changes = threads.submit(() -> {
            for (int round = 0; round < 60; round++) {
                for (int i = 0; i < 50; i++) {
                    index.put(1000 + i, vector(round * 50L + i));
                    index.put(i, vector(round % 2 == 0 ? i + 5000 : i));
                    if (i % 2 == 0) {
                        index.delete(1000 + i);
                    }
                }
                if (round % 3 == 0) {
                    index.save(file);
                } else {
                    index.append();
                }
            }
            return null;
        });
        changes.get();
        index.close();
        for (Future<Integer> search : searches) {
            assertThat(search.get()).isPositive();
        }
        try (CodeIndex opened = CodeIndex.open(quantizer, file)) {
            assertThat(opened.size()).isEqualTo(KEPT + 25);
        }
    }

    private static int searchUntilClosed(CodeIndex index, float[] query, float[][] possible) {
        for (int count = 0; ; count++) {
            SearchResult found;
            try {
                found = index.search(query, 100_000);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("expected an open index, found a closed one");
                return count;
            }
            boolean[] seen = new boolean[2000];
            int kept = 0;
            for (int rank = 0; rank < found.size(); rank++) {
                int id = (int) found.id(rank);
                assertThat(seen[id]).as("id " + id).isFalse();
                seen[id] = true;
                if (id < KEPT) {
                    kept++;
                    assertThat(found.distance(rank)).isIn(possible[id][0], possible[id][1]);
                }
            }
            assertThat(kept).isEqualTo(KEPT);
        }
    }

    /** The lines of /proc/self/maps that name a file. */
    private static long mappings(Path file) throws IOException {
        Path maps = Path.of("/proc/self/maps");
        assumeTrue(Files.exists(maps));
        return Files.readAllLines(maps).stream()
                .filter(line -> line.endsWith(file.toString()))
                .count();
    }

    @Test
    void closingUnmapsTheFile() throws IOException {
        try (CodeIndex index = CodeIndex.empty(quantizer)) {
            index.add(vector(1));
            index.save(file);
        }
        CodeIndex index = CodeIndex.open(quantizer, file);
        assertThat(mappings(file.toRealPath())).isEqualTo(1);
        Path moved = folder.resolve("moved.codes");
        index.save(moved);
        assertThat(mappings(file)).isZero();
        assertThat(mappings(moved)).isEqualTo(1);
        index.close();
        assertThat(mappings(moved)).isZero();
    }
}
