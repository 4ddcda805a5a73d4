package io.github.linfhash.formats.vectors;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.io.npy.FeatureArrays;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format gives the wanted rows of what it gives whole. */
class RowSelectionCollectorTest {
    private static final Path COLUMNS = Path.of("src", "test", "resources", "columnar");
    private static final int[] WANTED = {9, 0, 4, 11};

    @TempDir
    Path folder;

    /** Row i has i % 4 and i + 0.5, but row 4 has zeros; bytes have i + 1. */
    private static FeatureMatrix twelve(float half) {
        return FeatureMatrix.copyOf(IntStream.range(0, 12)
                .mapToObj(i -> i == 4 ? new float[2] : new float[] {i % 4, i + half})
                .toArray(float[][]::new));
    }

    private static byte[] texmex(FeatureMatrix rows, boolean floats) {
        ByteBuffer content =
                ByteBuffer.allocate(rows.rows() * (4 + 2 * (floats ? 4 : 1))).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows.rows(); i++) {
            content.putInt(2);
            for (int j = 0; j < 2; j++) {
                if (floats) {
                    content.putFloat(rows.get(i, j));
                } else {
                    content.put((byte) rows.get(i, j));
                }
            }
        }
        return content.array();
    }

    private static byte[] bigAnn(FeatureMatrix rows) {
        ByteBuffer content = ByteBuffer.allocate(8 + 4 * 24).order(ByteOrder.LITTLE_ENDIAN);
        content.putInt(12).putInt(2);
        for (float value : rows.toArray()) {
            content.putFloat(value);
        }
        return content.array();
    }

    /** As NumPy writes float32 in Fortran order. */
    private static byte[] byColumns(FeatureMatrix rows) {
        String header = "{'descr': '<f4', 'fortran_order': True, 'shape': (12, 2), }";
        ByteBuffer content = ByteBuffer.allocate(128 + 4 * 24).order(ByteOrder.LITTLE_ENDIAN);
        content.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        content.put(String.format(Locale.ROOT, "%-117s\n", header).getBytes(StandardCharsets.US_ASCII));
        IntStream.range(0, 24).forEach(i -> content.putFloat(rows.get(i % 12, i / 12)));
        return content.array();
    }

    private static String text(FeatureMatrix rows, String first, String second) {
        return IntStream.range(0, 12)
                .mapToObj(i -> first + rows.get(i, 0) + second + rows.get(i, 1) + "\n")
                .collect(Collectors.joining());
    }

    private Path write(String name) throws IOException {
        FeatureMatrix rows = twelve(0.5f);
        Path file = folder.resolve(name);
        switch (name) {
            case "c.npy" -> FeatureArrays.write(file, rows);
            case "fortran.npy" -> Files.write(file, byColumns(rows));
            case "x.npz" -> {
                try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                    zip.putNextEntry(new ZipEntry("X.npy"));
                    zip.write(byColumns(rows));
                }
            }
            case "x.fvecs" -> Files.write(file, texmex(rows, true));
            case "x.bvecs" -> Files.write(file, texmex(twelve(1), false));
            case "x.fbin" -> Files.write(file, bigAnn(rows));
            case "x.csv" -> Files.writeString(file, text(rows, "", ","));
            case "x.svm" -> Files.writeString(file, text(rows, "1 1:", " 2:"));
            default -> throw new IllegalArgumentException(name);
        }
        return file;
    }

    private static void holdsTo(Path file) {
        FeatureMatrix whole = FeatureFiles.read(file, Progress.NONE);
        RowSelectionCollector kept = RowSelectionCollector.chosen((n, d) -> {
            assertThat(n).isEqualTo(12);
            assertThat(d).isEqualTo(whole.dimension());
            return WANTED;
        });
        assertThat(FeatureFiles.read(file, TableForm.PLAIN, kept, Progress.NONE))
                .isEqualTo(whole.select(WANTED));
        assertThat(kept.rows()).isEqualTo(12);
        assertThat(kept.zeros().stream().allMatch(row -> IntStream.of(WANTED).anyMatch(wanted -> wanted == row)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.npy", "fortran.npy", "x.npz", "x.fvecs", "x.bvecs", "x.fbin", "x.csv", "x.svm"})
    void keepsTheWantedRowsAndFindsZerosInAll(String name) throws IOException {
        Path file = write(name);
        assertThat(FeatureFiles.read(file, Progress.NONE)).isEqualTo(twelve(name.equals("x.bvecs") ? 1 : 0.5f));
        holdsTo(file);
        RowSelectionCollector none = RowSelectionCollector.tolerant((n, d) -> new int[0]);
        assertThat(FeatureFiles.read(file, TableForm.PLAIN, none, Progress.NONE).rows())
                .isZero();
        assertThat(none.zeros().stream()).containsExactly(4);
        assertThat(none.notFinite().stream()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb-snappy.parquet", "polars.parquet"})
    void keepsTheWantedRowsOfColumns(String name) {
        holdsTo(COLUMNS.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"contiguous.hdf5", "gzip.hdf5", "shuffle.h5"})
    void keepsTheWantedRowsOfHdf5(String name) {
        holdsTo(Path.of("src", "test", "resources", "hdf5", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.npy", "x.fvecs"})
    void rowsThatAreNotFiniteAreAnErrorOrListed(String name) throws IOException {
        float[] values = twelve(0.5f).toArray();
        values[2 * 7] = Float.NaN;
        values[2 * 10 + 1] = Float.POSITIVE_INFINITY;
        FeatureMatrix rows = FeatureMatrix.owning(12, 2, values);
        Path file = folder.resolve(name);
        if (name.endsWith(".npy")) {
            FeatureArrays.write(file, rows);
        } else {
            Files.write(file, texmex(rows, true));
        }
        RowSelectionCollector others = RowSelectionCollector.chosen((n, d) -> WANTED);
        assertThat(FeatureFiles.read(file, TableForm.PLAIN, others, Progress.NONE))
                .isEqualTo(twelve(0.5f).select(WANTED));
        RowSelectionCollector strict = RowSelectionCollector.chosen((n, d) -> new int[] {3, 7});
        assertOneSentence(
                () -> FeatureFiles.read(file, TableForm.PLAIN, strict, Progress.NONE), name, "row 7, column 0", "NaN");
        RowSelectionCollector tolerant = RowSelectionCollector.tolerant((n, d) -> WANTED);
        assertThat(FeatureFiles.read(file, TableForm.PLAIN, tolerant, Progress.NONE))
                .isEqualTo(twelve(0.5f).select(WANTED));
        assertThat(tolerant.notFinite().stream()).containsExactly(7, 10);
        assertThat(tolerant.zeros().stream()).containsExactly(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2|x,y|3,4|", "\"[1,2]\"|none|\"[3,4]\"|"})
    void rowsOfTextThatNobodyWantsAreNotLookedAt(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("x.csv"), text.replace('|', '\n'));
        RowSelectionCollector kept = RowSelectionCollector.chosen((n, d) -> new int[] {2, 0});
        assertThat(FeatureFiles.read(file, TableForm.PLAIN, kept, Progress.NONE))
                .isEqualTo(FeatureMatrix.copyOf(new float[][] {{3, 4}, {1, 2}}));
    }

    @Test
    void aFolderHasTheRowsOfItsPartsInTheOrderOfTheirNames() throws IOException {
        FeatureMatrix rows = twelve(0.5f);
        Path parts = Files.createDirectory(folder.resolve("parts"));
        int[] from = {0, 3, 4, 12};
        for (int i = 2; i >= 0; i--) {
            FeatureArrays.write(
                    parts.resolve("part-" + i + ".npy"),
                    rows.select(IntStream.range(from[i], from[i + 1]).toArray()));
        }
        Files.writeString(parts.resolve("_SUCCESS"), "");
        assertThat(FeatureFiles.read(parts, Progress.NONE)).isEqualTo(rows);
        holdsTo(parts);
        RowSelectionCollector none = RowSelectionCollector.tolerant((n, d) -> new int[0]);
        FeatureFiles.read(parts, TableForm.PLAIN, none, Progress.NONE);
        assertThat(none.zeros().stream()).containsExactly(4);
        FeatureArrays.write(parts.resolve("part-3.npy"), FeatureMatrix.copyOf(new float[][] {{1}}));
        assertOneSentence(() -> FeatureFiles.read(parts, Progress.NONE), "part-3.npy", "dimension 2", "found 1");
        Files.delete(parts.resolve("part-3.npy"));
        Files.writeString(parts.resolve("part-3.csv"), "a,b\n1,2\n3,4\n");
        assertThat(FeatureFiles.read(parts, Progress.NONE).rows()).isEqualTo(14);
        Files.move(parts.resolve("part-3.csv"), parts.resolve("part-3.svm"));
        assertOneSentence(() -> FeatureFiles.read(parts, Progress.NONE), "part-3.svm", "another format");
    }

    /** A layout is that of each part: rows are counted by it as they are read by it. */
    @Test
    void theTablesOfAFolderHaveTheLayoutThatIsStated() throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts.csv"));
        Files.writeString(parts.resolve("part-0.csv"), "id;a;kind;b\nr;1;cat;2\ns;3;dog;.5\n");
        Files.writeString(parts.resolve("part-1.csv"), "id;a;kind;b\nt;5;cat;6\n");
        TableForm form = new TableForm("kind", "id", ";", null, null, null);
        FeatureMatrix expected = FeatureMatrix.copyOf(new float[][] {{1, 2}, {3, 0.5f}, {5, 6}});
        assertThat(FeatureFiles.read(parts, form, Progress.NONE)).isEqualTo(expected);
        RowSelectionCollector kept = RowSelectionCollector.chosen((n, d) -> new int[] {n - 1, 0});
        assertThat(FeatureFiles.read(parts, form, kept, Progress.NONE)).isEqualTo(expected.select(new int[] {2, 0}));
        Files.writeString(parts.resolve("part-0.csv"), "1;2\n3;.5\n");
        Files.writeString(parts.resolve("part-1.csv"), "5;6\n");
        assertThat(FeatureFiles.read(parts, new TableForm(null, null, ";", null, null, null), Progress.NONE))
                .isEqualTo(expected);
    }

    /** Spark writes a file for each partition, also for one without rows. */
    @Test
    void partsWithoutRowsArePassedOver() throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Path none = Files.copy(COLUMNS.resolve("duckdb-empty.parquet"), parts.resolve("part-0.parquet"));
        Files.writeString(parts.resolve("part-1.csv"), "");
        Files.writeString(parts.resolve("part-2.csv"), "a,b\n");
        Files.writeString(parts.resolve("part-4.csv"), "");
        byte[] empty = "\u0093NUMPY\u0001\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2), }"
                .getBytes(StandardCharsets.ISO_8859_1);
        Path array = parts.resolve("part-5.npy");
        Files.write(
                array,
                ByteBuffer.allocate(128)
                        .put(empty)
                        .put(" ".repeat(128 - empty.length - 1).getBytes(StandardCharsets.US_ASCII))
                        .put((byte) '\n')
                        .array());
        assertOneSentence(() -> FeatureFiles.read(parts, Progress.NONE), "parts", "vectors in its files", "5 files");
        Files.writeString(parts.resolve("part-3.csv"), "a,b\n1,2\n3,.5\n");
        assertThat(FeatureFiles.read(parts, Progress.NONE)).isEqualTo(FeatureMatrix.copyOf(new float[][] {
            {1, 2}, {3, 0.5f}
        }));
        assertOneSentence(() -> FeatureFiles.read(none, Progress.NONE), "no features", "found none");
        assertOneSentence(() -> FeatureFiles.read(array, Progress.NONE), "part-5.npy", "[0, 2]");
    }

    /** A place for each row would take 8 GB. */
    @Test
    void rowsThatNobodyWantsTakeNoMemory() {
        int n = Integer.MAX_VALUE;
        RowSelectionCollector kept = RowSelectionCollector.chosen((rows, d) -> new int[] {n - 1, 0, 77});
        kept.begin("x", n, 2);
        int[] asked = {0, 1, 76, 77, 78, n - 2, n - 1, 5, 77, 0, n - 1, n - 3};
        assertThat(IntStream.of(asked).filter(row -> !kept.passesOver(row)))
                .containsExactly(0, 77, n - 1, 77, 0, n - 1);
    }
}
