package io.github.linfhash.cli.templates;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.data.duplicates.DuplicateRows;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.formats.vectors.LabeledFeatures;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The facts about a user's data that are known before a protocol is written for them.
 *
 * @param title the data in a few words
 * @param dimension of the feature vectors
 * @param varying how many of their components are not the same in all rows
 * @param counts whether all values are whole numbers of at least 0, and not only 0 and 1: counts of something
 * @param labels the ground truth
 * @param names of the classes or labels; empty where they have none
 * @param duplicates which rows are duplicates of each other
 */
public record DataSketch(
        String title,
        int dimension,
        int varying,
        boolean counts,
        Labels labels,
        List<String> names,
        DuplicateRows duplicates) {
    public DataSketch {
        names = List.copyOf(names);
    }

    /** Looks at feature vectors. */
    public static DataSketch of(String name, LabeledFeatures data) {
        FeatureMatrix features = data.features();
        return new DataSketch(
                titleOf(name, features),
                features.dimension(),
                varying(features),
                counts(features),
                data.labels(),
                data.labelNames(),
                DuplicateRows.of(features));
    }

    /** Looks at images and their features. */
    public static DataSketch of(String name, LabeledImages images, FeatureMatrix gist) {
        String title = String.format(Locale.ROOT, "%s, %,d images, GIST-%d", name, images.size(), gist.dimension());
        return new DataSketch(
                title,
                gist.dimension(),
                gist.dimension(),
                false,
                images.labels(),
                images.classNames(),
                DuplicateRows.of(gist));
    }

    private static String titleOf(String name, FeatureMatrix vectors) {
        return String.format(
                Locale.ROOT, "%s, %,d vectors of dimension %,d", name, vectors.rows(), vectors.dimension());
    }

    private static boolean counts(FeatureMatrix features) {
        float[] row = new float[features.dimension()];
        float largest = 0;
        for (int i = 0; i < features.rows(); i++) {
            features.copyRow(i, row);
            for (float value : row) {
                if (value < 0 || value != Math.rint(value)) {
                    return false;
                }
                largest = Math.max(largest, value);
            }
        }
        return largest > 1;
    }

    private static int varying(FeatureMatrix features) {
        float[] first = new float[features.dimension()];
        float[] row = new float[features.dimension()];
        features.copyRow(0, first);
        BitSet varying = new BitSet(first.length);
        for (int i = 1; i < features.rows() && varying.cardinality() < first.length; i++) {
            features.copyRow(i, row);
            for (int j = 0; j < row.length; j++) {
                if (row[j] != first[j]) {
                    varying.set(j);
                }
            }
        }
        return varying.cardinality();
    }

    /** The labels of the first row of each group of duplicates. */
    Labels distinctLabels() {
        int[] groups = duplicates.groups();
        return labels.select(IntStream.range(0, groups.length)
                .filter(row -> groups[row] == row)
                .toArray());
    }

    /** The number of rows. */
    public int rows() {
        return labels.size();
    }

    /** The name of a class or label, for people. */
    String nameOf(int label) {
        boolean named = label >= 0 && label < names.size();
        return named ? "'" + names.get(label) + "'" : String.valueOf(label);
    }

    /** Whether each row is of one class; otherwise rows have sets of labels. */
    boolean hasClasses() {
        return labels instanceof ClassLabels;
    }
}
