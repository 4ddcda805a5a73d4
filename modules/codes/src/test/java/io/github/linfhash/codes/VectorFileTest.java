package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
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

    private FittedQuantizer quantizer;
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
        quantizer = FittedQuantizer.load(folder);
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
                .hasMessage("expected the id 200, the number of vectors of " + file
                        + ", found 201; map them with a file of ids to use others");
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

    /** The file of {@code numpy.save} of the first 200 vectors, whose header has room to grow. */
    private void saveWithRoom() throws IOException {
        try (VectorFile source = VectorFile.map(file)) {
            source.save(file);
        }
    }

    private static void requireVectors(VectorFile source, float[][] expected, int count) {
        assertThat(source.size()).isEqualTo(count);
        float[] vector = new float[D];
        for (int i = 0; i < count; i++) {
            source.copy(i, vector);
            assertThat(vector).isEqualTo(expected[i]);
        }
    }

    /** A killed append leaves some of its bytes behind the vectors, or all of them and a header that counts them. */
    @Test
    void appendedVectorsAreThereOrNot() throws IOException {
        saveWithRoom();
        byte[] old = Files.readAllBytes(file);
        try (VectorFile source = VectorFile.map(file)) {
            for (int i = STORED; i < STORED + 5; i++) {
                source.add(vectors[i]);
            }
            source.append();
            requireVectors(source, vectors, STORED + 5);
            source.add(vectors[STORED + 5]);
            source.append();
            requireVectors(source, vectors, STORED + 6);
        }
        byte[] whole = Files.readAllBytes(file);
        assertThat(whole).hasSize(old.length + 6 * 4 * D);
        String header = "\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (206, 21), }";
        assertThat(new String(whole, 0, 128, StandardCharsets.ISO_8859_1))
                .isEqualTo(header + " ".repeat(127 - header.length()) + "\n");
        for (int length = old.length; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            System.arraycopy(old, 0, cut, 0, old.length);
            Files.write(file, cut);
            try (VectorFile source = VectorFile.map(file)) {
                requireVectors(source, vectors, STORED);
                if (length % 50 == 0) {
                    source.add(vectors[STORED]);
                    source.append();
                    requireVectors(source, vectors, STORED + 1);
                }
            }
        }
    }

    @Test
    void whatAnotherOneHasAppendedIsNotWrittenOver() throws IOException {
        saveWithRoom();
        try (VectorFile one = VectorFile.map(file);
                VectorFile other = VectorFile.map(file)) {
            one.add(vectors[STORED]);
            one.add(vectors[STORED + 1]);
            one.append();
            byte[] before = Files.readAllBytes(file);
            other.add(vectors[STORED + 2]);
            assertThatThrownBy(other::append)
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessage(
                            file + ": expected the 200 rows that it had, found 202, as another one appended to it or"
                                    + " replaced it; open it again, and add again what it lacks");
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }
        try (VectorFile source = VectorFile.map(file)) {
            requireVectors(source, vectors, STORED + 2);
        }
    }

    /** Java's mapped bytes are not read here, as those that were cut off are gone. */
    @Test
    void anotherFileAShorterOneAndNoneAreToldApart() throws IOException {
        saveWithRoom();
        byte[] own = Files.readAllBytes(file);
        try (VectorFile source = VectorFile.map(file)) {
            source.add(vectors[STORED]);
            Files.write(file, SampleFolders.npy("<f4", new byte[STORED * 4 * 7], STORED, 7));
            assertThatThrownBy(source::append)
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessage(
                            file + ": expected the file that was opened, found another one in its place (<f4 of shape"
                                    + " [200, 7]); open it again");
            Files.write(file, Arrays.copyOf(own, own.length - 1));
            assertThatThrownBy(source::append)
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessage(
                            file + " is cut short: expected 200 rows of 84 bytes, found 16799 bytes behind its header;"
                                    + " write it again");
            Files.delete(file);
            assertThatThrownBy(source::append)
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessage(file + " is missing: expected a file, found nothing");
        }
    }

    /** Whether the saved file is the own one is decided before anything is written, also when that one is gone. */
    @Test
    void vectorsWhoseFileIsGoneAreSaved() throws IOException {
        saveWithRoom();
        Path other = folder.resolve("other.npy");
        try (VectorFile source = VectorFile.map(file)) {
            source.add(vectors[STORED]);
            Files.delete(file);
            source.save(other);
            source.save(file);
            source.add(vectors[STORED + 1]);
            source.append();
        }
        try (VectorFile saved = VectorFile.map(other);
                VectorFile own = VectorFile.map(file)) {
            requireVectors(saved, vectors, STORED + 1);
            requireVectors(own, vectors, STORED + 2);
        }
    }

    /** The own file is replaced if the target is a link that leads to it; a file that only a link leads to is kept. */
    @Test
    void savingToALinkThatLeadsToTheOwnFileReplacesTheLink() throws IOException {
        saveWithRoom();
        byte[] own = Files.readAllBytes(file);
        Path second = Files.createSymbolicLink(folder.resolve("second.npy"), file.getFileName());
        Path first = Files.createSymbolicLink(folder.resolve("first.npy"), second);
        try (VectorFile source = VectorFile.map(first)) {
            source.add(vectors[STORED]);
            source.save(second);
            assertThat(Files.isSymbolicLink(second)).isFalse();
            source.add(vectors[STORED + 1]);
            source.append();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(own);
        Path link = Files.createSymbolicLink(folder.resolve("link.npy"), file.getFileName());
        try (VectorFile source = VectorFile.map(file);
                VectorFile grown = VectorFile.map(first)) {
            requireVectors(grown, vectors, STORED + 2);
            source.add(vectors[STORED]);
            source.save(link);
            assertThat(Files.readAllBytes(file)).isEqualTo(own);
            source.append();
            requireVectors(source, vectors, STORED + 1);
        }
    }

    @Test
    void aHeaderWithoutRoomIsNotWrittenOver() throws IOException {
        byte[] before = Files.readAllBytes(file);
        try (VectorFile source = VectorFile.map(file)) {
            for (int i = 0; i < 9800; i++) {
                source.add(vectors[0]);
            }
            assertThatThrownBy(source::append)
                    .hasMessage(file + ": expected room for 10000 rows in its header, found none; save it");
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            source.save(file);
            source.append();
        }
        try (VectorFile source = VectorFile.map(file)) {
            assertThat(source.size()).isEqualTo(10_000);
        }
    }

    private Path writeIds(long... ids) throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(8 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
        numbers.asLongBuffer().put(ids);
        Path target = folder.resolve("ids.npy");
        byte[] content = SampleFolders.npy("<i8", numbers.array(), ids.length);
        // Spaces, as numpy.save writes them.
        byte[] padded = new byte[128 + 8 * ids.length];
        Arrays.fill(padded, 0, 127, (byte) ' ');
        int header = content.length - 8 * ids.length;
        System.arraycopy(content, 0, padded, 0, header - 1);
        padded[8] = 118;
        padded[127] = '\n';
        System.arraycopy(content, header, padded, 128, 8 * ids.length);
        Files.write(target, padded);
        return target;
    }

    /** Codes and vectors go by the same ids: vectors are put, replaced, deleted, appended and saved without what was deleted. */
    @Test
    void vectorsWithIdsOfTheirOwnGoWithTheirCodes() throws IOException {
        saveWithRoom();
        Path ids = writeIds(LongStream.range(0, STORED).map(i -> 1000 - 3 * i).toArray());
        Path codes = folder.resolve("index.codes");
        float[] query = vectors[499];
        long[] expected;
        try (CodeIndex index = CodeIndex.empty(quantizer);
                VectorFile source = VectorFile.map(file, ids)) {
            for (int i = 0; i < STORED; i++) {
                index.put(1000 - 3 * i, vectors[i]);
            }
            index.save(codes);
            index.put(5_000_000_000L, query, source);
            index.put(1000, vectors[300], source);
            assertThat(index.add(vectors[301], source)).isEqualTo(5_000_000_001L);
            index.delete(997);
            expected = new long[] {5_000_000_000L, 5_000_000_001L, 1000};
            requireOwn(index, source, expected);
            source.append();
            index.append();
            requireOwn(index, source, expected);
            assertThatThrownBy(() -> source.add(query))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected an id, as the vectors of " + file + " have their own; use put");
            assertThatThrownBy(() -> source.copy(1001, new float[D]))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageStartingWith("expected an id of " + ids + ", found 1001");
        }
        Path kept = folder.resolve("kept.npy");
        Path keptIds = folder.resolve("kept-ids.npy");
        try (CodeIndex index = CodeIndex.open(quantizer, codes);
                VectorFile source = VectorFile.map(file, ids)) {
            requireOwn(index, source, expected);
            source.save(kept, keptIds, index::contains);
            assertThatThrownBy(() -> source.save(kept, keptIds, index::contains))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThat(index.size()).isEqualTo(STORED + 1);
        }
        try (CodeIndex index = CodeIndex.open(quantizer, codes);
                VectorFile source = VectorFile.map(kept, keptIds)) {
            assertThat(source.size()).isEqualTo(STORED + 1);
            requireOwn(index, source, expected);
        }
    }

    /** By the exact distances to all vectors that are there, which the test computes by itself. */
    private void requireOwn(CodeIndex index, VectorFile source, long... added) {
        SearchResult all = index.search(vectors[499], 1000, 1, source);
        assertThat(all.size()).isEqualTo(STORED + 1);
        assertThat(all.ids()).contains(added).doesNotContain(997);
        assertThat(all.id(0)).isEqualTo(5_000_000_000L);
        assertThat(all.distance(0)).isZero();
        for (int rank = 0; rank < all.size(); rank++) {
            long id = all.id(rank);
            int row = (int)
                    (id == 5_000_000_000L ? 499 : id == 5_000_000_001L ? 301 : id == 1000 ? 300 : (1000 - id) / 3);
            assertThat(all.distance(rank)).isEqualTo((float) squaredDistance(vectors[499], vectors[row]));
        }
    }

    /** Codes of a folder have ids of a file, which NumPy reads as well, and are added to, saved and opened with them. */
    @Test
    void codesOfAFolderHaveIdsOfTheirOwn() throws IOException {
        saveWithRoom();
        writeFolder();
        Path ids = folder.resolve("own.npy");
        long[] own = LongStream.range(0, STORED).map(i -> 1000 - 3 * i).toArray();
        VectorFile.writeIds(ids, own);
        assertThat(ids).hasSameBinaryContentAs(writeIds(own));
        Path codes = folder.resolve("index.codes");
        try (CodeIndex index = CodeIndex.ofFolder(quantizer, folder, ids);
                VectorFile source = VectorFile.map(file, ids)) {
            assertThat(index.nextId()).isEqualTo(1001);
            index.put(5_000_000_000L, vectors[499], source);
            index.put(1000, vectors[300], source);
            assertThat(index.add(vectors[301], source)).isEqualTo(5_000_000_001L);
            assertThat(index.delete(997)).isTrue();
            requireOwn(index, source, 5_000_000_000L, 5_000_000_001L, 1000);
            source.append();
            index.save(codes);
        }
        try (CodeIndex index = CodeIndex.open(quantizer, codes);
                VectorFile source = VectorFile.map(file, ids)) {
            requireOwn(index, source, 5_000_000_000L, 5_000_000_001L, 1000);
        }
    }

    @Test
    void idsThatDoNotFitTheCodesOfAFolderAreRefused() throws IOException {
        writeFolder();
        Path ids = folder.resolve("own.npy");
        long[] own = LongStream.range(0, STORED).toArray();
        own[7] = 150;
        VectorFile.writeIds(ids, own);
        assertThatThrownBy(() -> CodeIndex.ofFolder(quantizer, folder, ids))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(ids + ": expected ids that differ, found 150 in rows 7 and 150");
        VectorFile.writeIds(ids, 4, 5);
        assertThatThrownBy(() -> CodeIndex.ofFolder(quantizer, folder, ids))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(ids + ": expected an id for each of the 200 codes, found 2");
    }

    /** The codes of the stored vectors, as linfhash writes those of int8. */
    private void writeFolder() throws IOException {
        int width = quantizer.bytes() - Float.BYTES;
        byte[] numbers = new byte[STORED * width];
        byte[] scales = new byte[STORED * Float.BYTES];
        for (int i = 0; i < STORED; i++) {
            byte[] code = quantizer.encode(vectors[i]);
            System.arraycopy(code, 0, numbers, i * width, width);
            System.arraycopy(code, width, scales, i * Float.BYTES, Float.BYTES);
        }
        Files.write(folder.resolve("codes.npy"), SampleFolders.npy("|i1", numbers, STORED, width));
        Files.write(folder.resolve("scales.npy"), SampleFolders.npy("<f4", scales, STORED));
    }

    /** Vectors are appended before their ids, so that a killed append leaves some without ids: they stay where they are. */
    @Test
    void vectorsWithoutIdsAreNotFound() throws IOException {
        saveWithRoom();
        Path ids = writeIds(5, 6, 7);
        try (VectorFile source = VectorFile.map(file, ids)) {
            assertThatThrownBy(() -> source.copy(8, new float[D])).isInstanceOf(IndexOutOfBoundsException.class);
            source.put(8, vectors[400]);
            source.append();
        }
        try (VectorFile source = VectorFile.map(file, ids)) {
            float[] vector = new float[D];
            source.copy(8, vector);
            assertThat(vector).isEqualTo(vectors[400]);
            source.copy(7, vector);
            assertThat(vector).isEqualTo(vectors[2]);
        }
        float[][] all = Arrays.copyOf(vectors, STORED + 1);
        all[STORED] = vectors[400];
        try (VectorFile source = VectorFile.map(file)) {
            requireVectors(source, all, STORED + 1);
        }
        Path more = writeIds(new long[STORED + 2]);
        assertThatThrownBy(() -> VectorFile.map(file, more).close())
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(more + ": expected an id for each of the 201 vectors of " + file + ", found 202");
    }

    @Test
    void closedVectorsSaySo() throws IOException {
        VectorFile source = VectorFile.map(file);
        source.close();
        source.close();
        assertThatThrownBy(() -> source.copy(0, new float[D]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected open vectors, found closed ones of " + file);
    }
}
