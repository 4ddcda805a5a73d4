package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.data.vectors.TableForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a user's vectors and, in a table, their columns. */
class TableOptions extends VectorsOption {
    @Option(
            names = "--label-column",
            paramLabel = "C",
            description =
                    "Column of the labels in a table (.csv, .tsv, .parquet, .arrow): its name, or its number from 0.")
    private @Nullable String labelColumn;

    @Option(names = "--id-column", paramLabel = "C", description = "Column of a table to ignore, such as an id.")
    private @Nullable String idColumn;

    @Option(
            names = "--delimiter",
            paramLabel = "D",
            description = "Field separator in CSV, such as ';' or tab (default: comma, or tab in .tsv).")
    private @Nullable String delimiter;

    /** What the options say. */
    TableForm layout() {
        try {
            return new TableForm(labelColumn, idColumn, delimiter);
        } catch (IllegalArgumentException e) {
            throw new InputException("--" + e.getMessage(), e);
        }
    }

    /** The column of labels, or null if it is not named. */
    @Nullable String labelColumn() {
        return labelColumn;
    }
}
