package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user's language changes no file: neither its digits, nor its decimal comma, nor its letter case. */
class LanguageTest extends ProgramOnTinyHome {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @Test
    void filesAreTheSameInArabicTurkishAndEnglish() throws IOException {
        Map<String, String> english = files(Locale.ENGLISH);
        assertThat(english).containsKeys("results.json", "index.html", "table.csv", "table.tex");
        assertThat(files(Locale.forLanguageTag("ar-EG-u-nu-arab"))).isEqualTo(english);
        assertThat(files(Locale.forLanguageTag("tr-TR"))).isEqualTo(english);
    }

    /** The texts that a run writes in a language; the run itself is made once, so that times are the same. */
    private Map<String, String> files(Locale locale) throws IOException {
        Locale.setDefault(locale);
        Path folder = root.resolve("out");
        succeed("run --protocol tiny --methods ksh,nnh --out %s", folder);
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(LanguageTest::isText).toList()) {
                texts.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        texts.put("standard output", out.toString());
        out.getBuffer().setLength(0);
        return texts;
    }

    private static boolean isText(Path file) {
        return file.toString().matches(".*\\.(json|html|csv|md|tex|svg)");
    }
}
