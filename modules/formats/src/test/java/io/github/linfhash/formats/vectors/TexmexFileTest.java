package io.github.linfhash.formats.vectors;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.RowSelectionCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes are written out by hand from the format's description: int32 dimension, then components, little-endian. */
class TexmexFileTest {
    /** Dimension 3, then 1, -2 and 0.5; dimension 3, then 0, 1.5 and 256. */
    private static final String FLOATS =
            "03000000" + "0000803f" + "000000c0" + "0000003f" + "03000000" + "00000000" + "0000c03f" + "00008043";

    @TempDir
    Path folder;

    private Path write(String name, String hex) throws IOException {
        return Files.write(folder.resolve(name), HexFormat.of().parseHex(hex));
    }

    private static FeatureMatrix floats(Path file) {
        return TexmexFile.read(file, RowSelectionCollector.all(), Progress.Task.SILENT, Float.BYTES);
    }

    @Test
    void readsVectorsOfFloats() throws IOException {
        assertThat(floats(write("a.fvecs", FLOATS))).isEqualTo(FeatureMatrix.copyOf(new float[][] {
            {1, -2, 0.5f}, {0, 1.5f, 256}
        }));
    }

    @Test
    void readsVectorsOfUnsignedBytes() throws IOException {
        Path file = write("a.bvecs", "02000000" + "01ff" + "02000000" + "8000");
        assertThat(TexmexFile.read(file, RowSelectionCollector.all(), Progress.Task.SILENT, Byte.BYTES))
                .isEqualTo(FeatureMatrix.copyOf(new float[][] {{1, 255}, {128, 0}}));
    }

    @ParameterizedTest
    @CsvSource({
        "'', too short",
        "030000, too short",
        "00000000, dimension from 1",
        "ffffffff, found -1",
        "ffffff7f0000803f, 2147483647",
        "00001000, wrong size",
        "030000000000803f, wrong size",
        "010000000000803f020000000000803f, found 2",
        "010000000000c07f, NaN",
        "01000000000080ff, -Infinity",
    })
    void refusesEverythingElse(String hex, String part) throws IOException {
        Path file = write("a.fvecs", hex);
        assertOneSentence(() -> floats(file), "a.fvecs", part);
    }
}
