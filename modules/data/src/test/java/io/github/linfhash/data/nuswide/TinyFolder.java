package io.github.linfhash.data.nuswide;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder in the official layout with five images, three words and two concepts.
 *
 * <p>Images 0 to 4 show sky in rows 0 and 3 and sea in rows 3 and 4; rows 1 and 4 are test images, and the training list is
 * not in the order of the list of all.
 */
final class TinyFolder {
    static final float[][] COUNTS = {{1, 0, 2}, {0, 0, 3}, {4, 0, 0}, {16777216, 5, 0}, {6, 7, 8}};
    static final boolean[] LABELS = {true, false, false, false, false, false, true, true, false, true};
    static final int[] TRAIN = {3, 0, 2};
    static final int[] TEST = {1, 4};
    static final int[] ALL = {0, 1, 2, 3, 4};

    final Path root;
    String features = "Low_Level_Features";
    String truth = "Groundtruth";

    TinyFolder(Path root) throws IOException {
        this.root = root;
        write("ConceptsList/Concepts81.txt", "sky\nsea\n");
    }

    void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    }

    TinyFolder wholeFeatures() throws IOException {
        write(features + "/BoW_int.dat", counts(ALL));
        return this;
    }

    TinyFolder pairedFeatures() throws IOException {
        write(features + "/BoW_Train_int.dat", counts(TRAIN));
        write(features + "/BoW_Test_int.dat", counts(TEST));
        return this;
    }

    TinyFolder wholeLabels() throws IOException {
        labels("AllLabels", "", ALL);
        return this;
    }

    TinyFolder pairedLabels() throws IOException {
        labels("TrainTestLabels", "_Train", TRAIN);
        labels("TrainTestLabels", "_Test", TEST);
        return this;
    }

    /** The three lists, each in another of the ways in which they come. */
    TinyFolder lists() throws IOException {
        write("ImageList/Imagelist.txt", "a\\0001_1.jpg\r\na\\0002_2.jpg\r\nb\\0001_1.jpg\r\nb\\2.jpg\r\nc\\3.jpg\r\n");
        write(
                "ImageList/TrainImagelist.txt",
                "C:\\Flickr\\b\\2.jpg\nC:\\Flickr\\a\\0001_1.jpg \nC:\\Flickr\\b\\0001_1.jpg");
        write("ImageList/TestImagelist.txt", "A/0002_2.JPG\nc/3.jpg\n\n");
        return this;
    }

    private void labels(String folder, String ending, int[] rows) throws IOException {
        for (int concept = 0; concept < 2; concept++) {
            StringBuilder text = new StringBuilder();
            for (int row : rows) {
                text.append(LABELS[2 * row + concept] ? "1\n" : "0\n");
            }
            String name = (concept == 0 ? "sky" : "sea") + ending;
            write(truth + "/" + folder + "/Labels_" + name + ".txt", text.toString());
        }
    }

    private static String counts(int[] rows) {
        StringBuilder text = new StringBuilder();
        for (int row : rows) {
            for (float count : COUNTS[row]) {
                text.append((int) count).append(' ');
            }
            text.append('\n');
        }
        return text.toString();
    }
}
