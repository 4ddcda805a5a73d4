package io.github.linfhash.data.nuswide;

import io.github.linfhash.core.errors.InputException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
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
}
