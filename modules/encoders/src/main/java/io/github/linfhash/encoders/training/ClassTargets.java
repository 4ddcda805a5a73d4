package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/** The classes of training images as numbers from 0: each image's one class, or its labels, none too. */
final class ClassTargets {
    private final int classes;
    private final int[][] ofRows;

    private ClassTargets(int classes, int[][] ofRows) {
        this.classes = classes;
        this.ofRows = ofRows;
    }

    /** Returns the targets of all training images; classes are numbered in their order, and labels keep their numbers. */
    static ClassTargets of(Labels labels) {
        int[][] ofRows = new int[labels.size()][];
        if (labels instanceof LabelSets sets) {
            Arrays.setAll(
                    ofRows,
                    row -> IntStream.range(0, sets.labels())
                            .filter(label -> sets.has(row, label))
                            .toArray());
            return new ClassTargets(sets.labels(), ofRows);
        }
        ClassLabels one = (ClassLabels) labels;
        int[] present = Arrays.stream(one.toArray()).distinct().sorted().toArray();
        Arrays.setAll(ofRows, row -> new int[] {Arrays.binarySearch(present, one.get(row))});
        return new ClassTargets(present.length, ofRows);
    }

    /**
     * Requires that each image has one class.
     *
     * @param what takes one class
     * @throws InputException if an image has several or none
     */
    void requireOne(String what) {
        for (int row = 0; row < ofRows.length; row++) {
            if (ofRows[row].length != 1) {
                throw new InputException(what + " takes one class of each image, found " + ofRows[row].length
                        + " labels of image " + row + "; the losses " + LossKind.ofSeveralLabels() + " take several");
            }
        }
    }

    /** The number of classes or labels C. */
    int classes() {
        return classes;
    }

    /** The number of training images. */
    int images() {
        return ofRows.length;
    }

    /** The classes of an image. */
    int[] of(int row) {
        return ofRows[row].clone();
    }

    /** How many of a batch have a label; the divisor of means over images, and so at least 1. */
    int labeled(int[] rows) {
        int count = 0;
        for (int row : rows) {
            count += ofRows[row].length > 0 ? 1 : 0;
        }
        return Math.max(1, count);
    }

    /**
     * The cross-entropy of softmax over the logits to what the images are of, equally to each of several labels, as a mean over the images
     * that have a label.
     *
     * @param logits C x B, column-major; replaced by the gradient of the loss with respect to them
     * @param rows the images of the batch
     * @param margin what is taken from the logits of an image's own classes first
     */
    double crossEntropy(float[] logits, int[] rows, float margin) {
        int labeled = labeled(rows);
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += crossEntropy(logits, i * classes, ofRows[rows[i]], margin, labeled);
        }
        return sum / labeled;
    }

    private double crossEntropy(float[] logits, int from, int[] own, float margin, int labeled) {
        for (int c : own) {
            logits[from + c] -= margin;
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            largest = Math.max(largest, logits[from + c]);
        }
        double total = 0;
        for (int c = 0; c < classes; c++) {
            total += Math.exp(logits[from + c] - largest);
        }
        double loss = 0;
        for (int c : own) {
            loss += (Math.log(total) + largest - logits[from + c]) / own.length;
        }
        for (int c = 0; c < classes; c++) {
            double share = own.length == 0 ? 0 : Math.exp(logits[from + c] - largest) / total;
            logits[from + c] = (float) (share / labeled);
        }
        for (int c : own) {
            logits[from + c] -= (float) (1.0 / own.length / labeled);
        }
        return loss;
    }

    /**
     * A code of N bits, of 1 and -1, for each of C classes, on average at least N / 2 bits from each other (Yuan et al., CSQ, CVPR 2020,
     * definition 1).
     *
     * <p>They are rows of Sylvester's Hadamard matrix of order H, the least power of two that is not below N, and of its negative: C of the
     * 2 H are drawn, and N of the columns. All rows of the matrix but a row and its negative differ in half of the columns. The first
     * rows and columns, which released programs take, repeat themselves: ten classes of 64 bits would be codes of 16 bits four times.
     * More than 2 H classes have codes whose bits are drawn one by one. Either way the draw is repeated until the mean distance is N / 2.
     */
    static final class HashCenters {
        /** About every second draw suffices, so that so many fail in one of 10^300 cases. */
        private static final int MOST_DRAWS = 1000;

        private HashCenters() {}

        /** The codes, an array of N bits for each class. */
        static byte[][] of(int classes, int bits, UniformRandomProvider random) {
            for (int draw = 0; draw < MOST_DRAWS; draw++) {
                byte[][] centers = draw(classes, bits, random);
                if (areFarApart(centers)) {
                    return centers;
                }
            }
            throw new IllegalStateException("no " + classes + " centers of " + bits + " bits far apart were drawn");
        }

        private static byte[][] draw(int classes, int bits, UniformRandomProvider random) {
            int order = Integer.highestOneBit(2 * bits - 1);
            byte[][] centers = new byte[classes][bits];
            if (classes <= 2 * order) {
                int[] rows = new PermutationSampler(random, 2 * order, classes).sample();
                int[] columns = new PermutationSampler(random, order, bits).sample();
                Arrays.sort(columns);
                for (int c = 0; c < classes; c++) {
                    for (int bit = 0; bit < bits; bit++) {
                        centers[c][bit] = (byte) (hadamard(rows[c], columns[bit], order) ? 1 : -1);
                    }
                }
            } else {
                for (byte[] center : centers) {
                    for (int bit = 0; bit < bits; bit++) {
                        center[bit] = (byte) (random.nextBoolean() ? 1 : -1);
                    }
                }
            }
            return centers;
        }

        /** The sum over pairs of the products of their codes, which is N less twice the distance, is at most 0. */
        private static boolean areFarApart(byte[][] centers) {
            int bits = centers[0].length;
            long squares = 0;
            for (int bit = 0; bit < bits; bit++) {
                long sum = 0;
                for (byte[] center : centers) {
                    sum += center[bit];
                }
                squares += sum * sum;
            }
            return squares <= (long) centers.length * bits;
        }

        private static boolean hadamard(int row, int column, int order) {
            boolean even = Integer.bitCount(row % order & column) % 2 == 0;
            return even == row < order;
        }
    }
}
