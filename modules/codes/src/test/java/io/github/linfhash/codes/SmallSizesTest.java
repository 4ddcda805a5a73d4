package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each entry point finds what brute force finds with 0, 1, k - 1, k and more codes and vectors, for 0, 1, k - 1 and k queries. {@link #entries}
 * lists them.
 */
class SmallSizesTest {
    private static final int D = SampleFolders.DIMENSION;
    private static final int K = 4;
    private static final int[] SIZES = {0, 1, K - 1, K, K + 3};
    private static final int[] QUERIES = {0, 1, K - 1, K};

    @TempDir
    private Path folder;

    private int files;

    /**
     * An entry point.
     *
     * @param exact whether it finds by exact distances, and not by the signs that differ
     */
    private record Entry(String name, boolean exact, Finder finder) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Finds the ids of the nearest vectors of each query. */
    @FunctionalInterface
    private interface Finder {
        /** The vectors have the ids that the map gives; the folder contains a quantizer of signs. */
        List<long[]> find(
                SmallSizesTest test, FittedQuantizer quantizer, Map<Long, float[]> vectors, float[][] queries, int k)
                throws Exception;
    }

    /** A change of an index, and of vectors beside it. */
    @FunctionalInterface
    private interface Change {
        /** Returns the index to search. */
        CodeIndex of(SmallSizesTest test, CodeIndex index, Map<Long, float[]> vectors) throws Exception;
    }

    private static Entry index(String name, Change change) {
        return new Entry("CodeIndex: " + name, false, (test, quantizer, vectors, queries, k) -> {
            try (CodeIndex index = change.of(test, CodeIndex.empty(quantizer), vectors)) {
                assertThat(index.size()).isEqualTo(vectors.size());
                for (long id = -1; id < 100; id++) {
                    assertThat(index.contains(id)).as("id " + id).isEqualTo(vectors.containsKey(id));
                }
                return each(queries, query -> index.search(query, k).ids());
            }
        });
    }

    private static Entry exact(String name, Finder finder) {
        return new Entry("VectorFile: " + name, true, finder);
    }

    static Stream<Entry> entries() {
        return Stream.of(
                index("put", (test, index, vectors) -> put(index, vectors)),
                index("put twice", (test, index, vectors) -> put(put(index, others(vectors)), vectors)),
                index("others deleted", (test, index, vectors) -> delete(put(put(index, more()), vectors), more())),
                index(
                        "all deleted, put again",
                        (test, index, vectors) -> put(delete(put(index, vectors), vectors), vectors)),
                index("saved", (test, index, vectors) -> {
                    put(index, vectors).save(test.newFile());
                    return index;
                }),
                index("saved and opened", (test, index, vectors) -> test.reopened(put(index, vectors))),
                index("saved, appended", (test, index, vectors) -> {
                    index.save(test.newFile());
                    put(index, vectors).append();
                    return index;
                }),
                index("saved, appended, opened", (test, index, vectors) -> {
                    index.save(test.newFile());
                    put(index, vectors).append();
                    return CodeIndex.open(test.quantizer(), test.lastFile());
                }),
                index(
                        "opened, others deleted",
                        (test, index, vectors) -> delete(test.reopened(put(put(index, vectors), more())), more())),
                index("opened, others deleted, appended, opened", (test, index, vectors) -> {
                    delete(test.reopened(put(put(index, vectors), more())), more())
                            .append();
                    return CodeIndex.open(test.quantizer(), test.lastFile());
                }),
                index("all deleted, appended, opened, appended, opened", (test, index, vectors) -> {
                    CodeIndex gone = delete(test.reopened(put(index, more())), more());
                    gone.append();
                    gone.close();
                    try (CodeIndex opened = CodeIndex.open(test.quantizer(), test.lastFile())) {
                        assertThat(opened.size()).isZero();
                        assertThat(opened.search(new float[D], K).size()).isZero();
                        put(opened, vectors).append();
                    }
                    return CodeIndex.open(test.quantizer(), test.lastFile());
                }),
                index(
                        "all deleted, saved, opened",
                        (test, index, vectors) -> put(test.reopened(delete(put(index, more()), more())), vectors)),
                index("added, numbered", (test, index, vectors) -> {
                    // Ids from 0 on, of which those that are not wanted are deleted.
                    for (long id = 0; id < 100; id++) {
                        assertThat(index.add(vectors.getOrDefault(id, new float[D])))
                                .isEqualTo(id);
                    }
                    for (long id = 0; id < 100; id++) {
                        assertThat(vectors.containsKey(id) || index.delete(id)).isTrue();
                    }
                    return test.reopened(index);
                }),
                index("of a folder", (test, index, vectors) -> {
                    byte[] codes = codes(test.quantizer(), vectors);
                    Files.write(
                            test.folder.resolve("codes.npy"),
                            SampleFolders.npy(
                                    "|u1",
                                    codes,
                                    vectors.size(),
                                    test.quantizer().bytes()));
                    Path ids = test.newFile();
                    VectorFile.writeIds(ids, ids(vectors));
                    return CodeIndex.ofFolder(test.quantizer(), test.folder, ids);
                }),
                new Entry("CodeIndex: a filter", false, (test, quantizer, vectors, queries, k) -> {
                    try (CodeIndex index = put(put(CodeIndex.empty(quantizer), more()), vectors)) {
                        SearchOptions options = SearchOptions.nearest(k).withFilter(vectors::containsKey);
                        return each(
                                queries, query -> index.search(query, options).ids());
                    }
                }),
                new Entry("CodeIndex: a batch", false, (test, quantizer, vectors, queries, k) -> {
                    ExecutorService threads = Executors.newFixedThreadPool(2);
                    try (CodeIndex index = delete(put(put(CodeIndex.empty(quantizer), more()), vectors), more())) {
                        return index.searchAll(queries, SearchOptions.nearest(k), threads).stream()
                                .map(SearchResult::ids)
                                .toList();
                    } finally {
                        threads.shutdownNow();
                    }
                }),
                new Entry("FittedQuantizer: distances of a block", false, (test, quantizer, vectors, queries, k) -> {
                    byte[] codes = codes(quantizer, vectors);
                    long[] ids = ids(vectors);
                    return each(queries, query -> {
                        float[] distances = new float[ids.length];
                        quantizer.query(query).distances(codes, 0, ids.length, distances);
                        return nearest(ids, i -> distances[i], k);
                    });
                }),
                new Entry("HammingSearch: signs", false, (test, quantizer, vectors, queries, k) -> {
                    float[] values = joined(vectors.values());
                    return hamming(
                            BinaryCodes.ofSigns(vectors.size(), D, values),
                            BinaryCodes.ofSigns(queries.length, D, joined(List.of(queries))),
                            ids(vectors),
                            k);
                }),
                new Entry("HashModel: codes of vectors", false, (test, quantizer, vectors, queries, k) -> {
                    HashModel model = HashModel.load(test.identityModel());
                    return hamming(encoded(model, vectors.values()), encoded(model, List.of(queries)), ids(vectors), k);
                }),
                exact("vectors with ids, put", (test, quantizer, vectors, queries, k) -> {
                    try (VectorFile file = test.vectorFile(Map.of())) {
                        return rescored(quantizer, vectors, file, queries, k);
                    }
                }),
                exact("vectors with ids, appended, mapped", (test, quantizer, vectors, queries, k) -> {
                    try (VectorFile file = test.vectorFile(more())) {
                        putVectors(file, vectors);
                        file.append();
                    }
                    try (VectorFile file = VectorFile.map(test.lastFile(), test.idsOfLastFile())) {
                        return rescored(quantizer, Map.of(), vectors, file, queries, k);
                    }
                }),
                exact("vectors with ids, those that are kept saved, mapped", (test, quantizer, vectors, queries, k) -> {
                    try (VectorFile file = test.vectorFile(more())) {
                        putVectors(file, vectors);
                        Path target = test.newFile();
                        file.save(target, test.idsOfLastFile(), vectors::containsKey);
                    }
                    try (VectorFile file = VectorFile.map(test.lastFile(), test.idsOfLastFile())) {
                        assertThat(file.size()).isEqualTo(vectors.size());
                        return rescored(quantizer, Map.of(), vectors, file, queries, k);
                    }
                }),
                exact("rows, saved, mapped", (test, quantizer, vectors, queries, k) -> {
                    long[] ids = ids(vectors);
                    float[][] rows = vectors.values().toArray(float[][]::new);
                    Path target = test.newFile();
                    Files.write(target, SampleFolders.npy("<f4", new byte[0], 0, D));
                    try (VectorFile file = VectorFile.map(target);
                            CodeIndex index = CodeIndex.empty(quantizer)) {
                        for (float[] row : rows) {
                            index.add(row, file);
                        }
                        file.save(target);
                        file.append();
                        index.save(test.newFile());
                        try (VectorFile mapped = VectorFile.map(target);
                                CodeIndex opened = CodeIndex.open(quantizer, test.lastFile())) {
                            assertThat(mapped.size()).isEqualTo(rows.length);
                            SearchOptions options = SearchOptions.nearest(k).withRescoring(100, mapped);
                            return each(
                                    queries,
                                    query -> Arrays.stream(opened.search(query, options)
                                                    .ids())
                                            .map(row -> ids[(int) row])
                                            .toArray());
                        }
                    }
                }));
    }

    private static float[] vector(long seed) {
        return SampleFolders.random(D, new SplittableRandom(seed));
    }

    /** Vectors under ids that no others have. */
    private static Map<Long, float[]> more() {
        Map<Long, float[]> more = new LinkedHashMap<>();
        for (long id = 60; id < 66; id++) {
            more.put(id, vector(1000 + id));
        }
        return more;
    }

    /** Other vectors under the same ids. */
    private static Map<Long, float[]> others(Map<Long, float[]> vectors) {
        Map<Long, float[]> others = new LinkedHashMap<>();
        vectors.keySet().forEach(id -> others.put(id, vector(2000 + id)));
        return others;
    }

    private static long[] ids(Map<Long, float[]> vectors) {
        return vectors.keySet().stream().mapToLong(Long::longValue).toArray();
    }

    private static CodeIndex put(CodeIndex index, Map<Long, float[]> vectors) {
        vectors.forEach(index::put);
        return index;
    }

    private static CodeIndex delete(CodeIndex index, Map<Long, float[]> vectors) {
        vectors.keySet().forEach(id -> assertThat(index.delete(id)).isTrue());
        return index;
    }

    private static void putVectors(VectorFile file, Map<Long, float[]> vectors) {
        vectors.forEach(file::put);
    }

    private static byte[] codes(FittedQuantizer quantizer, Map<Long, float[]> vectors) {
        ByteArrayOutputStream codes = new ByteArrayOutputStream();
        vectors.values().forEach(vector -> codes.writeBytes(quantizer.encode(vector)));
        return codes.toByteArray();
    }

    private static float[] joined(Iterable<float[]> rows) {
        List<float[]> all = new ArrayList<>();
        rows.forEach(all::add);
        float[] joined = new float[all.size() * D];
        for (int i = 0; i < all.size(); i++) {
            System.arraycopy(all.get(i), 0, joined, i * D, D);
        }
        return joined;
    }

    /** The search of one query. */
    @FunctionalInterface
    private interface Search {
        long[] of(float[] query);
    }

    private static List<long[]> each(float[][] queries, Search search) {
        return Arrays.stream(queries).map(search::of).toList();
    }

    /** A distance of the vector at a place. */
    @FunctionalInterface
    private interface Distance {
        double of(int i);
    }

    private static long[] nearest(long[] ids, Distance distance, int k) {
        return IntStream.range(0, ids.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> distance.of(i)).thenComparing(i -> ids[i]))
                .limit(k)
                .mapToLong(i -> ids[i])
                .toArray();
    }

    /** A search in Hamming distance, whose database has to have k codes: else what there is is searched for, and of none, one sentence says so. */
    private static List<long[]> hamming(BinaryCodes database, BinaryCodes queries, long[] ids, int k) {
        if (database.size() < k) {
            String expected = database.size() == 0
                    ? "expected a database of at least one code, found an empty one"
                    : "expected from 1 to " + database.size() + " neighbors, the number of database codes, found " + k;
            assertThatThrownBy(() -> HammingSearch.nearest(queries, database, k))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(expected);
        }
        if (database.size() == 0) {
            return IntStream.range(0, queries.size()).mapToObj(q -> new long[0]).toList();
        }
        // Rows by ascending id, as equally distant ones come by ascending row.
        Integer[] rows = IntStream.range(0, ids.length).boxed().toArray(Integer[]::new);
        Arrays.sort(rows, Comparator.comparing((Integer row) -> ids[row]));
        BinaryCodes sorted =
                database.select(Arrays.stream(rows).mapToInt(Integer::intValue).toArray());
        int found = Math.min(k, ids.length);
        HammingNeighbors neighbors = HammingSearch.nearest(queries, sorted, found);
        assertThat(neighbors.queries()).isEqualTo(queries.size());
        return IntStream.range(0, queries.size())
                .mapToObj(q -> IntStream.range(0, found)
                        .mapToLong(rank -> ids[rows[(int) neighbors.id(q, rank)]])
                        .toArray())
                .toList();
    }

    private static BinaryCodes encoded(HashModel model, Iterable<float[]> vectors) {
        ByteArrayOutputStream codes = new ByteArrayOutputStream();
        vectors.forEach(vector -> codes.writeBytes(model.encode(vector)));
        return BinaryCodes.ofBytes(codes.size() / ((D + 7) / 8), D, codes.toByteArray());
    }

    private static List<long[]> rescored(
            FittedQuantizer quantizer, Map<Long, float[]> vectors, VectorFile file, float[][] queries, int k) {
        return rescored(quantizer, vectors, vectors, file, queries, k);
    }

    /** The vectors to put go into the file; all others are in it. */
    private static List<long[]> rescored(
            FittedQuantizer quantizer,
            Map<Long, float[]> put,
            Map<Long, float[]> all,
            VectorFile file,
            float[][] queries,
            int k) {
        try (CodeIndex index = CodeIndex.empty(quantizer)) {
            putVectors(file, put);
            put(index, all);
            SearchOptions options = SearchOptions.nearest(k).withRescoring(100, file);
            return each(queries, query -> index.search(query, options).ids());
        }
    }

    private FittedQuantizer quantizer() throws IOException {
        return FittedQuantizer.load(folder);
    }

    private Path newFile() {
        files++;
        return lastFile();
    }

    private Path lastFile() {
        return folder.resolve("file" + files);
    }

    private Path idsOfLastFile() {
        return folder.resolve("ids" + files);
    }

    private CodeIndex reopened(CodeIndex index) throws IOException {
        try (index) {
            index.save(newFile());
        }
        return CodeIndex.open(quantizer(), lastFile());
    }

    /** A new file of vectors with ids. */
    private VectorFile vectorFile(Map<Long, float[]> vectors) throws IOException {
        Path empty = newFile();
        Files.write(empty, SampleFolders.npy("<f4", SampleFolders.bytes(joined(vectors.values())), vectors.size(), D));
        try (VectorFile file = VectorFile.map(empty)) {
            file.save(empty); // with room in its header
        }
        VectorFile.writeIds(idsOfLastFile(), ids(vectors));
        return VectorFile.map(empty, idsOfLastFile());
    }

    /** A linear function whose outputs are its inputs. */
    private Path identityModel() throws Exception {
        float[] weights = new float[D * D];
        for (int j = 0; j < D; j++) {
            weights[j * D + j] = 1;
        }
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("preprocessing/mean", SampleFolders.npy("<f8", new byte[8 * D], D));
        arrays.put("function/weights", SampleFolders.npy("<f4", SampleFolders.bytes(weights), D, D));
        arrays.put("function/offsets", SampleFolders.npy("<f4", new byte[4 * D], D));
        String sizes = "\"inputs\": " + D + ", \"outputs\": " + D + ", \"numbers\": {}";
        String json = "{\"schema\": \"linfhash-model/1\", \"method\": \"itq\", \"bits\": " + D + ", \"dimension\": " + D
                + ", \"preprocessing\": {\"kind\": \"centre-and-scale\", " + sizes
                + ", \"words\": {\"rows\": \"none\", \"normalize\": \"none\"}, \"arrays\": {"
                + described(arrays, "preprocessing/mean") + "}}, \"function\": {\"kind\": \"linear\", " + sizes
                + ", \"words\": {}, \"arrays\": {" + described(arrays, "function/weights") + ", "
                + described(arrays, "function/offsets") + "}}}";
        Path file = folder.resolve("identity.linfhash");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            store(zip, "model.json", json.getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                store(zip, array.getKey() + ".npy", array.getValue());
            }
        }
        return file;
    }

    private static String described(Map<String, byte[]> arrays, String name) throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Objects.requireNonNull(arrays.get(name)));
        return "\"" + name.substring(name.indexOf('/') + 1) + "\": {\"sha256\": \""
                + HexFormat.of().formatHex(sum) + "\"}";
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
    }

    private static int differentSigns(float[] a, float[] b) {
        return (int) IntStream.range(0, D).filter(j -> a[j] > 0 != b[j] > 0).count();
    }

    private static double squaredDistance(float[] a, float[] b) {
        return IntStream.range(0, D)
                .mapToDouble(j -> Math.pow((double) a[j] - b[j], 2))
                .sum();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void findsWhatBruteForceFinds(Entry entry) throws Exception {
        SampleFolders.Sample signs = SampleFolders.all().stream()
                .filter(sample ->
                        sample.name().equals("sign") && sample.similarity().equals("euclidean"))
                .findFirst()
                .orElseThrow();
        SampleFolders.write(folder, signs);
        for (int size : SIZES) {
            // Ids in no order, none of which is the number of its row alone.
            Map<Long, float[]> vectors = new LinkedHashMap<>();
            LongStream.range(0, size).map(i -> (17 * i + 5) % 50).forEach(id -> vectors.put(id, vector(id)));
            long[] ids = ids(vectors);
            for (int count : QUERIES) {
                float[][] queries =
                        IntStream.range(0, count).mapToObj(q -> vector(500 + q)).toArray(float[][]::new);
                for (int k : new int[] {1, K - 1, K}) {
                    List<long[]> found = entry.finder().find(this, quantizer(), vectors, queries, k);
                    assertThat(found).hasSize(count);
                    for (int q = 0; q < count; q++) {
                        float[] query = queries[q];
                        Distance distance = entry.exact()
                                ? i -> squaredDistance(query, Objects.requireNonNull(vectors.get(ids[i])))
                                : i -> differentSigns(query, Objects.requireNonNull(vectors.get(ids[i])));
                        assertThat(found.get(q))
                                .as(size + " vectors, query " + q + ", k " + k)
                                .isEqualTo(nearest(ids, distance, k));
                    }
                }
            }
        }
    }
}
