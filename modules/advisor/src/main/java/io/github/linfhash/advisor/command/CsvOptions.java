package io.github.linfhash.advisor.command;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.formats.vectors.TableForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that state the layout of CSV files. They hold for all such files of a command. */
public class CsvOptions {
    @Option(
            names = "--delimiter",
            paramLabel = "D",
            description = "Field separator in CSV, such as ';' or tab (default: comma, or tab in .tsv).")
    private @Nullable String delimiter;

    @Option(
            names = "--header",
            paramLabel = "H",
            description =
                    "Whether the first row of CSV contains names: yes, no or auto (default: auto; a row that may be"
                            + " either is an error).")
    private Header header = Header.AUTO;

    /** The statements about the first row. */
    enum Header {
        YES,
        NO,
        AUTO
    }

    /** The layout as the options state it. */
    public TableForm stated() {
        return stated(null, null, null, null);
    }

    /** The layout as these and other options state it. */
    public final TableForm stated(
            @Nullable String labelColumn,
            @Nullable String idColumn,
            @Nullable Integer indexBase,
            @Nullable Integer dimension) {
        @Nullable Boolean named = header == Header.AUTO ? null : Boolean.valueOf(header == Header.YES);
        try {
            return new TableForm(labelColumn, idColumn, delimiter, named, indexBase, dimension);
        } catch (IllegalArgumentException e) {
            // The message begins with the component, which is called as the option.
            String message = String.valueOf(e.getMessage()).replaceFirst("^indexBase", "index-base");
            throw new InputException("--" + message, e);
        }
    }

    /** The options that state the layout of files of vectors. They hold for all such files of a command. */
    public static class WithLibsvm extends CsvOptions {
        @Option(
                names = "--index-base",
                paramLabel = "B",
                description =
                        "Smallest index in LIBSVM files, 0 or 1 (default: 0 if the vectors have index 0, otherwise 1).")
        private @Nullable Integer indexBase;

        @Option(
                names = "--dimension",
                paramLabel = "D",
                description =
                        "Dimension of vectors in LIBSVM files (default: that of the largest index in the vectors).")
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
}
