package io.github.linfhash.io.npy;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.input.RowSelectionCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as numpy.savez (stored) and numpy.savez_compressed (deflated) lay them out: NAME.npy for each array. */
class NpzFileTest {
    private static final FeatureMatrix FEATURES = FeatureMatrix.copyOf(new float[][] {{1.5f, -2f}, {0.25f, 3f}});

    @TempDir
    Path folder;

    private Path file;
    private byte[] features = {};
    private byte[] labels = {};

    @BeforeEach
    void makeArrays() throws IOException {
        file = folder.resolve("data.npz");
        features = NpySamples.bytes(NpySamples.header("<f4", "(2, 2)"), "0000c03f000000c00000803e00004040");
        labels = NpySamples.bytes(NpySamples.header("<i8", "(2,)"), "03000000000000000400000000000000");
    }

    private void write(int method, Object... namesAndContents) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                byte[] content = (byte[]) namesAndContents[i + 1];
                ZipEntry entry = new ZipEntry((String) namesAndContents[i]);
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(content);
                    entry.setSize(content.length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        }
    }

    private NpzFile named(String array) {
        return NpzFile.of(Path.of(file + ":" + array));
    }

    @ParameterizedTest
    @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
    void findsArraysByTheirUsualNames(int method) throws IOException {
        write(method, "features.npy", features, "labels.npy", labels);
        assertThat(NpzFile.of(file).features(RowSelectionCollector.all(), note -> {}))
                .isEqualTo(FEATURES);
        assertThat(NpzFile.of(file).labels(note -> {})).isEqualTo(ClassLabels.of(3, 4));
        write(method, "y.npy", labels, "X.npy", features);
        assertThat(NpzFile.of(file).features(RowSelectionCollector.all(), note -> {}))
                .isEqualTo(FEATURES);
        assertThat(NpzFile.of(file).labels(note -> {})).isEqualTo(ClassLabels.of(3, 4));
    }

    @Test
    void takesTheOnlyArrayOrANamedOne() throws IOException {
        write(ZipEntry.DEFLATED, "arr_0.npy", features);
        assertThat(NpzFile.of(file).features(RowSelectionCollector.all(), note -> {}))
                .isEqualTo(FEATURES);
        write(ZipEntry.DEFLATED, "arr_0.npy", labels, "arr_1.npy", features);
        assertThat(named("arr_1").features(RowSelectionCollector.all(), note -> {}))
                .isEqualTo(FEATURES);
        assertThat(named("arr_0").labels(note -> {})).isEqualTo(ClassLabels.of(3, 4));
        assertOneSentence(
                () -> NpzFile.of(file).features(RowSelectionCollector.all(), note -> {}), "data.npz", "arr_0, arr_1");
        assertOneSentence(
                () -> named("arr_2").features(RowSelectionCollector.all(), note -> {}), "'arr_2'", "arr_0, arr_1");
    }

    @Test
    void refusesWhatIsNoArchiveOrHasNoArrays() throws IOException {
        Files.writeString(file, "no archive");
        assertOneSentence(
                () -> NpzFile.of(file).features(RowSelectionCollector.all(), note -> {}), "data.npz", "zip archive");
        write(ZipEntry.DEFLATED, "readme.txt", features);
        assertOneSentence(
                () -> NpzFile.of(file).features(RowSelectionCollector.all(), note -> {}), "data.npz", "found none");
        write(ZipEntry.DEFLATED, "features.npy", labels);
        assertOneSentence(
                () -> NpzFile.of(file).features(RowSelectionCollector.all(), note -> {}),
                "data.npz:features.npy",
                "INT64");
    }

    @Test
    void refusesBytesAfterAnArray() throws IOException {
        write(ZipEntry.DEFLATED, "X.npy", Arrays.copyOf(features, features.length + 1));
        assertOneSentence(() -> NpzFile.of(file).features(RowSelectionCollector.all(), note -> {}), "too long");
    }

    @Test
    void refusesABombByTheRatioThatTheArchiveClaims() throws IOException {
        byte[] zeros = NpySamples.bytes(NpySamples.header("|u1", "(1, 70000000)"), "");
        write(ZipEntry.DEFLATED, "X.npy", Arrays.copyOf(zeros, zeros.length + 70_000_000));
        assertThat(Files.size(file)).isLessThan(100_000);
        assertOneSentence(() -> NpzFile.of(file).features(RowSelectionCollector.all(), note -> {}), "1/100");
    }

    @Test
    void refusesAnArrayThatIsLargerThanItsMember() throws IOException {
        write(ZipEntry.DEFLATED, "X.npy", NpySamples.bytes(NpySamples.header("<f4", "(20000, 20000)"), "00000000"));
        assertOneSentence(
                () -> NpzFile.of(file).features(RowSelectionCollector.all(), note -> {}),
                "too short",
                "1600000000 bytes");
    }

    @Test
    void refusesTooManyMembers() throws IOException {
        Object[] members = new Object[2 * 1001];
        for (int i = 0; i < members.length; i += 2) {
            members[i] = "a" + i + ".npy";
            members[i + 1] = new byte[0];
        }
        write(ZipEntry.STORED, members);
        assertOneSentence(
                () -> NpzFile.of(file).features(RowSelectionCollector.all(), note -> {}), "1000 arrays", "1001");
    }

    @Test
    void noticesAnyByteThatIsChangedOrMissing() throws IOException {
        write(ZipEntry.STORED, "X.npy", features);
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            refused += isRefused(damaged) ? 1 : 0;
            assertThat(isRefused(Arrays.copyOf(whole, at))).as("cut at %d", at).isTrue();
        }
        // Times, versions and attributes do not matter; the array does.
        assertThat(refused).isGreaterThan(features.length);
    }

    /** Whether the archive is refused; what is read must be the true content. */
    private boolean isRefused(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            assertThat(NpzFile.of(file).features(RowSelectionCollector.all(), note -> {}))
                    .isEqualTo(FEATURES);
            return false;
        } catch (InputException e) {
            assertThat(e.getMessage()).contains("expected", "found").doesNotContain("\n");
            return true;
        }
    }

    @Test
    void idsOfNeighborsAreWholeNumbersInRows() throws IOException {
        NeighborArrays.write(file, 2, new long[] {5, 1L << 40, 7, 0}, new float[] {1, 0.5f, -2, -3});
        NpyArray ids = NpzFile.of(file).ids();
        assertThat(ids.shape()).containsExactly(2, 2);
        assertThat(ids.integer(1)).isEqualTo(1L << 40);
        assertThat(named("scores").features(RowSelectionCollector.all(), note -> {}))
                .isEqualTo(FeatureMatrix.copyOf(new float[][] {{1, 0.5f}, {-2, -3}}));
        assertOneSentence(() -> named("scores").ids(), "expected ids: whole numbers", "found float32 of shape [2, 2]");
        write(ZipEntry.STORED, "ids.npy", labels);
        assertOneSentence(() -> NpzFile.of(file).ids(), "one row for each query", "found int64 of shape [2]");
    }

    /** An error of the program is none of the archive. */
    @Test
    void errorsOfReadersAreTheirs() throws IOException {
        byte[] doubles = NpySamples.bytes(NpySamples.header("<f8", "(1, 1)"), "000000000000f03f");
        write(ZipEntry.STORED, "x.npy", doubles);
        assertThatThrownBy(() -> NpzFile.of(file).features(RowSelectionCollector.all(), note -> {
                    throw new IllegalArgumentException("of the reader");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("of the reader");
    }
}
