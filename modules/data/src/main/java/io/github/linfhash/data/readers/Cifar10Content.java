package io.github.linfhash.data.readers;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The images being read, in the order of {@link Cifar10Layout#BATCHES} whatever the order in which they come. */
final class Cifar10Content {
    private final Cifar10Layout layout;
    private final byte[] values;
    private final int[] labels;

    Cifar10Content(Cifar10Layout layout) {
        this.layout = layout;
        this.values = new byte[layout.images() * Cifar10Layout.SHAPE.values()];
        this.labels = new int[layout.images()];
    }

    /** Reads one whole batch file. */
    void readBatch(int batch, StrictInput in, Progress.Task task) {
        String expected = layout.batchDescription();
        int length = Cifar10Layout.SHAPE.values();
        byte[] label = new byte[1];
        for (int record = 0; record < layout.recordsPerBatch(); record++) {
            int image = batch * layout.recordsPerBatch() + record;
            in.read(label, 0, 1, expected);
            labels[image] = checkedLabel(label[0] & 0xff, record, in);
            in.read(values, image * length, length, expected);
            task.advance(1);
        }
        in.expectEnd(expected);
    }

    private static int checkedLabel(int label, int record, StrictInput in) {
        if (label >= Cifar10Layout.CLASSES.size()) {
            throw new InputException(in.name() + " has a wrong label in record " + record
                    + " (counted from 0): expected 0 to " + (Cifar10Layout.CLASSES.size() - 1) + ", found " + label);
        }
        return label;
    }

    /** Checks the file of class names: the ten names of CIFAR-10, one a line, then nothing but empty lines. */
    static void checkNames(StrictInput in) {
        String text = new String(in.readRest(Cifar10Layout.SMALL_FILE_LIMIT), StandardCharsets.UTF_8);
        List<String> found =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        List<String> expected = Cifar10Layout.CLASSES;
        for (int line = 0; line < Math.min(found.size(), expected.size()); line++) {
            if (!found.get(line).equals(expected.get(line))) {
                throw new InputException(in.name() + " has a wrong class name: expected '" + expected.get(line)
                        + "' as name " + line + ", found '" + Excerpt.of(found.get(line)) + "'");
            }
        }
        if (found.size() != expected.size()) {
            throw new InputException(in.name() + " has a wrong length: expected " + expected.size()
                    + " class names, found " + found.size());
        }
    }

    LabeledImages toImages() {
        return LabeledImages.owning(Cifar10Layout.SHAPE, values, ClassLabels.of(labels), Cifar10Layout.CLASSES);
    }
}
