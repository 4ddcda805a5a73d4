package io.github.linfhash.data.nuswide;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the names of the concepts, which are parts of file names. */
final class ConceptList {
    private static final int LIMIT = 1 << 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,60}");

    private ConceptList() {}

    /**
     * The names in the order of the file, one a line.
     *
     * @throws InputException if the file is missing, a name is not of letters, digits, hyphens and underscores, or there
     *     are two of the same
     */
    static List<String> read(OfficialFolder files) {
        Path file = files.require(NusWideLayout.CONCEPTS, NusWideLayout.CONCEPTS_FOLDER);
        String text;
        try (StrictInput in = StrictInput.open(file)) {
            text = new String(in.readRest(LIMIT), StandardCharsets.ISO_8859_1);
        }
        List<String> names = new ArrayList<>();
        for (String line : text.stripTrailing().split("\n", -1)) {
            String name = line.strip();
            if (!NAME.matcher(name).matches() || names.contains(name)) {
                throw new InputException(file + ", line " + (names.size() + 1)
                        + ": expected the name of another concept, found '" + Excerpt.of(name) + "'");
            }
            names.add(name);
        }
        return List.copyOf(names);
    }
}
