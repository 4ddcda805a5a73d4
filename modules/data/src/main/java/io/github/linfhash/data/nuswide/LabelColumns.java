package io.github.linfhash.data.nuswide;

import io.github.linfhash.core.errors.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The labels of a part, a column for each concept.
 *
 * @param first the file of the first concept, which the others are compared with
 * @param rows the number of lines of each file
 * @param columns entry c has the rows that show concept c
 */
record LabelColumns(Path first, int rows, List<BitSet> columns) {
    LabelColumns {
        columns = List.copyOf(columns);
    }

    /** Whether the files of at least one concept are there. */
    static boolean areIn(OfficialFolder files, List<String> concepts, List<Part> parts) {
        return concepts.stream().anyMatch(concept -> parts.stream().anyMatch(part -> files.has(part.labels(concept))));
    }

    /**
     * Reads the files of all concepts.
     *
     * @throws InputException if one is missing, holds anything but lines of 0 or 1, or has more or fewer of them than the
     *     first
     */
    static LabelColumns read(OfficialFolder files, List<String> concepts, Part part) {
        Path first = require(files, part, concepts.get(0));
        List<BitSet> columns = new ArrayList<>();
        int rows = -1;
        for (String concept : concepts) {
            Path file = require(files, part, concept);
            BitSet column = new BitSet(Math.max(0, rows));
            int found = read(file, column);
            if (rows >= 0 && found != rows) {
                throw new InputException(file + ": expected " + rows + " lines as in " + first + ", found " + found);
            }
            rows = found;
            columns.add(column);
        }
        return new LabelColumns(first, rows, columns);
    }

    private static Path require(OfficialFolder files, Part part, String concept) {
        String folder = part == Part.ALL ? NusWideLayout.ALL_LABELS_FOLDER : "TrainTestLabels";
        return files.require(part.labels(concept), NusWideLayout.GROUND_TRUTH_FOLDER + "/" + folder);
    }

    private static int read(Path file, BitSet column) {
        float[] label = new float[1];
        int rows = 0;
        try (NumberLines lines = NumberLines.open(file, 1)) {
            for (; lines.readLine(label, 0, 1); rows++) {
                column.set(rows, label[0] == 1);
            }
        }
        return rows;
    }

    /** Sets the bits of this part's rows in label masks of {@code words} words a row. */
    void mark(int[] positions, long[] masks, int words) {
        for (int concept = 0; concept < columns.size(); concept++) {
            BitSet column = columns.get(concept);
            for (int row = column.nextSetBit(0); row >= 0; row = column.nextSetBit(row + 1)) {
                masks[positions[row] * words + (concept >> 6)] |= 1L << concept;
            }
        }
    }
}
