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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that DuckDB, Polars and Arrow's JavaScript library wrote, by make.mjs beside them, which says what they hold. */
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
        "polars-lz4.arrow, 12",
        "polars-zstd.arrow, 12",
        "polars-uncompressed.arrow, 12",
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
        for (String name : new String[] {"duckdb-snappy.parquet", "polars-lz4.arrow"}) {
            LabeledFeatures data =
                    LabeledFeatures.read(file(name), file(name + ":name"), TableForm.PLAIN, Progress.NONE);
            assertThat(data.features()).isEqualTo(vectors(12));
            assertThat(data.labelNames()).containsExactly("c0", "c1", "c2");
            // Called as classes are.
            assertThat(LabeledFeatures.read(file(name), file(name), TableForm.PLAIN, Progress.NONE)
                            .labels())
                    .isEqualTo(classes(12));
        }
    }

    @Test
    void wordsMayBeInADictionary() {
        assertThat(labels("polars-zstd.arrow:kind").labels()).isEqualTo(classes(12));
        assertThat(labels("arrow-lists.arrow:kind"))
                .isEqualTo(new NamedLabels(ClassLabels.of(0, 1, 0), List.of("x", "y")));
    }

    @Test
    void listsMayBeOfOneLength() {
        assertThat(features("duckdb-array.parquet")).isEqualTo(FeatureMatrix.copyOf(new float[][] {
            {0, 0}, {1, 2}, {2, 4}
        }));
        assertThat(features("arrow-lists.arrow:fixed")).isEqualTo(FeatureMatrix.copyOf(new float[][] {
            {0, 0.5f}, {1, 1.5f}, {2, 2.5f}
        }));
        assertThat(features("arrow-lists.arrow:lists")).isEqualTo(FeatureMatrix.copyOf(new float[][] {
            {0, -1}, {1, -2}, {2, -3}
        }));
        assertOneSentence(() -> features("arrow-lists.arrow"), "'fixed'", "'lists'", ":COLUMN");
    }

    @Test
    void batchesFollowOneAnother() {
        assertThat(features("arrow-batches.feather:lists")).isEqualTo(FeatureMatrix.copyOf(new float[][] {
            {0, -1}, {1, -2}, {2, -3}, {0, -1}, {1, -2}, {2, -3}
        }));
        assertThat(labels("arrow-batches.feather").labels()).isEqualTo(ClassLabels.of(1, 0, 1, 1, 0, 1));
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
        assertThat(features("arrow-scalars.arrow")).isEqualTo(FeatureMatrix.copyOf(new float[][] {
            {0.5f, -128, -32768, 0, 0, 0, -5, 1, 3, 0.1f},
            {-2, 127, 32767, 255, 65535, (float) 4294967295L, (float) 9000000000L, 0, 7, 1e10f},
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
        "arrow-others.arrow:u, 18446744073709551615, at most 9223372036854775807",
        "duckdb-others.parquet:day, DATE, numbers",
        "arrow-others.arrow:day, Date, numbers",
        "duckdb-others.parquet:pair, nested, numbers",
        "duckdb-nulls.parquet:a, missing value in row 1, null",
        "duckdb-nulls.parquet:v, missing value in row 1, null",
        "arrow-others.arrow:a, missing value in row 1, null",
        "duckdb-ragged.parquet, row 1, expected 2 numbers",
        "duckdb-infinite.parquet, row 1, Infinity",
        "duckdb-empty.parquet:a, no features, none",
        "duckdb-snappy.parquet:x, 'x', 'id'",
        "nothing.parquet, missing, nothing",
        "nothing.arrow, missing, nothing",
    })
    void refusesFeatures(String name, String part, String other) {
        assertOneSentence(() -> features(name), name.substring(0, name.indexOf('.')), part, other);
    }

    @ParameterizedTest
    @CsvSource({
        "duckdb-others.parquet:wide, row 0, 5000000000",
        "duckdb-nulls.parquet:label, row 1, null",
        "arrow-others.arrow, row 1, null",
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

    @ParameterizedTest
    @ValueSource(strings = {"duckdb-snappy.parquet", "polars-zstd.arrow"})
    void refusesTheOtherFormat(String name) throws IOException {
        Path wrong = folder.resolve("wrong." + (name.endsWith("t") ? "arrow" : "parquet"));
        Files.copy(file(name), wrong);
        assertOneSentence(() -> FeatureFiles.read(wrong, Progress.NONE), "wrong", "at its end", "something else");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polars-uncompressed.arrow", "polars-lz4.arrow", "polars-zstd.arrow", "arrow-lists.arrow"})
    void damagedFilesAreRefusedInASentenceAndLeaveNoMemoryBehind(String name) throws IOException {
        assertDamagedFilesAreRefused(name, 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polars-uncompressed.arrow", "polars-lz4.arrow", "polars-zstd.arrow", "arrow-lists.arrow"})
    @Tag("slow")
    void filesWithAnyDamagedByteAreRefusedInASentenceAndLeaveNoMemoryBehind(String name) throws IOException {
        assertDamagedFilesAreRefused(name, 1);
    }

    /**
     * Each byte at a step of a file changed in one bit: whatever is read or refused, the library has all its memory back, or it would say so
     * when it is closed.
     */
    private void assertDamagedFilesAreRefused(String name, int step) throws IOException {
        byte[] bytes = Files.readAllBytes(file(name));
        Path damaged = folder.resolve("damaged.arrow");
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
                assertThat(all(e))
                        .as("byte %d", at)
                        .extracting(String::valueOf)
                        .noneMatch(failure -> failure.contains("leaked"));
            }
        }
        assertThat(refused).isGreaterThan(bytes.length / step / 10);
    }

    /** An exception with its causes and all that was suppressed on the way. */
    private static List<Throwable> all(Throwable failure) {
        List<Throwable> all = new ArrayList<>();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            all.add(at);
            for (Throwable suppressed : at.getSuppressed()) {
                all.addAll(all(suppressed));
            }
        }
        return all;
    }

    /** In the footer's last bytes lies the offset of its root table, which then points beyond its end. */
    @Test
    void aDamagedFileSaysWhereAndWhatToDo() throws IOException {
        byte[] bytes = Files.readAllBytes(file("arrow-scalars.arrow"));
        Path damaged = folder.resolve("damaged.arrow");
        int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 10);
        byte[] wrongFooter = bytes.clone();
        wrongFooter[bytes.length - 10 - footer + 1] = 0x7f;
        Files.write(damaged, wrongFooter);
        assertOneSentence(
                () -> FeatureFiles.read(damaged, Progress.NONE),
                "found a footer that cannot be decoded (IndexOutOfBoundsException)",
                "copy the file again");
    }
}
