package io.github.linfhash.data.nuswide;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.LabeledFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NusWideReaderTest {
    private static final String BOW = "Low_Level_Features/BoW_int.dat";
    private static final String SKY = "Groundtruth/AllLabels/Labels_sky.txt";

    @TempDir
    private Path root;

    private TinyFolder folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new TinyFolder(root);
    }

    private LabeledFeatures read() {
        return NusWideReader.read(root, Progress.NONE);
    }

    private void assertAllRowsInOrder() {
        LabeledFeatures found = read();
        assertThat(found.features()).isEqualTo(FeatureMatrix.copyOf(TinyFolder.COUNTS));
        assertThat(found.labels()).isEqualTo(LabelSets.of(5, 2, TinyFolder.LABELS));
        assertThat(found.labelNames()).containsExactly("sky", "sea");
        assertThat(found.synthetic()).isFalse();
    }

    @Test
    void readsTheFilesOfAllImages() throws IOException {
        folder.wholeFeatures().wholeLabels();
        assertAllRowsInOrder();
    }

    @Test
    void readsPairsInTheOrderOfTheLists() throws IOException {
        folder.pairedFeatures().pairedLabels().lists();
        assertAllRowsInOrder();
    }

    @Test
    void bringsFeaturesAndLabelsOfDifferentKindsTogetherByTheLists() throws IOException {
        folder.pairedFeatures().wholeLabels().lists();
        assertAllRowsInOrder();
    }

    @Test
    void bringsLabelsOfPartsToFeaturesOfAll() throws IOException {
        folder.wholeFeatures().pairedLabels().lists();
        assertAllRowsInOrder();
    }

    @Test
    void pairsWithoutListsAreTrainingThenTest() throws IOException {
        folder.pairedFeatures().pairedLabels().wholeLabels();
        LabeledFeatures found = read();
        int[] order = {3, 0, 2, 1, 4};
        assertThat(found.features())
                .isEqualTo(FeatureMatrix.copyOf(TinyFolder.COUNTS).select(order));
        assertThat(found.labels())
                .isEqualTo(LabelSets.of(5, 2, TinyFolder.LABELS).select(order));
    }

    @ParameterizedTest
    @CsvSource({
        "NUS_WID_Low_Level_Features/Low_Level_Features, Groundtruth/Groundtruth",
        "low_level_features, GroundTruth",
        "NUS-WIDE/Low_Level_Features/Low_Level_Features, NUS-WIDE/Groundtruth"
    })
    void foldersMayBeNestedAndInAnyCase(String features, String truth) throws IOException {
        folder.features = features;
        folder.truth = truth;
        folder.wholeFeatures().wholeLabels();
        assertAllRowsInOrder();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 0 2\r\n0 0 3\r\n4 0 0\r\n16777216 5 0\r\n6 7 8\r\n",
                "1\t0\t2\n 0  0 3  \n4 0 0\n0016777216 5 0\n6 7 8",
                "1 0 2\n0 0 3\n4 0 0\n16777216 5 0\n6 7 8\n\n \r\n"
            })
    void anyWhiteSpaceSeparates(String text) throws IOException {
        folder.wholeFeatures().wholeLabels().write(BOW, text);
        folder.write(SKY, "1\r\n0 \n0\n\t1\n0");
        assertAllRowsInOrder();
    }

    /** Nothing takes less room: a digit and a separator for each number, but for the last. */
    @Test
    void theShortestFileHasRoomForAllNumbers() throws IOException {
        folder.wholeFeatures().wholeLabels().write(BOW, "1 0 2\n0 0 3\n4 0 0\n9 5 0\n6 7 8");
        float[][] counts = {{1, 0, 2}, {0, 0, 3}, {4, 0, 0}, {9, 5, 0}, {6, 7, 8}};
        assertThat(read().features()).isEqualTo(FeatureMatrix.copyOf(counts));
    }

    @Test
    void moreConceptsThanBitsOfAWord() throws IOException {
        List<String> concepts = IntStream.range(0, 70).mapToObj(c -> "c" + c).toList();
        folder.wholeFeatures().write("ConceptsList/Concepts81.txt", String.join("\n", concepts));
        boolean[] labels = new boolean[5 * 70];
        for (int c = 0; c < 70; c++) {
            labels[c % 5 * 70 + c] = true;
            String lines = "0\n".repeat(c % 5) + "1\n" + "0\n".repeat(4 - c % 5);
            folder.write("Groundtruth/AllLabels/Labels_c" + c + ".txt", lines);
        }
        assertThat(read().labels()).isEqualTo(LabelSets.of(5, 70, labels));
    }

    @Test
    void theMarkerMakesItSynthetic() throws IOException {
        folder.wholeFeatures().wholeLabels().write("SYNTHETIC.txt", "x");
        assertThat(read().synthetic()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 0 2,0 0 3,4 0,5 5 5,6 7 8          | line 3: expected 3 numbers, found 2
            1 0 2,0 0 3,4 0 0 0,5 5 5,6 7 8      | line 3: expected 3 numbers, found 4
            1 0 2,0 0 3,4 0 0,5 5 5              | expected 5 lines as in
            1 0 2,0 0 3,4 0 0,5 5 5,6 7 8,1 1 1  | expected 5 lines as in
            1 0 2,0 x7 3,4 0 0,5 5 5,6 7 8       | line 2: expected whole numbers from 0 to 16777216, found 'x7'
            1 0 2,0 0 3,4 -1 0,5 5 5,6 7 8       | line 3: expected whole numbers from 0 to 16777216, found '-1'
            1 0 2,0 0 3,4 1.5 0,5 5 5,6 7 8      | line 3: expected whole numbers from 0 to 16777216, found '1.5'
            1 0 2,0 0 3,4 1 0,16777217 5 5,6 7 8 | line 4: expected whole numbers from 0 to 16777216, found '16777217'
            1 0 99999999999999999999             | line 1: expected whole numbers from 0 to 16777216, found '9999999999
            1 0 2,,0 0 3,4 1 0,5 5 5,6 7 8       | line 2: expected numbers, found an empty line
            ,                                    | expected lines of numbers, found none
            """)
    void complaintsAboutCountsNameFileAndLine(String lines, String complaint) throws IOException {
        folder.wholeFeatures().wholeLabels().write(BOW, lines.replace(',', '\n') + "\n");
        assertOneSentence(this::read, "BoW_int.dat", complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Groundtruth/AllLabels/Labels_sea.txt | 0,0,0,2,1    | line 4: expected whole numbers from 0 to 1, found '2'
            Groundtruth/AllLabels/Labels_sea.txt | 0,0,0 1,1,1  | line 3: expected one number, found 2
            Groundtruth/AllLabels/Labels_sea.txt | 0,0,1,1      | Labels_sea.txt: expected 5 lines as in
            Groundtruth/AllLabels/Labels_sun.txt | 0,0,0,0,0    | expected labels of a concept in Concepts81.txt
            ConceptsList/Concepts81.txt          | sky,sea,sky  | line 3: expected the name of another concept, found 'sky'
            ConceptsList/Concepts81.txt          | sky,../etc   | line 2: expected the name of another concept, found '../etc'
            ConceptsList/Concepts81.txt          | sky,sea,sand | expected a file Groundtruth/AllLabels/Labels_sand.txt
            Low_Level_Features/Low_Level_Features/BoW_int.dat | 1 | expected one file BoW_int.dat, found
            """)
    void complaintsAboutOtherFiles(String file, String lines, String complaint) throws IOException {
        folder.wholeFeatures().wholeLabels().write(file, lines.replace(',', '\n') + "\n");
        assertOneSentence(this::read, complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TrainImagelist.txt | a/0001_1.jpg,x/9.jpg,b/2.jpg        | line 2: expected an image of the list of all images, found 'x/9.jpg'
            TrainImagelist.txt | a/0001_1.jpg,c/3.jpg,b/2.jpg        | line 2: expected each image once in the training and test lists
            TrainImagelist.txt | a/0001_1.jpg,b/2.jpg                | line 3: expected an image of the training or the test list, found 'b/0001_1.jpg' in neither
            TrainImagelist.txt | a/0001_1.jpg,,b/2.jpg               | line 2: expected the name of an image, found an empty line
            Imagelist.txt      | a/1,a/1                             | line 2: expected each image once, found another 'a/1'
            """)
    void complaintsAboutLists(String file, String lines, String complaint) throws IOException {
        folder.pairedFeatures().wholeLabels().lists().write("ImageList/" + file, lines.replace(',', '\n'));
        assertOneSentence(this::read, file.startsWith("I") ? file : "magelist.txt", complaint);
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertOneSentence(this::read, "Low_Level_Features/BoW_int.dat, or BoW_Train_int.dat and BoW_Test_int.dat");
        folder.pairedFeatures();
        assertOneSentence(this::read, "Labels_sky_Train.txt and Labels_sky_Test.txt", "found no labels");
        folder.wholeLabels();
        assertOneSentence(this::read, "or the three files of ImageList, found only Labels_sky.txt");
        folder.pairedLabels();
        Files.delete(root.resolve("Low_Level_Features/BoW_Test_int.dat"));
        assertOneSentence(this::read, "expected a file Low_Level_Features/BoW_Test_int.dat, found none");
        assertOneSentence(() -> NusWideReader.read(root.resolve("x"), Progress.NONE), "found nothing");
    }
}
