package io.github.linfhash.data.nuswide;

import java.util.List;

/** The rows that a file holds: of all images, or of the official training or test images. */
enum Part {
    ALL("", "BoW_int.dat", "Imagelist.txt"),
    TRAIN("_Train", "BoW_Train_int.dat", "TrainImagelist.txt"),
    TEST("_Test", "BoW_Test_int.dat", "TestImagelist.txt");

    /** The two parts that make up all rows. */
    static final List<Part> PAIR = List.of(TRAIN, TEST);

    private final String ending;
    private final String features;
    private final String images;

    Part(String ending, String features, String images) {
        this.ending = ending;
        this.features = features;
        this.images = images;
    }

    /** The file that has a 1 for each image that shows the concept. */
    String labels(String concept) {
        return "Labels_" + concept + ending + ".txt";
    }

    /** The file of visual words. */
    String features() {
        return features;
    }

    /** The file of image names. */
    String images() {
        return images;
    }
}
