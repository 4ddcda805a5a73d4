package io.github.linfhash.results.claims;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The testable sentences of a publication: the content of {@code reports/claims/wang2016.yaml}.
 *
 * @param schema {@value #SCHEMA}
 * @param source the publication
 * @param rows by key of a metric, the row of a method that was tuned for it and that claims about it mean, where the method has this row and
 *     the claim names none; may be left out
 * @param claims the sentences, in the order of the publication
 */
public record ClaimsFile(
        String schema, String source, @Nullable Map<String, String> rows, List<Claim> claims) {
    /** The schema that this version reads. */
    public static final String SCHEMA = "linfhash-claims/1";

    /** @throws IllegalArgumentException if the schema is another, or an id occurs twice */
    public ClaimsFile {
        claims = List.copyOf(claims);
        rows = rows == null ? null : Map.copyOf(rows);
        if (!schema.equals(SCHEMA)) {
            throw new IllegalArgumentException("expected schema " + SCHEMA + ", found '" + schema + "'");
        }
        HashSet<String> seen = new HashSet<>();
        for (Claim claim : claims) {
            if (!seen.add(claim.id())) {
                throw new IllegalArgumentException("expected each claim once, found " + claim.id() + " twice");
            }
        }
    }

    /** The rows by key of a metric; none where none are named. */
    Map<String, String> rowOf() {
        return rows == null ? Map.of() : rows;
    }
}
