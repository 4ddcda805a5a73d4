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
 * @param decidedBy by name of a protocol, the folders of stored results that decide the claims for its reports: results with more tuning
 *     runs or more configurations by the same rules; may be left out
 * @param claims the sentences, in the order of the publication
 */
public record ClaimsFile(
        String schema,
        String source,
        @Nullable Map<String, String> rows,
        @Nullable Map<String, List<String>> decidedBy,
        List<Claim> claims) {
    /** The schema that this version reads. */
    public static final String SCHEMA = "linfhash-claims/1";

    /** @throws IllegalArgumentException if the schema is another, or an id occurs twice */
    public ClaimsFile {
        claims = List.copyOf(claims);
        rows = rows == null ? null : Map.copyOf(rows);
        decidedBy = decidedBy == null ? null : Map.copyOf(decidedBy);
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

    /** The folders of stored results that decide the claims for reports of a protocol; none where its own results do. */
    public List<String> decidedBy(String protocol) {
        return decidedBy == null ? List.of() : decidedBy.getOrDefault(protocol, List.of());
    }
}
