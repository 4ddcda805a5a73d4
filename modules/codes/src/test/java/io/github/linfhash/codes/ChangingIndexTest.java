package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids of one's own, deletions, filters and files that are appended to, beside a map of ids that is searched by brute force. */
class ChangingIndexTest {
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FittedQuantizer quantizer;

    /** One quantizer of each kind; codes of signs have many equal distances. */
    static Stream<SampleFolders.Sample> samples() {
        return SampleFolders.all().stream()
                .filter(sample -> sample.similarity().equals("euclidean")
                        && !sample.options().contains("\"bits\": 3"));
    }

    private static SampleFolders.Sample signs() {
        return SampleFolders.all().get(0);
    }

    private void load(SampleFolders.Sample sample) throws IOException {
        SampleFolders.write(folder, sample);
        quantizer = FittedQuantizer.load(folder);
    }

    private static float[] vector(SplittableRandom random) {
        return SampleFolders.random(SampleFolders.DIMENSION, random);
    }

    /** The ids of codes, the nearest to a query first. */
    private static List<Long> sorted(Map<Long, byte[]> codes, Query query) {
        Map<Long, Float> distances = new HashMap<>();
        codes.forEach((id, code) -> distances.put(id, query.distance(code)));
        return distances.keySet().stream()
                .sorted(Comparator.comparing((Long id) -> distances.get(id)).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private void requireEqual(CodeIndex index, Map<Long, byte[]> codes, SplittableRandom random) {
        assertThat(index.size()).isEqualTo(codes.size());
        float[] query = vector(random);
        List<Long> sorted = sorted(codes, quantizer.query(query));
        LongPredicate third = id -> id % 3 == 0;
        for (int k : new int[] {1, 7, 1000}) {
            assertThat(index.search(query, k).ids()).containsExactly(longs(sorted, k));
            assertThat(index.search(query, SearchOptions.nearest(k).withFilter(third))
                            .ids())
                    .containsExactly(longs(sorted.stream().filter(third::test).toList(), k));
        }
        codes.forEach((id, code) -> assertThat(index.code(id)).isEqualTo(code));
    }

    private static long[] longs(List<Long> ids, int k) {
        return ids.stream().limit(k).mapToLong(Long::longValue).toArray();
    }

    /** Additions, replacements and deletions in random order, between which the index is saved, appended and opened. */
    @ParameterizedTest
    @MethodSource("samples")
    void anIndexIsAMapOfItsIds(SampleFolders.Sample sample) throws IOException {
        load(sample);
        for (long seed = 0; seed < 4; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<Long, byte[]> codes = new HashMap<>();
            CodeIndex index = CodeIndex.empty(quantizer);
            Path file = folder.resolve("index.codes");
            long last = -1;
            boolean saved = false;
            for (int step = 0; step < 600; step++) {
                float[] vector = vector(random);
                int what = random.nextInt(100);
                // Some indexes have numbers from 0 on alone, others are mixed.
                if (what < 40 || (seed == 0 && what < 70)) {
                    long id = index.add(vector);
                    assertThat(id).isEqualTo(last + 1);
                    last = id;
                    codes.put(id, quantizer.encode(vector));
                } else if (what < 70) {
                    long id = random.nextInt(-50, 200);
                    index.put(id, vector);
                    last = Math.max(last, id);
                    codes.put(id, quantizer.encode(vector));
                } else if (what < 90) {
                    long id = random.nextInt(-50, 200);
                    assertThat(index.contains(id)).isEqualTo(codes.containsKey(id));
                    assertThat(index.delete(id)).isEqualTo(codes.remove(id) != null);
                } else if (what < 92 || (!saved && what < 96)) {
                    index.save(file);
                    saved = true;
                    assertThat(index.deleted()).isZero();
                } else if (what < 96) {
                    index.append();
                } else if (what < 98 && saved) {
                    index.append();
                    index.close();
                    index = CodeIndex.open(quantizer, file);
                } else {
                    requireEqual(index, codes, random);
                }
                assertThat(index.nextId()).isEqualTo(last + 1);
            }
            requireEqual(index, codes, random);
            index.close();
        }
    }

    /** Without a filter all is found, and without vectors nothing is rescored, which a caller that lost his does not want. */
    @Test
    @SuppressWarnings("NullAway")
    void filtersAndVectorsAreNeverNull() {
        SearchOptions options = SearchOptions.nearest(1);
        assertThatThrownBy(() -> options.withFilter(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> options.withRescoring(3, null)).isInstanceOf(NullPointerException.class);
    }

    /** Deletions are kept in parts of 65,536 rows. */
    @Test
    void manyCodesAreDeletedAndReplaced() throws IOException {
        load(signs());
        SplittableRandom random = new SplittableRandom(1);
        byte[] code = quantizer.encode(vector(random));
        float[] near = vector(random);
        byte[] replaced = quantizer.encode(near);
        Path file = folder.resolve("index.codes");
        int count = 200_000;
        try (CodeIndex index = CodeIndex.empty(quantizer)) {
            for (int i = 0; i < count; i++) {
                index.putCode(7L * i, code);
            }
            index.save(file);
            for (int i = 0; i < count; i++) {
                if (i % 1000 == 3) {
                    index.putCode(7L * i, replaced);
                } else if (i != 65_536) {
                    assertThat(index.delete(7L * i)).isTrue();
                }
            }
            index.append();
        }
        try (CodeIndex index = CodeIndex.open(quantizer, file)) {
            assertThat(index.size()).isEqualTo(201);
            assertThat(index.deleted()).isEqualTo(count - 1);
            SearchResult found = index.search(near, 300);
            assertThat(found.size()).isEqualTo(201);
            for (int i = 0; i < 200; i++) {
                assertThat(found.id(i)).isEqualTo(7L * (1000 * i + 3));
                assertThat(found.distance(i)).isZero();
            }
            assertThat(found.id(200)).isEqualTo(7L * 65_536);
            long before = Files.size(file);
            index.save(file);
            assertThat(Files.size(file)).isLessThan(before / 200);
            assertThat(index.search(near, 300).ids()).isEqualTo(found.ids());
        }
    }

    @Test
    void idsAreNotGivenAgain() throws IOException {
        load(signs());
        SplittableRandom random = new SplittableRandom(1);
        Path file = folder.resolve("index.codes");
        try (CodeIndex index = CodeIndex.empty(quantizer)) {
            for (int i = 0; i < 5; i++) {
                index.add(vector(random));
            }
            index.delete(4);
            index.delete(3);
            assertThat(index.delete(3)).isFalse();
            index.save(file);
        }
        try (CodeIndex index = CodeIndex.open(quantizer, file)) {
            assertThat(index.size()).isEqualTo(3);
            assertThat(index.nextId()).isEqualTo(5);
            assertThat(index.add(vector(random))).isEqualTo(5);
            assertThat(index.contains(3)).isFalse();
            assertThatThrownBy(() -> index.code(3))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("expected the id of a code, found 3");
            index.put(Long.MAX_VALUE, vector(random));
            assertThatThrownBy(() -> index.add(vector(random)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("expected an id below 9223372036854775807, which was given; use put");
            index.put(Long.MIN_VALUE, vector(random));
            index.append();
            assertThat(CodeIndex.open(quantizer, file)
                            .search(vector(random), 10)
                            .ids())
                    .containsExactlyInAnyOrder(Long.MIN_VALUE, 0L, 1L, 2L, 5L, Long.MAX_VALUE);
        }
    }

    /** A filter is asked once for each code that is there, and never for deleted ones. */
    @Test
    void aFilterIsAskedOnce() throws IOException {
        load(signs());
        SplittableRandom random = new SplittableRandom(1);
        List<Long> asked = new ArrayList<>();
        try (CodeIndex index = CodeIndex.empty(quantizer)) {
            for (int i = 0; i < 1000; i++) {
                index.put(5L * i, vector(random));
            }
            index.delete(500);
            SearchOptions options = SearchOptions.nearest(3).withFilter(id -> {
                asked.add(id);
                return id == 70 || id == 500;
            });
            assertThat(index.search(vector(random), options).ids()).containsExactly(70);
            assertThat(asked).hasSize(999).doesNotHaveDuplicates().doesNotContain(500L);
        }
    }

    /** Of vectors that have the accepted ids, the nearest by exact distance is found. */
    @Test
    void filtersAndRescoringGoTogether() throws IOException {
        load(signs());
        SplittableRandom random = new SplittableRandom(1);
        Map<Long, float[]> vectors = new HashMap<>();
        try (CodeIndex index = CodeIndex.empty(quantizer)) {
            for (long i = 0; i < 300; i++) {
                vectors.put(3 * i, vector(random));
                index.put(3 * i, Objects.requireNonNull(vectors.get(3 * i)));
            }
            float[] query = vector(random);
            SearchOptions options = SearchOptions.nearest(2)
                    .withRescoring(
                            100,
                            (id, target) -> System.arraycopy(
                                    Objects.requireNonNull(vectors.get(id)), 0, target, 0, target.length))
                    .withFilter(id -> id % 2 == 1);
            long[] expected = vectors.keySet().stream()
                    .filter(id -> id % 2 == 1)
                    .sorted(Comparator.comparing(
                            id -> quantizer.similarity().distance(query, Objects.requireNonNull(vectors.get(id)))))
                    .limit(2)
                    .mapToLong(Long::longValue)
                    .toArray();
            assertThat(index.search(query, options).ids()).isEqualTo(expected);
        }
    }

    @Test
    void aClosedIndexSaysSo() throws IOException {
        load(signs());
        float[] vector = vector(new SplittableRandom(1));
        CodeIndex index = CodeIndex.empty(quantizer);
        assertThatThrownBy(index::append)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected an index with a file, found one without; save it first");
        index.add(vector);
        index.close();
        index.close();
        List<Runnable> calls = List.of(
                () -> index.search(vector, 1),
                () -> index.add(vector),
                () -> index.put(1, vector),
                () -> index.delete(0),
                () -> index.contains(0),
                () -> index.code(0),
                index::size,
                index::deleted,
                index::nextId);
        for (Runnable call : calls) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("expected an open index, found a closed one");
        }
        assertThatThrownBy(() -> index.save(folder.resolve("index.codes"))).isInstanceOf(IllegalStateException.class);
    }
}
