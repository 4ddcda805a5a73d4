package io.github.linfhash.data.vectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What of a table is no feature, and how its fields are separated, where the file does not tell.
 *
 * @param labelColumn the column of the labels: its name in the header, or its number from 0 where no column has that name
 * @param idColumn a column that tells rows apart and is neither feature nor label, named in the same way
 * @param delimiter what separates the fields of a text, one character or {@code tab}; null for a comma, or a tab in {@code .tsv}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TableForm(
        @JsonProperty("labelColumn") @Nullable String labelColumn,
        @JsonProperty("idColumn") @Nullable String idColumn,
        @JsonProperty("delimiter") @Nullable String delimiter) {
    /** Nothing is said. */
    public static final TableForm PLAIN = new TableForm(null, null, null);

    private static final String TAB = "tab";

    /** @throws IllegalArgumentException if the delimiter cannot separate numbers and words */
    public TableForm {
        boolean possible = delimiter == null
                || delimiter.equals(TAB)
                || (delimiter.length() == 1 && ",;|: \t!#$%&*/@^_~".contains(delimiter));
        if (!possible) {
            throw new IllegalArgumentException(
                    "delimiter: expected tab or a single mark such as ; or |, found '" + delimiter + "'");
        }
    }

    /** What separates fields, unless the file's name tells another. */
    char delimiter(char usual) {
        return delimiter == null ? usual : delimiter.equals(TAB) ? '\t' : delimiter.charAt(0);
    }

    /** The same with another column of labels. */
    TableForm withLabelColumn(@Nullable String column) {
        return new TableForm(column, idColumn, delimiter);
    }
}
