package io.github.linfhash.cli.doctor;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Language and encoding: results do not depend on them, names of files do. */
final class LanguagePart {
    private LanguagePart() {}

    static Examination.Part of() {
        return of(System.getProperty("sun.jnu.encoding", "unknown"));
    }

    static Examination.Part of(String fileNames) {
        List<Fact> facts = List.of(
                new Fact("language", Locale.getDefault().toLanguageTag() + " (no file depends on it)"),
                new Fact("encoding", Charset.defaultCharset() + " (files are UTF-8 whatever it is)"),
                new Fact("names of files", fileNames));
        List<String> advice = new ArrayList<>();
        if (!fileNames.equalsIgnoreCase("UTF-8")) {
            advice.add("names of files are " + fileNames
                    + ": paths with other letters cannot be opened; set LC_ALL=C.UTF-8");
        }
        return new Examination.Part("language", facts, advice);
    }
}
