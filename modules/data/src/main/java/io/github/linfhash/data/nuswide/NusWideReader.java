package io.github.linfhash.data.nuswide;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.nuswide.NusWideLabels.ConceptList;
import io.github.linfhash.data.nuswide.NusWideLabels.InOrder;
import io.github.linfhash.data.nuswide.NusWideLabels.LabelColumns;
import io.github.linfhash.formats.vectors.LabeledFeatures;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Reads the official files of NUS-WIDE: bags of visual words and the concepts of each image.
 *
 * <p>The folders may be nested, as the official archives unpack, and names may be in any case. Numbers are separated by
 * any white space, and a last line need not end. All sizes come from the files, which must agree with each other.
 */
public final class NusWideReader {
    private NusWideReader() {}

    /**
     * Reads the features and labels of all images.
     *
     * <p>Visual words come from {@code BoW_int.dat}, or else from {@code BoW_Train_int.dat} and {@code BoW_Test_int.dat};
     * labels from {@code Labels_CONCEPT.txt} or {@code Labels_CONCEPT_Train.txt} and {@code Labels_CONCEPT_Test.txt},
     * whichever fits the features. Where one of them is a pair, the three files of {@code ImageList} say which rows are
     * whose, and the rows are in the order of {@code Imagelist.txt}; without these files both must be pairs, and the
     * training rows come before the test rows.
     *
     * @return n x d counts, exact as float32, and label sets over the concepts; synthetic if a file
     *     {@code SYNTHETIC.txt} says so
     * @throws InputException if a file is missing, or is not as the format says, or does not fit the others; the sentence
     *     names the file and, where there is one, the line
     */
    public static LabeledFeatures read(Path folder, Progress progress) {
        OfficialFolder files = OfficialFolder.open(folder);
        List<String> concepts = ConceptList.read(files);
        List<Part> features = featureParts(files);
        List<Part> labels = labelParts(files, concepts, features);
        boolean paired = features.equals(Part.PAIR) || labels.equals(Part.PAIR);
        InOrder truth = InOrder.read(files, concepts, labels, paired && RowOrder.isListed(files));
        FeatureMatrix matrix = features(files, features, truth, progress);
        return new LabeledFeatures(
                matrix, truth.labels().labels(), concepts, files.has(NusWideLayout.SYNTHETIC_MARKER));
    }

    private static List<Part> featureParts(OfficialFolder files) {
        if (files.has(Part.ALL.features())) {
            return List.of(Part.ALL);
        }
        if (Part.PAIR.stream().anyMatch(part -> files.has(part.features()))) {
            return Part.PAIR;
        }
        throw new InputException(files.root() + ": expected " + NusWideLayout.FEATURES_FOLDER + "/"
                + Part.ALL.features() + ", or " + Part.TRAIN.features() + " and " + Part.TEST.features()
                + " there, found none of them");
    }

    /** Labels of the same kind as the features, unless only the other kind is there and can be brought in order. */
    private static List<Part> labelParts(OfficialFolder files, List<String> concepts, List<Part> features) {
        if (LabelColumns.areIn(files, concepts, features)) {
            return features;
        }
        List<Part> other = features.equals(Part.PAIR) ? List.of(Part.ALL) : Part.PAIR;
        if (!LabelColumns.areIn(files, concepts, other)) {
            throw new InputException(files.root() + ": expected " + names(features, concepts) + " in "
                    + NusWideLayout.GROUND_TRUTH_FOLDER + ", found no labels");
        }
        if (!RowOrder.isListed(files)) {
            throw new InputException(files.root() + ": expected " + names(features, concepts) + " to go with "
                    + features.get(0).features() + ", or the three files of ImageList, found only "
                    + names(other, concepts) + " and not all of the lists");
        }
        return other;
    }

    private static String names(List<Part> parts, List<String> concepts) {
        return String.join(
                " and ",
                parts.stream().map(part -> part.labels(concepts.get(0))).toList());
    }

    private static FeatureMatrix features(OfficialFolder files, List<Part> parts, InOrder truth, Progress progress) {
        List<CountMatrix.Lines> lines = parts.stream()
                .map(part -> new CountMatrix.Lines(
                        files.require(part.features(), NusWideLayout.FEATURES_FOLDER),
                        part,
                        truth.order(),
                        Objects.requireNonNull(truth.sources().get(part))))
                .toList();
        int rows = truth.order().count();
        try (Progress.Task task = progress.begin("reading NUS-WIDE", rows)) {
            return CountMatrix.read(lines, rows, task);
        }
    }

    /** Reads files of counts straight into the rows of one matrix. */
    private static final class CountMatrix {
        private static final int LARGEST = 1 << 24;

        /**
         * A file of counts, a line for each row of a part.
         *
         * @param order says which rows these are
         * @param source a file that says how many they are
         */
        record Lines(Path file, Part part, RowOrder order, Path source) {
            /** Entry i is the matrix row of line i + 1. */
            int[] rows() {
                return order.of(part);
            }
        }

        private final int width;
        private final float[] values;

        private CountMatrix(int width, float[] values) {
            this.width = width;
            this.values = values;
        }

        /**
         * Reads all files; they must hold as many numbers a line as the first line of the first.
         *
         * @param rows n, the number of lines of all files together
         * @throws InputException if a line is not one of whole numbers from 0 to 2^24, or a file has more or fewer lines
         */
        static FeatureMatrix read(List<Lines> files, int rows, Progress.Task task) {
            int width = width(files.get(0).file());
            if ((long) rows * width > Integer.MAX_VALUE) {
                throw new InputException(files.get(0).file() + ": expected at most " + Integer.MAX_VALUE
                        + " numbers in all, found " + rows + " lines of " + width);
            }
            // A number takes a digit and a separator. Files without room for all are read only to say what they lack.
            boolean room = files.stream().allMatch(lines -> hasRoom(lines, width));
            CountMatrix matrix = new CountMatrix(width, new float[room ? rows * width : width]);
            for (Lines lines : files) {
                matrix.fill(lines, room, task);
            }
            return FeatureMatrix.owning(rows, width, matrix.values);
        }

        private static int width(Path file) {
            try (NumberLines lines = NumberLines.open(file, LARGEST)) {
                int width = lines.readLine().length;
                if (width == 0) {
                    throw new InputException(file + ": expected lines of numbers, found none");
                }
                return width;
            }
        }

        private static boolean hasRoom(Lines lines, int width) {
            try (NumberLines opened = NumberLines.open(lines.file(), LARGEST)) {
                return opened.room() >= 2L * lines.rows().length * width - 1;
            }
        }

        private void fill(Lines lines, boolean room, Progress.Task task) {
            int[] rows = lines.rows();
            float[] beyond = new float[width];
            int count = 0;
            try (NumberLines in = NumberLines.open(lines.file(), LARGEST)) {
                for (boolean stored = room && rows.length > 0;
                        in.readLine(stored ? values : beyond, stored ? rows[count] * width : 0, width);
                        stored = room && count < rows.length) {
                    count++;
                    task.advance(1);
                }
            }
            if (count != rows.length) {
                throw new InputException(lines.file() + ": expected " + rows.length + " lines as in " + lines.source()
                        + ", found " + count);
            }
        }
    }
}
