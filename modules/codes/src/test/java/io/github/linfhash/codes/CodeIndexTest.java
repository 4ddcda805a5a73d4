package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeIndexTest {
    private static final int COUNT = 700;

    @TempDir
    private Path folder;

    static Stream<SampleFolders.Sample> samples() {
        return SampleFolders.all().stream();
    }

    private static float[][] vectors(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> SampleFolders.random(SampleFolders.DIMENSION, random))
                .toArray(float[][]::new);
    }

    private FittedQuantizer quantizer(SampleFolders.Sample sample) throws IOException {
        SampleFolders.write(folder, sample);
        return FittedQuantizer.load(folder);
    }

    private FittedQuantizer signs() throws IOException {
        return quantizer(SampleFolders.all().get(0));
    }

    private static CodeIndex index(FittedQuantizer quantizer, float[][] vectors) {
        CodeIndex index = CodeIndex.empty(quantizer);
        for (int i = 0; i < vectors.length; i++) {
            assertThat(index.add(vectors[i])).isEqualTo(i);
        }
        return index;
    }

    /** All ids by distance, then id. */
    private static long[] bruteForce(List<byte[]> codes, Query query) {
        List<Float> distances = codes.stream().map(query::distance).toList();
        return LongStream.range(0, codes.size())
                .boxed()
                .sorted(Comparator.comparing((Long i) -> distances.get(i.intValue()))
                        .thenComparing(Comparator.naturalOrder()))
                .mapToLong(Long::longValue)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void findsWhatBruteForceFinds(SampleFolders.Sample sample) throws IOException {
        FittedQuantizer quantizer = quantizer(sample);
        float[][] vectors = vectors(COUNT, 1);
        CodeIndex index = index(quantizer, vectors);
        Path file = folder.resolve("index.codes");
        index.save(file);
        CodeIndex mapped = CodeIndex.open(quantizer, file);
        CodeIndex both = index(quantizer, Arrays.copyOf(vectors, 300));
        both.save(file);
        CodeIndex grown = CodeIndex.open(quantizer, file);
        for (int i = 300; i < COUNT; i++) {
            assertThat(grown.add(vectors[i])).isEqualTo(i);
        }
        List<byte[]> codes = Arrays.stream(vectors).map(quantizer::encode).toList();
        for (float[] query : vectors(5, 2)) {
            long[] expected = bruteForce(codes, quantizer.query(query));
            for (int k : new int[] {1, 10, COUNT, COUNT + 5}) {
                long[] first = Arrays.copyOf(expected, Math.min(k, COUNT));
                for (CodeIndex one : List.of(index, mapped, grown)) {
                    SearchResult found = one.search(query, k);
                    assertThat(found.ids()).isEqualTo(first);
                    assertThat(found.distance(0))
                            .isEqualTo(quantizer.query(query).distance(one.code(found.id(0))));
                }
            }
        }
    }

    /** Rescoring by the exact distances of all candidates gives the exact neighbors. */
    @ParameterizedTest
    @MethodSource("samples")
    void rescoringOfAllGivesExactNeighbors(SampleFolders.Sample sample) throws IOException {
        FittedQuantizer quantizer = quantizer(sample);
        float[][] vectors = vectors(100, 3);
        float[] query = vectors(1, 4)[0];
        long[] expected = LongStream.range(0, 100)
                .boxed()
                .sorted(Comparator.comparing(i -> plainDistance(sample.similarity(), query, vectors[i.intValue()])))
                .mapToLong(Long::longValue)
                .limit(10)
                .toArray();
        SearchResult found = index(quantizer, vectors)
                .search(
                        query,
                        10,
                        10,
                        (id, target) -> System.arraycopy(vectors[(int) id], 0, target, 0, target.length));
        assertThat(found.ids()).isEqualTo(expected);
    }

    private static double plainDistance(String similarity, float[] a, float[] b) {
        double product = 0;
        double ofA = 0;
        double ofB = 0;
        for (int j = 0; j < a.length; j++) {
            product += (double) a[j] * b[j];
            ofA += (double) a[j] * a[j];
            ofB += (double) b[j] * b[j];
        }
        return switch (similarity) {
            case "dot" -> -product;
            case "cosine" -> -product / Math.sqrt(ofA * ofB);
            default -> ofA + ofB - 2 * product;
        };
    }

    /** The file of three records: saved, appended to with deletions, and once more. */
    private byte[] fileOfThreeRecords(FittedQuantizer quantizer, Path file) throws IOException {
        try (CodeIndex index = index(quantizer, vectors(20, 1))) {
            index.save(file);
            index.put(7, vectors(1, 2)[0]);
            index.put(-30, vectors(1, 3)[0]);
            index.delete(3);
            index.append();
            index.add(vectors(1, 4)[0]);
            index.append();
        }
        return Files.readAllBytes(file);
    }

    /** The mark of where the file ends is there twice, in effect: without it, the records say so. */
    @Test
    void damageOfAnyBitIsFoundOrDoesNotMatter() throws IOException {
        FittedQuantizer quantizer = signs();
        byte[] whole = fileOfThreeRecords(quantizer, folder.resolve("index.codes"));
        Path damaged = folder.resolve("damaged.codes");
        long[] expected;
        float[] query = vectors(1, 5)[0];
        Files.write(damaged, whole);
        try (CodeIndex index = CodeIndex.open(quantizer, damaged)) {
            expected = index.search(query, 100).ids();
            assertThat(expected).hasSize(21);
        }
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(damaged, flipped);
            if (bit / 8 >= IndexBytes.MARK && bit / 8 < IndexBytes.FIRST) {
                try (CodeIndex index = CodeIndex.open(quantizer, damaged)) {
                    assertThat(index.search(query, 100).ids()).isEqualTo(expected);
                }
            } else {
                assertThatThrownBy(() -> CodeIndex.open(quantizer, damaged))
                        .as("bit " + bit)
                        .isInstanceOf(InvalidFileException.class)
                        .hasMessageContaining(damaged.toString());
            }
        }
    }

    @Test
    void shorterFilesAreRefused() throws IOException {
        FittedQuantizer quantizer = signs();
        byte[] whole = fileOfThreeRecords(quantizer, folder.resolve("index.codes"));
        Path damaged = folder.resolve("damaged.codes");
        for (int length = 0; length < whole.length; length++) {
            Files.write(damaged, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> CodeIndex.open(quantizer, damaged))
                    .as("length " + length)
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessageContaining("is cut short");
        }
    }

    /** Checksums are of a mebibyte each, which codes of 21 bytes do not divide. */
    @Test
    void damageBeyondTheFirstChecksumIsFound() throws IOException {
        FittedQuantizer quantizer = quantizer(SampleFolders.all().get(2));
        CodeIndex index = CodeIndex.empty(quantizer);
        byte[] code = quantizer.encode(vectors(1, 1)[0]);
        for (int i = 0; i < 120_000; i++) {
            index.addCode(code);
        }
        Path file = folder.resolve("index.codes");
        index.save(file);
        assertThat(CodeIndex.open(quantizer, file).size()).isEqualTo(120_000);
        byte[] whole = Files.readAllBytes(file);
        for (int at : new int[] {1 << 20, (1 << 20) + 64, 2_000_000, whole.length - 13}) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            Files.write(file, flipped);
            assertThatThrownBy(() -> CodeIndex.open(quantizer, file)).isInstanceOf(InvalidFileException.class);
        }
    }

    @Test
    void codesOfAnotherQuantizerAreRefused() throws IOException {
        Path file = folder.resolve("index.codes");
        index(signs(), vectors(5, 1)).save(file);
        FittedQuantizer other =
                quantizer(SampleFolders.all().get(SampleFolders.all().size() / 3));
        assertThat(other.name()).isEqualTo("sign");
        assertThatThrownBy(() -> CodeIndex.open(other, file))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageEndingWith("expected codes of the quantizer sign, found those of another one");
    }

    /** A search sees the vectors that were added before it began, whole. */
    @Test
    void searchesRunBesideAdditions() throws Exception {
        FittedQuantizer quantizer = quantizer(SampleFolders.all().get(3));
        float[][] vectors = vectors(20_000, 1);
        CodeIndex index = index(quantizer, Arrays.copyOf(vectors, 1));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> adding = threads.submit(() -> {
                for (int i = 1; i < vectors.length; i++) {
                    index.add(vectors[i]);
                }
            });
            float[] query = vectors[0];
            while (!adding.isDone()) {
                long before = index.size();
                SearchResult found = index.search(query, 20_000);
                assertThat((long) found.size()).isBetween(before, index.size());
                Query prepared = quantizer.query(query);
                for (int rank = 0; rank < found.size(); rank += 97) {
                    float[] vector = vectors[(int) found.id(rank)];
                    assertThat(found.distance(rank)).isEqualTo(prepared.distance(quantizer.encode(vector)));
                }
            }
            adding.get();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void codesOfAFolderAreSearched() throws IOException {
        FittedQuantizer quantizer = quantizer(SampleFolders.all().get(2));
        float[][] vectors = vectors(300, 1);
        byte[] numbers = new byte[300 * 17];
        byte[] scales = new byte[300 * 4];
        for (int i = 0; i < 300; i++) {
            byte[] code = quantizer.encode(vectors[i]);
            System.arraycopy(code, 0, numbers, i * 17, 17);
            System.arraycopy(code, 17, scales, i * 4, 4);
        }
        Files.write(folder.resolve("codes.npy"), SampleFolders.npy("|i1", numbers, 300, 17));
        Files.write(folder.resolve("scales.npy"), SampleFolders.npy("<f4", scales, 300));
        CodeIndex index = CodeIndex.ofFolder(quantizer, folder);
        float[] query = vectors(1, 9)[0];
        List<byte[]> codes = Arrays.stream(vectors).map(quantizer::encode).toList();
        assertThat(index.search(query, 20).ids())
                .isEqualTo(Arrays.copyOf(bruteForce(codes, quantizer.query(query)), 20));
        scales[7] = 0x7f;
        scales[6] = (byte) 0xc0;
        Files.write(folder.resolve("scales.npy"), SampleFolders.npy("<f4", scales, 300));
        assertThatThrownBy(() -> CodeIndex.ofFolder(quantizer, folder))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageEndingWith("expected codes of int8, found the number NaN beside the code in row 1");
    }

    private FittedQuantizer rabitq(String options, String similarity) throws IOException {
        return quantizer(SampleFolders.all().stream()
                .filter(sample ->
                        sample.options().equals(options) && sample.similarity().equals(similarity))
                .findFirst()
                .orElseThrow());
    }

    private static float[] filled(float value) {
        float[] vector = new float[SampleFolders.DIMENSION];
        Arrays.fill(vector, value);
        return vector;
    }

    /** The query is so far away that its squared distances exceed float32. */
    @ParameterizedTest
    @ValueSource(strings = {"int8", "pq"})
    void codesAtInfiniteDistanceAreFound(String name) throws IOException {
        CodeIndex index = index(
                quantizer(SampleFolders.all().stream()
                        .filter(sample -> sample.name().equals(name)
                                && sample.similarity().equals("euclidean"))
                        .findFirst()
                        .orElseThrow()),
                vectors(300, 1));
        SearchResult found = index.search(filled(3e37f), 300);
        assertThat(found.distance(299)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(found.ids())
                .containsExactlyInAnyOrder(LongStream.range(0, 300).boxed().toArray(Long[]::new));
    }

    @Test
    void vectorsWhoseNumbersExceedFloat32AreRefused() throws IOException {
        FittedQuantizer quantizer = rabitq("{\"bits\": 1, \"queryBits\": 0, \"termBits\": 32}", "euclidean");
        CodeIndex index = CodeIndex.empty(quantizer);
        index.add(filled((float) 3e18));
        assertThatThrownBy(() -> index.add(filled((float) 9e18)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected a vector within the range of rabitq, found one with the number Infinity beside the"
                                + " code; scale the vectors");
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void codesThatNoVectorHasAreNotAdded() throws IOException {
        CodeIndex index = CodeIndex.empty(rabitq("{\"bits\": 1, \"queryBits\": 4, \"termBits\": 32}", "cosine"));
        byte[] code = index.add(vectors(1, 1)[0]) == 0 ? index.code(0) : new byte[0];
        byte[] ones = new byte[code.length];
        Arrays.fill(ones, 3, ones.length, (byte) 0xff);
        assertThatThrownBy(() -> index.addCode(ones))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a code of rabitq, found the number NaN beside the code");
        byte[] unused = code.clone();
        unused[2] |= (byte) 0x80;
        assertThatThrownBy(() -> index.addCode(unused)).isInstanceOf(IllegalArgumentException.class);
        assertThat(index.size()).isEqualTo(1);
    }

    /** Codes of 21 bytes, of which one lies in the first and the second mebibyte, each of which has a checksum. */
    @Test
    void aFileWithACodeThatNoVectorHasIsRefused() throws IOException {
        FittedQuantizer quantizer = quantizer(SampleFolders.all().get(2));
        CodeIndex index = CodeIndex.empty(quantizer);
        byte[] code = quantizer.encode(vectors(1, 1)[0]);
        int count = 120_000;
        for (int i = 0; i < count; i++) {
            index.addCode(code);
        }
        Path file = folder.resolve("index.codes");
        index.save(file);
        byte[] whole = Files.readAllBytes(file);
        for (int row : new int[] {0, (1 << 20) / 21, 60_000, count - 1}) {
            int at = IndexBytes.FIRST + IndexBytes.HEAD + 21 * row + 17;
            Files.write(file, IndexBytes.changed(whole, bytes -> bytes.putFloat(at, Float.NaN)));
            assertThatThrownBy(() -> CodeIndex.open(quantizer, file))
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessage(file + ": expected codes of int8, found the number NaN beside the code in row " + row);
        }
    }

    @Test
    void numbersOfResultsAreChecked() throws IOException {
        float[][] vectors = vectors(50, 1);
        CodeIndex index = index(signs(), vectors);
        VectorSource source = (id, target) -> System.arraycopy(vectors[(int) id], 0, target, 0, target.length);
        float[] query = vectors(1, 2)[0];
        assertThatThrownBy(() -> index.search(query, 10, 0, source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected oversampling of at least 1, found 0");
        for (int k : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> index.search(query, k, 3, source))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected k of at least 1, found " + k);
        }
        SearchResult all = index.search(query, 50, 1, source);
        assertThat(index.search(query, Integer.MAX_VALUE, 10, source).ids()).isEqualTo(all.ids());
        assertThat(index.search(query, 2, Integer.MAX_VALUE, source).ids()).isEqualTo(Arrays.copyOf(all.ids(), 2));
    }

    @Test
    void aDistanceThatIsNoNumberIsRefused() throws IOException {
        CodeIndex index = index(signs(), vectors(50, 1));
        assertThatThrownBy(() -> index.search(
                        vectors(1, 2)[0], 10, 3, (id, target) -> Arrays.fill(target, id == 7 ? Float.NaN : 1)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageStartingWith("the distance to id 7 is NaN: expected finite vectors");
    }

    /** A link may lead to the file of another index, which stays as it was. */
    @Test
    void savingReplacesASymbolicLink() throws IOException {
        CodeIndex index = index(signs(), vectors(50, 1));
        Path other = Files.writeString(folder.resolve("other"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("link"), other);
        index.save(link);
        assertThat(link).isRegularFile();
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(other).hasContent("kept");
    }

    @Test
    void savingIntoAMissingFolderNamesTheFile() throws IOException {
        Path file = folder.resolve("missing").resolve("index.codes");
        assertThatThrownBy(() -> CodeIndex.empty(signs()).save(file))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(file + ": expected an existing folder, found none");
    }
}
