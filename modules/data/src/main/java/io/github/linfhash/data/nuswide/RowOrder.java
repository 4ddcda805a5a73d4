package io.github.linfhash.data.nuswide;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Which rows of the data set the lines of each part's files are. */
final class RowOrder {
    private final Map<Part, int[]> rows;

    private RowOrder(Map<Part, int[]> rows) {
        this.rows = new EnumMap<>(rows);
    }

    /** All rows as they stand in one file. */
    static RowOrder ofAll(int count) {
        return new RowOrder(Map.of(Part.ALL, range(0, count)));
    }

    /** The training rows, then the test rows. */
    static RowOrder trainingThenTest(int training, int test) {
        return new RowOrder(
                Map.of(Part.TRAIN, range(0, training), Part.TEST, range(training, Math.addExact(training, test))));
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    /** Whether the three lists of images are there. */
    static boolean isListed(OfficialFolder files) {
        return Arrays.stream(Part.values()).allMatch(part -> files.has(part.images()));
    }

    /**
     * The order of the list of all images.
     *
     * @throws InputException if the training and test images are not all images, each once
     */
    static RowOrder ofLists(OfficialFolder files) {
        ImageList all = ImageList.read(files, Part.ALL);
        Map<String, Integer> lines = all.lines();
        boolean[] taken = new boolean[all.images().size()];
        int[] training = rows(ImageList.read(files, Part.TRAIN), lines, taken);
        int[] test = rows(ImageList.read(files, Part.TEST), lines, taken);
        for (int row = 0; row < taken.length; row++) {
            if (!taken[row]) {
                throw all.wrong(row, "expected an image of the training or the test list, found", " in neither");
            }
        }
        return new RowOrder(Map.of(Part.ALL, range(0, taken.length), Part.TRAIN, training, Part.TEST, test));
    }

    private static int[] rows(ImageList list, Map<String, Integer> lines, boolean[] taken) {
        List<String> images = list.images();
        int[] rows = new int[images.size()];
        for (int i = 0; i < rows.length; i++) {
            Integer row = lines.get(images.get(i));
            if (row == null) {
                throw list.wrong(i, "expected an image of the list of all images, found", "");
            }
            if (taken[row]) {
                throw list.wrong(i, "expected each image once in the training and test lists, found another", "");
            }
            taken[row] = true;
            rows[i] = row;
        }
        return rows;
    }

    /** The number of all rows. */
    int count() {
        int[] all = rows.get(Part.ALL);
        return all != null ? all.length : of(Part.TRAIN).length + of(Part.TEST).length;
    }

    /** Entry i is the row that line i + 1 of the part's files is. */
    int[] of(Part part) {
        int[] found = rows.get(part);
        if (found == null) {
            throw new IllegalArgumentException("the rows of " + part + " are not known");
        }
        return found;
    }

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
            return new InputException(file + ", line " + (line + 1) + ": " + complaint + " '"
                    + Excerpt.of(images.get(line)) + "'" + after);
        }
    }
}
