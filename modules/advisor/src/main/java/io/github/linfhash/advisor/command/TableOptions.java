package io.github.linfhash.advisor.command;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.formats.vectors.TableForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a user's vectors and, in a table, their columns. */
public class TableOptions extends VectorsOption {
    @Option(
            names = "--label-column",
            paramLabel = "C",
            description = "Column of the labels in a table (.csv, .tsv, .parquet): its name, or its number from 0.")
    private @Nullable String labelColumn;

    @Option(names = "--id-column", paramLabel = "C", description = "Column of a table to ignore, such as an id.")
    private @Nullable String idColumn;

    @Override
    public TableForm stated() {
        return stated(labelColumn, idColumn);
    }

    /** The column of labels, or null if it is not named. */
    public @Nullable String labelColumn() {
        return labelColumn;
    }

    /** Reads the vectors alone. */
    public FeatureMatrix readVectors(Progress progress) {
        requireUse(null);
        return FeatureFiles.read(vectors(), stated(), progress);
    }
}
