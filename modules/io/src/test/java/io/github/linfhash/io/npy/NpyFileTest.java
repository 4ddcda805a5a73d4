package io.github.linfhash.io.npy;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The content bytes of these samples, and how they are laid out, are what NumPy 2.4 writes. */
class NpyFileTest {
    private static final String FLOATS = "0000c03f000000c00000803e00004040000080400000a040";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("array.npy");
    }

    @Test
    void readsAFloatMatrix() throws IOException {
        NpyArray array = NpyFile.read(NpySamples.write(file, "<f4", "(3, 2)", FLOATS));
        assertThat(array.shape()).containsExactly(3, 2);
        assertThat(array.toFloats()).containsExactly(1.5f, -2f, 0.25f, 3f, 4f, 5f);
        assertThat(array.real(2)).isEqualTo(0.25);
    }

    @Test
    void readsLongs() throws IOException {
        NpyArray array =
                NpyFile.read(NpySamples.write(file, "<i8", "(3,)", "0300000000000000ffffffffffffffffffffff7f00000000"));
        assertThat(array.dimensions()).isEqualTo(1);
        assertThat(array.columns()).isEqualTo(1);
        assertThat(List.of(array.integer(0), array.integer(1), array.integer(2)))
                .containsExactly(3L, -1L, (long) Integer.MAX_VALUE);
    }

    @Test
    void readsIntsBytesAndTruthValues() throws IOException {
        assertThat(NpyFile.read(NpySamples.write(file, "<i4", "(1,)", "feffffff"))
                        .integer(0))
                .isEqualTo(-2);
        assertThat(NpyFile.read(NpySamples.write(file, "|u1", "(2,)", "01ff")).integer(1))
                .isEqualTo(255);
        assertThat(NpyFile.read(NpySamples.write(file, "|b1", "(1, 2)", "0100")).isZeroOne())
                .isTrue();
    }

    @Test
    void readsVersionTwo() throws IOException {
        byte[] start = HexFormat.of().parseHex("934e554d5059020074000000");
        byte[] header = String.format(Locale.ROOT, "%-115s\n", NpySamples.header("<f8", "(1, 2)"))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] content = HexFormat.of().parseHex("000000000000f03f0000000000000000");
        byte[] all = Arrays.copyOf(start, 144);
        System.arraycopy(header, 0, all, 12, header.length);
        System.arraycopy(content, 0, all, 128, content.length);
        NpyArray array = NpyFile.read(Files.write(file, all));
        assertThat(array.type()).isEqualTo(NpyType.FLOAT64);
        assertThat(array.toFloats()).containsExactly(1f, 0f);
    }

    @Test
    void writesTheBytesThatNumPyWrites() throws IOException {
        byte[] content = HexFormat.of().parseHex(FLOATS);
        NpyFile.write(file, NpyArray.owning(NpyType.FLOAT32, List.of(3, 2), content));
        assertThat(Files.readAllBytes(file)).isEqualTo(NpySamples.bytes(NpySamples.header("<f4", "(3, 2)"), FLOATS));
        NpyFile.write(file, NpyArray.owning(NpyType.UINT8, List.of(2), new byte[] {1, 2}));
        assertThat(Files.readAllBytes(file)).isEqualTo(NpySamples.bytes(NpySamples.header("|u1", "(2,)"), "0102"));
    }

    @Test
    void takesKeysInAnyOrderAndAnySpacing() throws IOException {
        String header = "{\"shape\":( 2 ,1),'fortran_order' :False,'descr':'|u1'}";
        Files.write(file, NpySamples.bytes(header, "0102"));
        assertThat(NpyFile.read(file).shape()).containsExactly(2, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'descr': '|f4', 'fortran_order': False, 'shape': (3, 2), }; '|f4'",
                "{'descr': 'f4', 'fortran_order': False, 'shape': (3, 2), }; 'f4'",
                "{'descr': '<', 'fortran_order': False, 'shape': (3, 2), }; '<'",
                "{'descr': '<f3', 'fortran_order': False, 'shape': (3, 2), }; '<f3'",
                "{'descr': '|O', 'fortran_order': False, 'shape': (3, 2), }; holds Python objects",
                "{'descr': '\u00e4', 'fortran_order': False, 'shape': (3, 2), }; plain characters",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3, 2), }; holds records",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (), }; one or two dimensions",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }; one or two dimensions",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-3, 2), }; a whole number",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 99999999999999999999), }; sizes of at most",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483648,), }; sizes of at most 2147483647",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647), }; claims too much",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (400000000,), }; 1600000000 bytes",
                "{'descr': '<f4', 'fortran_order': False, 'shape': '<f4', }; another shape",
                "{'descr': (3,), 'fortran_order': False, 'shape': (3, 2), }; simple element type",
                "{'descr': '<f4', 'fortran_order': '<f4', 'shape': (3, 2), }; fortran_order",
                "{'descr': '<f4', 'fortran_order': False, }; the keys",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), 'more': True}; the keys",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (3, 2)}; twice",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2)} + {}; its end",
                "{'descr': '<f4', 'fortran_order': False, 'shape': __import__('os')}; quoted text",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2); '}'",
                "[]; '{'",
            })
    void refusesEveryOtherHeader(String header, String part) throws IOException {
        Files.write(file, NpySamples.bytes(header, FLOATS));
        assertOneSentence(() -> NpyFile.read(file), "array.npy", part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "93", "934e554d5059", "934e554d505901007600", "934e554d505901007600aa"})
    void refusesAFileThatEndsInItsHeader(String hex) throws IOException {
        Files.write(file, HexFormat.of().parseHex(hex));
        assertOneSentence(() -> NpyFile.read(file), "array.npy", "too short");
    }

    @ParameterizedTest
    @CsvSource({
        "504b030414000000080000, no NPY file",
        "934e554d505903007600, 3.0",
        "934e554d505901017600, 1.1",
        "934e554d50590200ffffff7f, 2147483647",
        "934e554d50590200ffffffff, 4294967295",
    })
    void refusesAnotherBeginning(String hex, String part) throws IOException {
        Files.write(file, HexFormat.of().parseHex(hex));
        assertOneSentence(() -> NpyFile.read(file), "array.npy", part);
    }

    @Test
    void refusesTruncatedAndOversizedContent() throws IOException {
        NpySamples.write(file, "<f4", "(3, 2)", FLOATS.substring(2));
        assertOneSentence(() -> NpyFile.read(file), "array.npy", "too short", "24 bytes");
        NpySamples.write(file, "<f4", "(3, 2)", FLOATS + "00");
        assertOneSentence(() -> NpyFile.read(file), "array.npy", "too long");
    }

    @Test
    void anArrayMustHaveTheBytesOfItsShape() {
        assertThatThrownBy(() -> NpyArray.owning(NpyType.INT32, List.of(2), new byte[7]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NpyArray.owning(NpyType.UINT8, List.of(1, 1, 1), new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
