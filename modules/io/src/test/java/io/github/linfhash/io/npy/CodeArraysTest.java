package io.github.linfhash.io.npy;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeArraysTest {
    /** The bytes that NumPy's packbits(..., axis=1, bitorder="little") makes of 1000000101 and 0110000011. */
    private static final String PACKED = "81020603";

    private static final BinaryCodes CODES =
            BinaryCodes.ofSigns(2, 10, new float[] {1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1});

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("codes.npy");
    }

    @Test
    void readsPackedCodesOfAKnownLength() throws IOException {
        NpySamples.write(file, "|u1", "(2, 2)", PACKED);
        assertThat(CodeArrays.read(file, 10)).isEqualTo(CODES);
    }

    @Test
    void packedCodesOfUnknownLengthHaveAllBitsOfTheirBytes() throws IOException {
        NpySamples.write(file, "|u1", "(2, 2)", PACKED);
        BinaryCodes codes = CodeArrays.read(file);
        assertThat(codes.bits()).isEqualTo(16);
        for (int b = 0; b < 16; b++) {
            assertThat(codes.bit(0, b)).isEqualTo(b < 10 && CODES.bit(0, b));
        }
    }

    @Test
    void aMatrixOfZerosAndOnesHoldsABitAnElement() throws IOException {
        String elements = "0100000000000001000100010100000000000101";
        for (String type : new String[] {"|u1", "|b1"}) {
            NpySamples.write(file, type, "(2, 10)", elements);
            assertThat(CodeArrays.read(file)).isEqualTo(CODES);
            assertThat(CodeArrays.read(file, 10)).isEqualTo(CODES);
        }
    }

    @Test
    void aMatrixOfFloatsOrLongsMayHoldABitAnElement() throws IOException {
        NpySamples.write(file, "<f4", "(1, 2)", "000000000000803f");
        assertThat(CodeArrays.read(file)).isEqualTo(BinaryCodes.ofSigns(1, 2, new float[] {0, 1}));
        NpySamples.write(file, "<i8", "(1, 2)", "01000000000000000000000000000000");
        assertThat(CodeArrays.read(file)).isEqualTo(BinaryCodes.ofSigns(1, 2, new float[] {1, 0}));
    }

    @Test
    void theLengthSettlesWhatZerosAndOnesAre() throws IOException {
        NpySamples.write(file, "|u1", "(1, 2)", "0100");
        assertThat(CodeArrays.read(file).bits()).isEqualTo(2);
        BinaryCodes packed = CodeArrays.read(file, 16);
        assertThat(packed.bits()).isEqualTo(16);
        assertThat(packed.bit(0, 0)).isTrue();
    }

    @Test
    void refusesALengthThatDoesNotFit() throws IOException {
        NpySamples.write(file, "|u1", "(2, 2)", PACKED);
        assertOneSentence(() -> CodeArrays.read(file, 17), "codes.npy", "17 bits", "3 columns", "[2, 2]");
        assertOneSentence(() -> CodeArrays.read(file, 9), "codes.npy", "row 0", "9 bits");
    }

    @Test
    void refusesWhatIsNoCodes() throws IOException {
        NpySamples.write(file, "<f4", "(1, 2)", "000000000000c03f");
        assertOneSentence(() -> CodeArrays.read(file), "codes.npy", "FLOAT32");
        NpySamples.write(file, "|u1", "(4,)", PACKED);
        assertOneSentence(() -> CodeArrays.read(file), "codes.npy", "[4]");
        NpySamples.write(file, "|u1", "(0, 2147483647)", "");
        assertOneSentence(() -> CodeArrays.read(file), "codes.npy", "[0, 2147483647]");
    }

    @Test
    void writesPackedCodesThatReadBack() throws IOException {
        CodeArrays.write(file, CODES);
        assertThat(file).hasBinaryContent(NpySamples.bytes(NpySamples.header("|u1", "(2, 2)"), PACKED));
        assertThat(CodeArrays.read(file, 10)).isEqualTo(CODES);
    }
}
