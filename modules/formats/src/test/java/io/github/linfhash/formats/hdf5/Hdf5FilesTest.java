package io.github.linfhash.formats.hdf5;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.formats.vectors.NeighborLists;
import io.github.linfhash.formats.vectors.TableForm;
import io.github.linfhash.formats.vectors.VectorIds;
import io.jhdf.checksum.ChecksumUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files by h5py: {@code make.py} beside them says what is in them. */
class Hdf5FilesTest {
    private static final Path FILES = Path.of("src", "test", "resources", "hdf5");
    private static final FeatureMatrix TRAIN = FeatureMatrix.copyOf(IntStream.range(0, 12)
            .mapToObj(i -> new float[] {i / 2f, i + 0.25f, -i})
            .toArray(float[][]::new));
    private static final FeatureMatrix TEST = FeatureMatrix.copyOf(new float[][] {{0, 0, 0}, {1, 1, 1}, {2, 2, 2}});

    @TempDir
    Path folder;

    private static Path file(String name) {
        return FILES.resolve(name);
    }

    private static FeatureMatrix read(String name) {
        return FeatureFiles.read(file(name), Progress.NONE);
    }

    /** Contiguous rows are read whenever they are asked for, chunks at once. */
    @ParameterizedTest
    @CsvSource({
        "contiguous.hdf5, false",
        "gzip.hdf5, true",
        "double.h5, false",
        "big-endian.h5, false",
        "chunks.h5, true",
        "big-endian-chunks.h5, true",
        "shuffle.h5, true",
        "shuffle-alone.h5, true",
        "one-chunk.h5, true",
        "track-order.h5, true",
        "version-1.8.h5, true",
        "latest.h5, false",
        "links.h5:group/inner/train, false",
        "links.h5:/group/back/back/inner/train, false",
    })
    void readsVectors(String name, boolean inMemory) {
        AtomicLong announced = new AtomicLong();
        AtomicLong done = new AtomicLong();
        Progress progress = (what, steps) -> {
            announced.addAndGet(steps);
            return done::addAndGet;
        };
        assertThat(FeatureFiles.read(file(name), progress)).isEqualTo(TRAIN);
        assertThat(done.get()).isPositive().isEqualTo(announced.get());
        try (FeatureFiles.Opened opened = FeatureFiles.open(file(name), TableForm.PLAIN, Progress.NONE)) {
            assertThat(opened.features().isInMemory()).isEqualTo(inMemory);
            assertThat(opened.features()).isEqualTo(TRAIN);
        }
    }

    @Test
    void readsAnIndexOfTwoLevels() {
        FeatureMatrix vectors = read("many-chunks.h5");
        assertThat(vectors.rows()).isEqualTo(80);
        assertThat(vectors.toArray())
                .isEqualTo(FeatureMatrix.copyOf(IntStream.range(0, 80)
                                .mapToObj(i -> new float[] {2 * i, 2 * i + 1})
                                .toArray(float[][]::new))
                        .toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"contiguous.hdf5", "gzip.hdf5"})
    void aFileOfAnnBenchmarksHasVectorsQueriesAndTheirNeighbors(String name) {
        Path file = file(name);
        Path queries = FeatureFiles.ofQueries(file);
        assertThat(queries).hasToString(file + ":test");
        assertThat(FeatureFiles.ofQueries(queries)).isEqualTo(queries);
        assertThat(FeatureFiles.ofQueries(folder.resolve("x.npy"))).isEqualTo(folder.resolve("x.npy"));
        assertThat(FeatureFiles.read(queries, Progress.NONE)).isEqualTo(TEST);
        List<int[]> nearest = IntStream.range(0, 3)
                .mapToObj(query -> IntStream.range(0, 12)
                        .boxed()
                        .sorted(Comparator.comparingDouble(row -> squared(query, row)))
                        .limit(5)
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toList();
        assertThat(NeighborLists.read(file, VectorIds.numbers(name, 12), Progress.NONE))
                .usingRecursiveComparison()
                .isEqualTo(nearest);
        assertThat(NeighborLists.read(Path.of(file + ":neighbors"), VectorIds.numbers(name, 12), Progress.NONE))
                .hasSize(3);
    }

    private static double squared(int query, int row) {
        return IntStream.range(0, 3)
                .mapToDouble(j -> Math.pow(TEST.get(query, j) - TRAIN.get(row, j), 2))
                .sum();
    }

    @ParameterizedTest
    @CsvSource({
        "contiguous.hdf5:none, found 'distances'",
        "contiguous.hdf5:neighbors, 'vectors in float32 or float64, found int32'",
        "contiguous.hdf5:train/x, a data set",
        "contiguous.hdf5:, no known format",
        "links.h5, found 'group'",
        "links.h5:group, a group",
        "links.h5:soft, '/group/inner/train'",
        "links.h5:loop, '/loop'",
        "external-links.h5, contiguous.hdf5",
        "external-links.h5:soft, '/train'",
        "virtual.h5, Virtual storage",
        "dense.h5, track_order",
        "latest-chunks.h5, libver",
        "lzf.h5, '[32000]'",
        "checksum.h5, '[3]'",
        "half.h5, float32 or float64",
        "user-block.h5, signature",
        "others.h5, 'compact'",
        "others.h5:text, 1 bytes of StringData",
        "others.h5:pairs, CompoundDataType",
        "others.h5:line, '[4]'",
        "others.h5:cube, '[2, 2, 2]'",
        "others.h5:number, '[]'",
        "others.h5:empty, '[]'",
        "others.h5:truth, EnumDataType",
        "others.h5:nan, 'row 1, column 0'",
        "others.h5:large, 'found 1.0E39'",
        "others.h5:named-type, named type",
        "others.h5:of-named-type, stored elsewhere",
        "others.h5:none, '[0, 3]'",
        "others.h5:unwritten, no values",
        "others.h5:outside, External Data Files",
        "others.h5:holes, '3 chunks, found 1'",
        "others.h5:compact, compact",
        "make.py, no known format",
    })
    void refusesEverythingElse(String name, String part) {
        assertOneSentence(() -> read(name), name.split(":", -1)[0], part);
    }

    private static int find(byte[] content, byte[] wanted, int nth) {
        int found = 0;
        for (int at = 0; at + wanted.length <= content.length; at++) {
            if (Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length) && found++ == nth) {
                return at;
            }
        }
        throw new AssertionError("not in the file: " + Arrays.toString(wanted));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] longs(long... values) {
        ByteBuffer content = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(content::putLong);
        return content.array();
    }

