package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of quantizers are untrusted. */
class QuantizerFilesTest {
    @TempDir
    private Path folder;

    static Stream<SampleFolders.Sample> samples() {
        return SampleFolders.all().stream()
                .filter(sample -> sample.similarity().equals("cosine")
                        && !sample.options().contains("\"queryBits\": 7"));
    }

    /** A damaged file is refused with a sentence, or is as good as another file; nothing else is thrown. */
    @ParameterizedTest
    @MethodSource("samples")
    void damagedFilesAreRefusedOrLoaded(SampleFolders.Sample sample) throws IOException {
        SampleFolders.write(folder, sample);
        SplittableRandom random = new SplittableRandom(1);
        float[] vector = SampleFolders.random(SampleFolders.DIMENSION, random);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                byte[] whole = Files.readAllBytes(file);
                int most = Math.min(whole.length, 330);
                for (int at = 0; at < most; at += 1 + random.nextInt(7)) {
                    byte[] changed = whole.clone();
                    changed[at] ^= (byte) (1 << random.nextInt(8));
                    tryOut(file, changed, vector);
                    tryOut(file, Arrays.copyOf(whole, at), vector);
                }
                tryOut(file, Arrays.copyOf(whole, whole.length + 1), vector);
                Files.write(file, whole);
            }
        }
    }

    private void tryOut(Path file, byte[] content, float[] vector) throws IOException {
        Files.write(file, content);
        try {
            FittedQuantizer quantizer = FittedQuantizer.load(folder);
            if (quantizer.dimension() == vector.length) {
                quantizer.query(vector).distance(quantizer.encode(vector));
            }
        } catch (InvalidFileException e) {
            assertThat(e).hasMessageContaining(folder.toString()).hasMessageNotContaining("\n");
        } catch (IllegalArgumentException e) {
            // A center so far away that no code has finite numbers.
            assertThat(e).hasMessageEndingWith("beside the code; scale the vectors");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"bits\": 2 | \"bits\": 9 | bits: expected a whole number from 1 to 8, found '9.0'",
                "\"dimension\": 21 | \"dimension\": 20 | center.npy: expected <f4 of shape [20], found <f4 of shape"
                        + " [21]",
                "\"bytes\": 13 | \"bytes\": 14 | bytes: expected 13, as the options say, found '14.0'",
                "\"rabitq\" | \"opq \" | quantizer: expected one of sign, truncated-sign, rotated-sign, itq, pca-sign,"
                        + " rabitq, int8, pq, opq, found 'opq '",
                "\"numbers\": 19 | \"numbers\": 99999999 | numbers: expected a whole number from 1 to 65536, found"
                        + " '9.9999999E7'",
            })
    void wrongCardsAreRefused(String old, String changed, String sentence) throws IOException {
        SampleFolders.Sample sample = SampleFolders.all().stream()
                .filter(one -> one.name().equals("rabitq") && one.bits() == 2)
                .findFirst()
                .orElseThrow();
        SampleFolders.write(folder, sample);
        Path card = folder.resolve("quantizer.json");
        String text = Files.readString(card);
        assertThat(text).contains(old);
        Files.writeString(card, text.replace(old, changed));
        assertThatThrownBy(() -> FittedQuantizer.load(folder))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | quantizer.json, codes, bits: expected 4 or 8, found '5.0'",
                "9 | quantizer.json, codes, bits: expected a whole number from 4 to 8, found '9.0'",
                "4 | codebooks.npy: expected from 1 to 16 rows, found 200"
            })
    void wrongBitsOfPartsAreRefused(int bits, String sentence) throws IOException {
        SampleFolders.write(folder, new SampleFolders.Sample("pq", "{}", "dot", 4, 8, 4));
        Path card = folder.resolve("quantizer.json");
        Files.writeString(card, Files.readString(card).replace("\"bits\": 8", "\"bits\": " + bits));
        assertThatThrownBy(() -> FittedQuantizer.load(folder))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageEndingWith(sentence);
    }

    /** An index of codes of 8 bits a part opens with the quantizer of before. */
    @Test
    void fingerprintOfAFileStays() throws IOException {
        SampleFolders.write(folder, new SampleFolders.Sample("pq", "{}", "dot", 4, 8, 4));
        assertThat(HexFormat.of().formatHex(FittedQuantizer.load(folder).fingerprint()))
                .isEqualTo("8a46d0788211de60c09d58b92c2af0d8607a32a8a922fd35fe0c7a3e80accb9d");
    }

    @Test
    void valuesThatAreNotFiniteAreRefused() throws IOException {
        SampleFolders.Sample sample = SampleFolders.all().get(1);
        SampleFolders.write(folder, sample);
        float[] center = new float[SampleFolders.DIMENSION];
        center[3] = Float.NaN;
        Files.write(
                folder.resolve("center.npy"),
                SampleFolders.npy("<f4", SampleFolders.bytes(center), SampleFolders.DIMENSION));
        assertThatThrownBy(() -> FittedQuantizer.load(folder))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageEndingWith("center.npy: expected finite numbers, found NaN");
    }

    @Test
    void vectorsThatCannotBeEncodedAreRefused() throws IOException {
        SampleFolders.write(folder, SampleFolders.all().get(0));
        FittedQuantizer quantizer = FittedQuantizer.load(folder);
        float[] infinite = new float[SampleFolders.DIMENSION];
        infinite[1] = Float.POSITIVE_INFINITY;
        for (float[] vector : List.of(new float[3], infinite, new float[SampleFolders.DIMENSION])) {
            assertThatThrownBy(() -> quantizer.encode(vector)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> quantizer.query(vector)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
