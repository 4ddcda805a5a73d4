package io.github.linfhash.data.nuswide;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The ground truth of NUS-WIDE.
 *
 * @param labels the concepts of each image
 * @param concepts their names; entry c names label c
 */
public record NusWideLabels(LabelSets labels, List<String> concepts) {
    /** @throws IllegalArgumentException if there are not as many names as labels */
    public NusWideLabels {
        concepts = List.copyOf(concepts);
        if (concepts.size() != labels.labels()) {
            throw new IllegalArgumentException(labels.labels() + " labels have " + concepts.size() + " names");
        }
    }

    /**
     * Reads the files {@code Labels_CONCEPT.txt}, or those of the training and test images where these are not there.
     *
     * @param folder holds {@code Groundtruth} and {@code ConceptsList}; no features are needed
     * @throws InputException if a file is missing or is not as the format says
     */
    public static NusWideLabels read(Path folder) {
        OfficialFolder files = OfficialFolder.open(folder);
        List<String> concepts = ConceptList.read(files);
        boolean whole = LabelColumns.areIn(files, concepts, List.of(Part.ALL));
        List<Part> parts = whole ? List.of(Part.ALL) : Part.PAIR;
        return InOrder.read(files, concepts, parts, RowOrder.isListed(files) && !whole)
                .labels();
    }

    /**
     * Labels and what their rows are.
     *
     * @param sources for each part of the order, a file that says how many rows it has
     */
    record InOrder(NusWideLabels labels, RowOrder order, Map<Part, Path> sources) {
        InOrder {
            sources = new EnumMap<>(sources);
        }

        /**
         * Reads the labels from the files of the given parts: of all rows, or of the pair.
         *
         * @param byLists whether the lists of images decide which rows are training and test rows; otherwise the
         *     training rows come first
         */
        static InOrder read(OfficialFolder files, List<String> concepts, List<Part> parts, boolean byLists) {
            refuseStrays(files, concepts);
            Map<Part, LabelColumns> columns = new EnumMap<>(Part.class);
            Map<Part, Path> sources = new EnumMap<>(Part.class);
            for (Part part : parts) {
                columns.put(part, LabelColumns.read(files, concepts, part));
            }
            RowOrder order = byLists ? listed(files, sources) : counted(columns, sources);
            int words = (concepts.size() + 63) >> 6;
            long[] masks = new long[Math.multiplyExact(order.count(), words)];
            columns.forEach((part, column) -> {
                int[] rows = order.of(part);
                if (rows.length != column.rows()) {
                    throw new InputException(column.first() + ": expected " + rows.length + " lines as in "
                            + sources.get(part) + ", found " + column.rows());
                }
                column.mark(rows, masks, words);
            });
            LabelSets labels = LabelSets.owning(order.count(), concepts.size(), masks);
            return new InOrder(new NusWideLabels(labels, concepts), order, sources);
        }

        private static RowOrder listed(OfficialFolder files, Map<Part, Path> sources) {
            for (Part part : Part.values()) {
                sources.put(part, files.require(part.images(), "ImageList"));
            }
            return RowOrder.ofLists(files);
        }

        private static RowOrder counted(Map<Part, LabelColumns> columns, Map<Part, Path> sources) {
            columns.forEach((part, column) -> sources.put(part, column.first()));
            LabelColumns all = columns.get(Part.ALL);
            return all != null
                    ? RowOrder.ofAll(all.rows())
                    : RowOrder.trainingThenTest(rows(columns, Part.TRAIN), rows(columns, Part.TEST));
        }

        private static int rows(Map<Part, LabelColumns> columns, Part part) {
            LabelColumns column = columns.get(part);
            return column == null ? 0 : column.rows();
        }

        /** A file of labels for a concept that is not in the list says that files of two data sets are mixed. */
        private static void refuseStrays(OfficialFolder files, List<String> concepts) {
            Set<String> known = new HashSet<>();
            for (Part part : Part.values()) {
                concepts.forEach(concept -> known.add(part.labels(concept).toLowerCase(Locale.ROOT)));
            }
            for (String name : files.names()) {
                if (name.startsWith("labels_") && !known.contains(name)) {
                    throw new InputException(files.find(name).orElseThrow() + ": expected labels of a concept in "
                            + NusWideLayout.CONCEPTS + ", found another");
                }
            }
        }
    }

    /** Reads the names of the concepts, which are parts of file names. */
    static final class ConceptList {
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
            return concepts.stream()
                    .anyMatch(concept -> parts.stream().anyMatch(part -> files.has(part.labels(concept))));
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
                    throw new InputException(
                            file + ": expected " + rows + " lines as in " + first + ", found " + found);
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
}
