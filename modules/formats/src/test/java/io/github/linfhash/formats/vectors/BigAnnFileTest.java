package io.github.linfhash.formats.vectors;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes are written out by hand from the format's description: two uint32, then the vectors, little-endian. */
class BigAnnFileTest {
    /** Three vectors of dimension 2. */
    private static final String HEADER = "03000000" + "02000000";

    @TempDir
    Path folder;

    private Path write(String name, String hex) throws IOException {
        return Files.write(folder.resolve(name), HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "fbin, 0000803f000000c00000003f000000000000c03f00008043, '1 -2 0.5 0 1.5 256'",
        "ibin, 01000000feffffff000000000000010080000000ff000000, '1 -2 0 65536 128 255'",
        "u8bin, 01fe00ff8007, '1 254 0 255 128 7'",
        "i8bin, 01fe007f80ff, '1 -2 0 127 -128 -1'",
    })
    void readsVectorsAtOnceAndWheneverTheyAreAskedFor(String ending, String hex, String expected) throws IOException {
        Path file = write("x." + ending, HEADER + hex);
        String[] numbers = expected.split(" ", -1);
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(numbers[i]);
        }
        FeatureMatrix vectors = FeatureMatrix.owning(3, 2, values);
        assertThat(FeatureFiles.read(file, Progress.NONE)).isEqualTo(vectors);
        try (FeatureFiles.Opened opened = FeatureFiles.open(file, TableForm.PLAIN, Progress.NONE)) {
            assertThat(opened.features().isInMemory()).isFalse();
            assertThat(opened.features()).isEqualTo(vectors);
        }
    }

    @Test
    void integersMayBeListsOfNeighbors() throws IOException {
        Path file = write("n.ibin", HEADER + "010000000000000002000000ffffffff0000000001000000");
        List<int[]> lists = NeighborLists.read(file, VectorIds.numbers("x.fbin", 3), Progress.NONE);
        assertThat(lists).containsExactly(new int[] {1, 0}, new int[] {2}, new int[] {0, 1});
    }

    @ParameterizedTest
    @CsvSource({
        "'', too short",
        "03000000020000, too short",
        "0000000002000000, found 0 of dimension 2",
        "0300000000000000, found 3 of dimension 0",
        "ffffffffffffffff, found 4294967295 of dimension 4294967295",
        "ffffff7f00001000, expected 9007199250546696 bytes",
        "010000000100000000000000ff, found 13",
        "0100000001000000000000, found 11",
        "01000000010000000000c07f, NaN",
        "0100000001000000000080ff, -Infinity",
    })
    void refusesEverythingElse(String hex, String part) throws IOException {
        Path file = write("x.fbin", hex);
        assertOneSentence(() -> FeatureFiles.read(file, Progress.NONE), "x.fbin", part);
    }
}
