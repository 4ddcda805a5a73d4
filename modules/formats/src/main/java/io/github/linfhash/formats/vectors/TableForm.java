package io.github.linfhash.formats.vectors;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The layout of files of vectors and labels: what the user states, and what was found in the first file of vectors, with which the other
 * files of a command must agree.
 *
 * @param labelColumn the column of the labels: its name in the header, or its number from 0 where no column has that name
 * @param idColumn the column of the ids, which is neither feature nor label, named in the same way
 * @param delimiter what separates the fields of a text, one character or {@code tab}; null for a comma, or a tab in {@code .tsv}
 * @param header whether the first row of a {@code .csv} or {@code .tsv} names the columns; null to detect it
 * @param indexBase the smallest index of a LIBSVM file, 0 or 1; null to detect it
 * @param dimension the dimension of the vectors in a LIBSVM file; null for the largest index
 * @param found the layout of the vectors that other vectors must agree with; null if there are none
 */
public record TableForm(
        @Nullable String labelColumn,
        @Nullable String idColumn,
        @Nullable String delimiter,
        @Nullable Boolean header,
        @Nullable Integer indexBase,
        @Nullable Integer dimension,
        @Nullable Found found) {
    /** The layout without anything stated or found. */
    public static final TableForm PLAIN = new TableForm(null, null, null, null, null, null);

    private static final String TAB = "tab";

    /**
     * The layout that was found in the first file of vectors of a command.
     *
     * @param file the file
     * @param header whether it has a header; null if it is no text of separated values
     * @param indexBase its smallest index; null if it is not in LIBSVM's format
     * @param dimension its dimension; null if it is not in LIBSVM's format
     */
    public record Found(
            Path file,
            @Nullable Boolean header,
            @Nullable Integer indexBase,
            @Nullable Integer dimension) {}

    /** @throws IllegalArgumentException if the delimiter cannot separate numbers and words, or a number is out of range */
    public TableForm {
        boolean possible = delimiter == null
                || delimiter.equals(TAB)
                || (delimiter.length() == 1 && ",;|: \t!#$%&*/@^_~".contains(delimiter));
        if (!possible) {
            throw new IllegalArgumentException(
                    "delimiter: expected tab or a single mark such as ; or |, found '" + delimiter + "'");
        }
        if (indexBase != null && indexBase != 0 && indexBase != 1) {
            throw new IllegalArgumentException("indexBase: expected 0 or 1, found " + indexBase);
        }
        if (dimension != null && (dimension < 1 || dimension > LibsvmFile.LARGEST_INDEX)) {
            throw new IllegalArgumentException(
                    "dimension: expected 1 to " + LibsvmFile.LARGEST_INDEX + ", found " + dimension);
        }
    }

    /**
     * States a layout.
     *
     * @throws IllegalArgumentException if the delimiter cannot separate numbers and words, or a number is out of range
     */
    public TableForm(
            @Nullable String labelColumn,
            @Nullable String idColumn,
            @Nullable String delimiter,
            @Nullable Boolean header,
            @Nullable Integer indexBase,
            @Nullable Integer dimension) {
        this(labelColumn, idColumn, delimiter, header, indexBase, dimension, null);
    }

    /** Returns the separator of fields: the stated one, or else the usual one of the file's name. */
    char delimiter(char usual) {
        return delimiter == null ? usual : delimiter.equals(TAB) ? '\t' : delimiter.charAt(0);
    }

    /** Returns this layout with another column of labels. */
    TableForm withLabelColumn(@Nullable String column) {
        return new TableForm(column, idColumn, delimiter, header, indexBase, dimension, found);
    }

    /** Returns this layout where the header is stated. */
    TableForm withHeader(boolean stated) {
        return new TableForm(labelColumn, idColumn, delimiter, stated, indexBase, dimension, found);
    }

    /** Returns this layout for files that must agree with a file of vectors. */
    TableForm agreeingWith(Found vectors) {
        return new TableForm(labelColumn, idColumn, delimiter, header, indexBase, dimension, vectors);
    }

    /** Returns this layout for vectors that must have a dimension, unless one is stated or found. */
    public TableForm ofDimension(int known) {
        return dimension == null && (found == null || found.dimension() == null)
                ? new TableForm(labelColumn, idColumn, delimiter, header, indexBase, known, found)
                : this;
    }
}
