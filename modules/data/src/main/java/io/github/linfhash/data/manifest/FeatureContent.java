package io.github.linfhash.data.manifest;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.vectors.LabeledFeatures;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feature vectors, each with a set of labels.
 *
 * @param format how they are written
 * @param rows how many vectors, at least 1
 * @param dimension the dimension of each, at least 1
 * @param features what the vectors are, for people
 * @param labels how many labels there are, at least 1
 * @param frequentLabels what is known of the most frequent labels; null if nothing is
 */
public record FeatureContent(
        FeatureFormat format,
        int rows,
        int dimension,
        String features,
        int labels,
        @Nullable FrequentLabels frequentLabels)
        implements DatasetContent {
    public FeatureContent {
        if (rows < 1 || dimension < 1 || labels < 1) {
            throw new IllegalArgumentException("expected at least 1 row, dimension and label, found " + rows + ", "
                    + dimension + " and " + labels);
        }
    }

    @Override
    public int pathsPerLayout() {
        return 0;
    }

    /**
     * Reads the vectors and labels.
     *
     * @param manifest the manifest that has this content
     * @param location the folder with the data set's files, as {@link DataLocator} finds it
     * @throws InputException if a file is not as its format says, or holds something else than the manifest says;
     *     generated vectors may be fewer
     */
    public LabeledFeatures read(DatasetManifest manifest, Path location, Progress progress) {
        LabeledFeatures read = format.read(location, progress);
        int foundLabels = read.labels() instanceof LabelSets sets ? sets.labels() : 0;
        boolean allRows = read.synthetic() || read.features().rows() == rows;
        if (!allRows || read.features().dimension() != dimension || foundLabels != labels) {
            throw new InputException(location + " does not hold " + manifest.title() + ": expected " + rows + " x "
                    + dimension + " features and " + labels + " labels, found "
                    + read.features().rows() + " x " + read.features().dimension() + " and " + foundLabels);
        }
        return read;
    }

    /**
     * What is counted in the labels, compared with what is known of them; sentences for people.
     *
     * @throws InputException if the counts of data that are not synthetic differ from those known
     */
    public List<String> facts(LabeledFeatures read, DatasetManifest manifest) {
        return frequentLabels == null ? List.of() : frequentLabels.compare(read, manifest.title());
    }
}
