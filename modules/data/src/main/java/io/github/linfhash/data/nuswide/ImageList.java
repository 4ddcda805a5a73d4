package io.github.linfhash.data.nuswide;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The images of a part, in order.
 *
 * <p>The lists come with backslashes or slashes and with or without a drive and folders before the name. An image is told
 * by its last folder and its name, such as {@code actor/0001_2124494179.jpg}, in any case.
 *
 * @param file where the list was read
 * @param images entry i names the image of line i + 1
 */
record ImageList(Path file, List<String> images) {
    private static final int LIMIT = 1 << 27;

    ImageList {
        images = List.copyOf(images);
    }

    /**
     * Reads a list.
     *
     * @throws InputException if the list is missing, or a line before the last is empty
     */
    static ImageList read(OfficialFolder files, Part part) {
        Path file = files.require(part.images(), "ImageList");
        String text;
        try (StrictInput in = StrictInput.open(file)) {
            text = new String(in.readRest(LIMIT), StandardCharsets.ISO_8859_1);
        }
        List<String> images = new ArrayList<>();
        for (String line : (Iterable<String>) text.stripTrailing().lines()::iterator) {
            String image = normalized(line);
            if (image.isEmpty()) {
                throw new InputException(file + ", line " + (images.size() + 1)
                        + ": expected the name of an image, found an empty line");
            }
            images.add(image);
        }
        return new ImageList(file, images);
    }

    private static String normalized(String line) {
        String path = line.strip().replace('\\', '/').toLowerCase(Locale.ROOT);
        int name = path.lastIndexOf('/');
        int folder = name < 0 ? -1 : path.lastIndexOf('/', name - 1);
        return path.substring(folder + 1);
    }

    /**
     * The line of each image, from 0.
     *
     * @throws InputException if an image is listed twice
     */
    Map<String, Integer> lines() {
        Map<String, Integer> lines = new HashMap<>(2 * images.size());
        for (int line = 0; line < images.size(); line++) {
            if (lines.put(images.get(line), line) != null) {
                throw wrong(line, "expected each image once, found another", "");
            }
        }
        return lines;
    }

    /** A complaint about a line, counted from 0. */
    InputException wrong(int line, String complaint, String after) {
        return new InputException(
                file + ", line " + (line + 1) + ": " + complaint + " '" + Excerpt.of(images.get(line)) + "'" + after);
    }
}
