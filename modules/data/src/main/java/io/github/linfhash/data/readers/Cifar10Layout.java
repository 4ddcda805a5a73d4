package io.github.linfhash.data.readers;

import io.github.linfhash.data.images.ImageShape;
import java.util.List;

/**
 * The files of CIFAR-10's binary version: six batches of records, each one label byte and 3,072 values (red, green and
 * blue planes of 32 x 32), and a list of class names. Source: Krizhevsky,
 * <a href="https://www.cs.toronto.edu/~kriz/cifar.html">https://www.cs.toronto.edu/~kriz/cifar.html</a>.
 *
 * @param recordsPerBatch 10,000 in the official files
 */
record Cifar10Layout(int recordsPerBatch) {
    static final Cifar10Layout OFFICIAL = new Cifar10Layout(10_000);

    static final String FOLDER = "cifar-10-batches-bin";
    static final String ARCHIVE = "cifar-10-binary.tar.gz";
    static final String NAMES = "batches.meta.txt";
    static final String README = "readme.html";
    static final int SMALL_FILE_LIMIT = 1 << 16;

    static final List<String> BATCHES = List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin");
    static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    static final ImageShape SHAPE = new ImageShape(32, 32, 3);

    int recordBytes() {
        return 1 + SHAPE.values();
    }

    int batchBytes() {
        return recordsPerBatch * recordBytes();
    }

    int images() {
        return recordsPerBatch * BATCHES.size();
    }

    /** What a batch file is expected to hold, for messages. */
    String batchDescription() {
        return recordsPerBatch + " records of " + recordBytes() + " bytes";
    }
}