    private static byte[] ints(int... values) {
        ByteBuffer content = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(content::putInt);
        return content.array();
    }

    private void refuses(byte[] content, String... parts) throws IOException {
        Path hostile = Files.write(folder.resolve("hostile.h5"), content);
        assertOneSentence(() -> FeatureFiles.read(hostile, Progress.NONE), parts);
    }

    private static byte[] changed(String name, int at, byte[] value) throws IOException {
        byte[] content = Files.readAllBytes(file(name));
        System.arraycopy(value, 0, content, at, value.length);
        return content;
    }

    /** The sizes of train, 12 x 3, come before those of the other data sets. */
    @ParameterizedTest
    @CsvSource({
        "2147483647, 3, 'too short'",
        "2147483647, 1048576, 'too short'",
        "2147483648, 3, 'found [2147483648, 3]'",
        "12, 1048577, 'found [12, 1048577]'",
        "9223372036854775807, 9223372036854775807, '9223372036854775807'",
        "-1, -1, 'found [-1, -1]'",
        "0, 3, 'found [0, 3]'",
    })
    void refusesMoreThanThereIs(long rows, long dimension, String part) throws IOException {
        byte[] content = Files.readAllBytes(file("big-endian.h5"));
        refuses(changed("big-endian.h5", find(content, longs(12, 3), 0), longs(rows, dimension)), part);
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647, 3, 'claims too much'",
        "12, 1048576, 'claims too much'",
        "16, 3, 'expected 8 chunks, found 6'",
        "9, 3, 'row 10, column 0'",
    })
    void refusesMoreChunksThanThereAre(long rows, long dimension, String part) throws IOException {
        byte[] content = Files.readAllBytes(file("chunks.h5"));
        refuses(changed("chunks.h5", find(content, longs(12, 3), 0), longs(rows, dimension)), part);
    }

    @Test
    void refusesAChunkInThePlaceOfAnother() throws IOException {
        byte[] content = Files.readAllBytes(file("chunks.h5"));
        refuses(changed("chunks.h5", find(content, longs(10, 2, 0), 0), longs(5, 0, 0)), "each chunk once");
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647, 2147483647, 'does not fit into memory'",
        "2147483647, 1, 'does not fit into memory'",
        "1, 1, 'unpack to 4 bytes'",
        "4, 2, 'unpack to 32 bytes'",
        "2, 5, 'row 0, column 2'",
        "0, 2, '[0, 2]'",
    })
    void refusesChunksOfAnotherSize(int height, int width, String part) throws IOException {
        byte[] content = Files.readAllBytes(file("chunks.h5"));
        refuses(changed("chunks.h5", find(content, ints(5, 2, 4), 0), ints(height, width)), part);
    }

    /** The first chunk of an index is at another address, or of another size. */
    @ParameterizedTest
    @CsvSource({"-1, 40", "9223372036854775807, 40", "4255, 40", "96, -1", "96, 2147483647", "96, 41", "96, 0"})
    void refusesChunksThatDoNotLieInTheFile(long address, int size) throws IOException {
        int key = node(Files.readAllBytes(file("chunks.h5")), 1, 0) + 24;
        byte[] hostile = changed("chunks.h5", key, ints(size, 0));
        System.arraycopy(longs(address), 0, hostile, key + 32, 8);
        refuses(hostile, "hostile.h5");
    }

    /** A chunk of 150 bytes unpacks to more than the 144 of 12 x 3 numbers. */
    @Test
    void refusesAChunkThatUnpacksToMore() throws IOException {
        byte[] content = Files.readAllBytes(file("one-chunk.h5"));
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(content);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bomb)) {
            deflater.write(new byte[10_000_000]);
        }
        int key = node(content, 1, 0) + 24;
        byte[] hostile = bomb.toByteArray();
        System.arraycopy(ints(150, 0), 0, hostile, key, 8);
        System.arraycopy(longs(content.length), 0, hostile, key + 32, 8);
        refuses(hostile, "144 bytes in the chunk at row 0, found more");
    }

    /** The place of a node: its kind is 0 in a group and 1 among chunks. */
    private static int node(byte[] content, int kind, int level) {
        return find(content, new byte[] {'T', 'R', 'E', 'E', (byte) kind, (byte) level}, 0);
    }

    /** A node of the index of a group names itself as its first child. */
    @Test
    void refusesAGroupInItself() throws IOException {
        byte[] content = Files.readAllBytes(file("contiguous.hdf5"));
        int node = node(content, 0, 0);
        content[node + 5] = 1;
        System.arraycopy(longs(node), 0, content, node + 24 + 8, 8);
        refuses(content, "the index of a group", "never ends");
    }

    /** A node of the index of chunks names itself, or a node without entries, as its first child. */
    @Test
    void refusesChunksInThemselves() throws IOException {
        byte[] content = Files.readAllBytes(file("many-chunks.h5"));
        int node = node(content, 1, 1);
        int child = node + 24 + 32;
        refuses(changed("many-chunks.h5", child, longs(node)), "level 0");
        int leaf = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(child);
        refuses(changed("many-chunks.h5", leaf + 6, new byte[2]), "level 0");
        byte[] twice = changed("many-chunks.h5", node + 24 + 40 + 32, longs(leaf));
        refuses(twice, "each chunk once");
    }

    /** A file of version 2 with a root group at byte 48, whose header is of such messages. */
    private static byte[] headed(byte[] messages, byte[] more) {
        ByteBuffer content =
                ByteBuffer.allocate(48 + 10 + messages.length + 4 + more.length).order(ByteOrder.LITTLE_ENDIAN);
        content.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 2, 8, 8, 0});
        content.putLong(0).putLong(-1).putLong(content.capacity()).putLong(48);
        content.putInt(ChecksumUtils.checksum(Arrays.copyOf(content.array(), 44)));
        content.put(text("OHDR"))
                .put((byte) 2)
                .put((byte) 2)
                .putInt(messages.length)
                .put(messages);
        content.putInt(ChecksumUtils.checksum(Arrays.copyOfRange(content.array(), 48, 58 + messages.length)));
        return content.put(more).array();
    }

    private static byte[] message(int type, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) type)
                .putShort((short) content.length)
                .put((byte) 0)
                .put(content)
                .array();
    }

    /** A header goes on in a block that says that it goes on there. */
    @Test
    void refusesAHeaderThatNeverEnds() throws IOException {
        int block = 48 + 10 + 20 + 4;
        byte[] again = message(16, longs(block, 28));
        byte[] more = ByteBuffer.allocate(28).put(text("OCHK")).put(again).array();
        refuses(headed(again, more), "never ends");
    }

    /** A type of lists of lists of lists, and so on: jHDF calls itself for each. */
    @ParameterizedTest
    @CsvSource({"2000, cannot be decoded", "8000, takes more memory"})
    void refusesTypesInTypes(int depth, String part) throws IOException {
        ByteBuffer type = ByteBuffer.allocate(8 * depth).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < depth; i++) {
            type.put((byte) 0x19).put(new byte[3]).putInt(16);
        }
        refuses(headed(message(3, type.array()), new byte[0]), part);
    }

    /** Each byte changed that is not 0, and the file cut every 64 bytes: the vectors are read, or there is one sentence. */
    @ParameterizedTest
    @CsvSource({
        "contiguous.hdf5, train",
        "chunks.h5, train",
        "shuffle.h5, train",
        "many-chunks.h5, train",
        "version-1.8.h5, train",
        "links.h5, group/inner/train",
    })
    void damagedFilesAreReadOrRefusedInASentence(String name, String train) throws IOException {
        byte[] bytes = Files.readAllBytes(file(name));
        int changed = 0;
        int refused = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] != 0) {
                changed++;
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) (at % 3 == 0 ? 0xff : 1 << at % 8);
                refused += isRefused(damaged, train) ? 1 : 0;
            }
            if (at % 64 == 0) {
                assertThat(isRefused(Arrays.copyOf(bytes, at), train)).isTrue();
            }
        }
        assertThat(refused).isBetween(changed / 10, changed);
    }

    private boolean isRefused(byte[] content, String train) throws IOException {
        Path hostile = Files.write(folder.resolve("hostile.h5"), content);
        try {
            FeatureFiles.read(Path.of(hostile + ":" + train), Progress.NONE);
            return false;
        } catch (InputException e) {
            assertThat(e.getMessage())
                    .contains("hostile.h5", "expected", "found")
                    .doesNotContain("\n");
            return true;
        }
    }
}
