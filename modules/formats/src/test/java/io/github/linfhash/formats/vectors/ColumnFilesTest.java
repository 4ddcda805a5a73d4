package io.github.linfhash.formats.vectors;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads files that DuckDB and Polars wrote; make.mjs in their folder lists the contents. */
class ColumnFilesTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "columnar");

    @TempDir
    Path folder;

    private static Path file(String name) {
        return FOLDER.resolve(name);
    }

    private static FeatureMatrix features(String name) {
        return FeatureFiles.read(file(name), Progress.NONE);
    }

    private static NamedLabels labels(String name) {
        return LabelFiles.read(file(name), Progress.NONE);
    }

    private static FeatureMatrix vectors(int n) {
        return FeatureMatrix.copyOf(IntStream.range(0, n)
                .mapToObj(i -> new float[] {i * 0.5f, i + 0.25f, -i})
                .toArray(float[][]::new));
    }

    private static ClassLabels classes(int n) {
        return ClassLabels.of(IntStream.range(0, n).map(i -> i % 3).toArray());
    }

    @ParameterizedTest
    @CsvSource({
        "duckdb-snappy.parquet, 12",
        "duckdb-zstd.parquet, 12",
        "duckdb-gzip.parquet, 12",
        "duckdb-lz4_raw.parquet, 12",
        "duckdb-uncompressed.parquet, 12",
        "duckdb-groups.parquet, 6000",
        "polars.parquet, 12",
    })
    void aColumnOfListsAndColumnsOfLabels(String name, int n) {
        assertThat(features(name)).isEqualTo(vectors(n));
        assertThat(features(name + ":v")).isEqualTo(vectors(n));
        assertThat(labels(name + ":y")).isEqualTo(new NamedLabels(classes(n), List.of()));
        NamedLabels named = labels(name + ":name");
        assertThat(named.labels()).isEqualTo(classes(n));
        assertThat(named.names()).containsExactly("c0", "c1", "c2");
    }

    @Test
    void oneFileMayHoldBoth() {
        Path both = file("duckdb-snappy.parquet");
        LabeledFeatures data = LabeledFeatures.read(both, Path.of(both + ":name"), TableForm.PLAIN, Progress.NONE);
        assertThat(data.features()).isEqualTo(vectors(12));
        assertThat(data.labelNames()).containsExactly("c0", "c1", "c2");
        // The column y is found by its usual name.
        assertThat(LabeledFeatures.read(both, both, TableForm.PLAIN, Progress.NONE)
                        .labels())
                .isEqualTo(classes(12));
    }

    @Test
    void listsMayBeOfOneLength() {
        assertThat(features("duckdb-array.parquet")).isEqualTo(FeatureMatrix.copyOf(new float[][] {
            {0, 0}, {1, 2}, {2, 4}
        }));
    }

    @Test
    void columnsOfNumbersOfEveryTypeAreFeatures() {
        TableForm form = new TableForm("label", null, null, null, null, null);
        assertThat(FeatureFiles.read(file("duckdb-scalars.parquet"), form, Progress.NONE))
                .isEqualTo(FeatureMatrix.copyOf(new float[][] {
                    {0, 0, 200, 60000, (float) 4000000000L, 0.25f, -0.125f, 1, (float) -9000000000L},
                    {0.25f, -1, 201, 60001, (float) 4000000001L, 1.25f, 0.875f, 0, (float) -9000000001L},
                    {0.5f, -2, 202, 60002, (float) 4000000002L, 2.25f, 1.875f, 1, (float) -9000000002L},
                }));
    }

    @Test
    void whatIsLeftOutMustBeThere() {
        assertOneSentence(
                () -> FeatureFiles.read(
                        file("duckdb-scalars.parquet"),
                        new TableForm("label", "nobody", null, null, null, null),
                        Progress.NONE),
                "'nobody'",
                "'a' (DOUBLE)");
        assertOneSentence(() -> features("duckdb-scalars.parquet"), "'label'", "BYTE_ARRAY", "numbers");
        assertOneSentence(() -> features("duckdb-scalars.parquet:label"), "'label'", "BYTE_ARRAY", "numbers");
        assertOneSentence(() -> labels("duckdb-scalars.parquet:a"), "'a'", "whole numbers or texts", "DOUBLE");
    }

    @Test
    void listsOfWordsAreSetsOfLabels() {
        assertThat(labels("duckdb-tags.parquet").labels())
                .isEqualTo(LabelSets.of(3, 2, new boolean[] {true, true, false, false, false, true}));
    }

    @ParameterizedTest
    @CsvSource({
        "duckdb-brotli.parquet, BROTLI, snappy",
        "duckdb-version-2.parquet:id, DELTA_BINARY_PACKED, PLAIN",
        "duckdb-others.parquet:u, 18446744073709551615, at most 9223372036854775807",
        "duckdb-others.parquet:day, DATE, numbers",
        "duckdb-others.parquet:pair, nested, numbers",
        "duckdb-nulls.parquet:a, missing value in row 1, null",
        "duckdb-nulls.parquet:v, missing value in row 1, null",
        "duckdb-ragged.parquet, row 1, expected 2 numbers",
        "duckdb-infinite.parquet, row 1, Infinity",
        "duckdb-empty.parquet:a, no features, none",
        "duckdb-snappy.parquet:x, 'x', 'id'",
        "nothing.parquet, missing, nothing",
    })
    void refusesFeatures(String name, String part, String other) {
        assertOneSentence(() -> features(name), name.substring(0, name.indexOf('.')), part, other);
    }

    @ParameterizedTest
    @CsvSource({
        "duckdb-others.parquet:wide, row 0, 5000000000",
        "duckdb-nulls.parquet:label, row 1, null",
        "duckdb-empty.parquet, no labels, none",
    })
    void refusesLabels(String name, String part, String other) {
        assertOneSentence(() -> labels(name), name.substring(0, name.indexOf('.')), part, other);
    }

    /** Metadata in Thrift's compact protocol: what a field begins with, and a claim that no file could keep. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // Field 2, a list of 2^31 - 1 structures.
                "29fcffffffff0700",
                // Field 1, a text of 2^31 - 1 bytes.
                "18ffffffff0700",
                // Field 1, a map of 2^28 - 1 pairs.
                "1bffffff7f8800",
                // A number that never ends.
                "15ffffffffffffffffffffff00",
                // An unknown type.
                "1d00",
                // Nothing.
                "",
            })
    void refusesMetadataThatClaimsMoreThanThereIs(String hex) throws IOException {
        byte[] metadata = HexFormat.of().parseHex(hex);
        ByteBuffer content = ByteBuffer.allocate(12 + metadata.length).order(ByteOrder.LITTLE_ENDIAN);
        content.put("PAR1".getBytes(StandardCharsets.US_ASCII)).put(metadata);
        content.putInt(metadata.length).put("PAR1".getBytes(StandardCharsets.US_ASCII));
        Path claims = Files.write(folder.resolve("claims.parquet"), content.array());
        assertOneSentence(() -> FeatureFiles.read(claims, Progress.NONE), "claims.parquet", "expected", "found");
    }

    @Test
    void refusesStructuresWithoutEnd() throws IOException {
        byte[] metadata = "\034".repeat(500).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer content = ByteBuffer.allocate(12 + metadata.length).order(ByteOrder.LITTLE_ENDIAN);
        content.put("PAR1".getBytes(StandardCharsets.US_ASCII)).put(metadata);
        content.putInt(metadata.length).put("PAR1".getBytes(StandardCharsets.US_ASCII));
        Path nested = Files.write(folder.resolve("nested.parquet"), content.array());
        assertOneSentence(() -> FeatureFiles.read(nested, Progress.NONE), "nested.parquet", "nested at most 48 deep");
    }

    /** The header of the first page is at byte 4; in it the sizes, unpacked and packed, are two bytes from 7 and from 10. */
    @ParameterizedTest
    @ValueSource(ints = {7, 10})
    void refusesAPageThatIsLargerThanItsColumn(int field) throws IOException {
        byte[] bytes = Files.readAllBytes(file("duckdb-uncompressed.parquet"));
        assertThat(Arrays.copyOfRange(bytes, field - 1, field + 2)).containsExactly(0x15, 0xcc, 0x01);
        Path damaged = folder.resolve("page.parquet");
        for (byte claimed : new byte[] {0, 2, 0x7f}) {
            bytes[field + 1] = claimed;
            Files.write(damaged, bytes);
            assertOneSentence(
                    () -> LabelFiles.read(Path.of(damaged + ":id"), Progress.NONE),
                    "page.parquet",
                    "expected",
                    "found");
        }
    }

    @Test
    void refusesAFileOfAnotherFormat() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.parquet"), "ARROW1\0\0, and a footer\17\0\0\0ARROW1");
        assertOneSentence(() -> FeatureFiles.read(wrong, Progress.NONE), "wrong", "at its end", "something else");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.arrow", "x.feather:v", "X.ARROW"})
    void saysHowToConvertArrow(String name) {
        for (ThrowingCallable reader : List.<ThrowingCallable>of(
                () -> FeatureFiles.requireKnown(folder.resolve(name)),
                () -> FeatureFiles.read(folder.resolve(name), Progress.NONE),
                () -> LabelFiles.read(folder.resolve(name), Progress.NONE))) {
            assertOneSentence(
                    reader,
                    name
                            + " cannot be read: expected a Parquet file, found the name of an Arrow or Feather file; convert it,",
                    "pyarrow.parquet.write_table");
        }
    }

    @Test
    void damagedFilesAreRefusedInASentence() throws IOException {
        assertDamagedFilesAreRefused(7);
    }

    @Test
    @Tag("slow")
    void filesWithAnyDamagedByteAreRefusedInASentence() throws IOException {
        assertDamagedFilesAreRefused(1);
    }

    /** Changes one bit of each byte at a step of a file. */
    private void assertDamagedFilesAreRefused(int step) throws IOException {
        byte[] bytes = Files.readAllBytes(file("duckdb-zstd.parquet"));
        Path damaged = folder.resolve("damaged.parquet");
        int refused = 0;
        for (int at = 0; at < bytes.length; at += step) {
            bytes[at] ^= (byte) (1 << at % 8);
            Files.write(damaged, bytes);
            bytes[at] ^= (byte) (1 << at % 8);
            try {
                LabelFiles.read(Path.of(damaged + ":id"), Progress.NONE);
            } catch (InputException e) {
                refused++;
                assertThat(e.getMessage()).startsWith(damaged.toString()).doesNotContain("(IOException)");
            }
        }
        assertThat(refused).isGreaterThan(bytes.length / step / 10);
    }
}
