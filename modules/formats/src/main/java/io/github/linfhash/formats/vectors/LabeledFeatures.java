package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.columnar.ColumnTable;
import io.github.linfhash.formats.vectors.VectorFormat.Holds;
import io.github.linfhash.formats.vectors.VectorFormat.Source;
import java.nio.file.Path;
import java.util.List;

/**
 * A data set that comes as feature vectors instead of images.
 *
 * @param features n x d, rows in the order of the files
 * @param labels the ground truth of each row
 * @param labelNames the names of the classes or labels; entry i names class or label i; empty where the files have none
 * @param synthetic whether the vectors were generated instead of measured; then every result says so
 */
public record LabeledFeatures(FeatureMatrix features, Labels labels, List<String> labelNames, boolean synthetic) {
    /** @throws IllegalArgumentException if there are not as many labels as rows */
    public LabeledFeatures {
        if (features.rows() != labels.size()) {
            throw new IllegalArgumentException(features.rows() + " rows have " + labels.size() + " labels");
        }
        labelNames = List.copyOf(labelNames);
    }

    /**
     * Reads a file of features and a file of labels, which may be one and the same.
     *
     * <p>The column of labels is that of the file of labels. In a table that holds both, it is no feature; where nobody names
     * it, it is the one that is called label, class or the like.
     *
     * @param layout the layout of both files
     * @throws InputException if one of the files is not right, or they do not have equally many rows; also if the layout
     *     states something that is of use for neither
     */
    public static LabeledFeatures read(Path features, Path labels, TableForm layout, Progress progress) {
        Source truth = Source.of(labels, layout, Holds.LABELS);
        boolean one = Source.of(features, layout, Holds.FEATURES).file().equals(truth.file());
        VectorFormat format = VectorFormat.of(labels, Holds.LABELS);
        FeatureFiles.requireUse(layout, List.of(features, labels));
        TableForm of = layout;
        if (one && truth.column() != null) {
            of = layout.withLabelColumn(truth.column());
        } else if (one && layout.labelColumn() == null && format.isTable()) {
            // As one of texts, the first row of a CSV file is taken for names whatever the others are.
            try (ColumnTable table = format.open(Source.of(labels, layout, Holds.TEXTS))) {
                of = layout.withLabelColumn(
                        table.columns().size() < 2
                                ? null
                                : TableColumnChoice.of(table).titled());
            }
        }
        if (one && of.header() == null && format.equals(VectorFormat.CSV)) {
            Boolean header = CsvTable.findHeader(Source.of(features, of, Holds.FEATURES));
            of = header == null ? of : of.withHeader(header);
        }
        NamedLabels named = LabelFiles.read(labels, of, progress);
        FeatureMatrix vectors = FeatureFiles.read(features, one ? of : layout.withLabelColumn(null), progress);
        if (vectors.rows() != named.labels().size()) {
            throw new InputException(labels + " does not belong to " + features + ": expected labels of "
                    + vectors.rows() + " rows, found " + named.labels().size());
        }
        return new LabeledFeatures(vectors, named.labels(), named.names(), false);
    }
}
