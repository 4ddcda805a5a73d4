package io.github.linfhash.advisor.command;

import io.github.linfhash.formats.vectors.TableForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that state the layout of files of vectors. They hold for all such files of a command. */
public class LayoutOptions extends CsvOptions {
    @Option(
            names = "--index-base",
            paramLabel = "B",
            description =
                    "Smallest index in LIBSVM files, 0 or 1 (default: 0 if the vectors have index 0, otherwise 1).")
    private @Nullable Integer indexBase;

    @Option(
            names = "--dimension",
            paramLabel = "D",
            description = "Dimension of vectors in LIBSVM files (default: that of the largest index in the vectors).")
    private @Nullable Integer dimension;

    @Override
    public TableForm stated() {
        return stated(null, null);
    }

    /** The layout as these options and names of columns state it. */
    public final TableForm stated(@Nullable String labelColumn, @Nullable String idColumn) {
        return stated(labelColumn, idColumn, indexBase, dimension);
    }
}
