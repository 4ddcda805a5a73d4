package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's language changes no file: neither its digits, nor its decimal comma, nor its letter case. */
class LanguageTest extends ProgramOnTinyHome {
    /** With the digits of Egypt. */
    private static final Locale ARABIC = Locale.forLanguageTag("ar-EG-u-nu-arab");

    private static final String OTHER_DIGITS = "[\\p{Nd}&&[^0-9]]";

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @Test
    void filesOfRunAreTheSameInEveryLanguage() throws IOException {
        // The run itself is made once, so that times are the same.
        assertThat(inEveryLanguage("run --protocol tiny --methods ksh,nnh --bits 8 --seeds 0,1 --out F/out"))
                .containsKeys("results.json", "index.html", "table.csv", "table.tex");
    }

    @ParameterizedTest
    @CsvSource({
        "init --vectors F/x.npy --labels F/y.npy --out F/out/p.yaml --force, p.yaml, bits: [6]",
        "quantize --quantizer sign --bytes 1 --vectors F/x.npy --with-vectors --out F/out --force, schema.sql, code bit(8)",
        "quantize --quantizer rabitq --bytes 9 --vectors F/x.npy --out F/out --force, quantizer.json, '\"rows\": 300'"
    })
    void filesAreTheSameInEveryLanguage(String command, String file, String text) throws IOException {
        Files.createDirectory(root.resolve("out"));
        writeVectors();
        assertThat(inEveryLanguage(command).get(file)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgvector", "faiss", "lucene"})
    void adviceAndWhatToPasteHaveAsciiDigits(String engine) throws IOException {
        writeVectors();
        Locale.setDefault(ARABIC);
        // Times differ from one call to the next.
        String listing = succeed("advise --vectors F/x.npy --k 5 --engine " + engine + " --out F/out");
        assertThat(listing).contains("5").doesNotContainPattern(OTHER_DIGITS);
        assertThat(root.resolve("out/index.html")).content().doesNotContainPattern(OTHER_DIGITS);
        assertThat(root.resolve("out/advice.json")).content().doesNotContainPattern(OTHER_DIGITS);
    }

    private void writeVectors() throws IOException {
        Blobs blobs = Blobs.classes(new Blobs.Sizes(4, 8, 300, 30), 4);
        FeatureArrays.write(root.resolve("x.npy"), blobs.train());
        LabelArrays.write(root.resolve("y.npy"), blobs.trainLabels());
    }

    /** Returns the texts that a command prints and writes into {@code F/out}, after checking that they are the same in other languages. */
    private Map<String, String> inEveryLanguage(String command) throws IOException {
        Map<String, String> english = texts(Locale.ENGLISH, command);
        assertThat(texts(ARABIC, command)).isEqualTo(english);
        assertThat(texts(Locale.forLanguageTag("tr-TR"), command)).isEqualTo(english);
        return english;
    }

    private Map<String, String> texts(Locale locale, String command) throws IOException {
        Path folder = root.resolve("out");
        Locale.setDefault(locale);
        Map<String, String> texts = new TreeMap<>();
        texts.put("standard output", succeed(command));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(LanguageTest::isText).toList()) {
                texts.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }

    private static boolean isText(Path file) {
        return file.toString().matches(".*\\.(json|html|csv|md|tex|svg|yaml|sql|copy|py)");
    }
}
