package io.github.linfhash.results.claims;

import java.util.HashSet;
import java.util.List;

/**
 * The testable sentences of a publication: the content of {@code reports/claims/wang2016.yaml}.
 *
 * @param schema {@value #SCHEMA}
 * @param source the publication
 * @param claims the sentences, in the order of the publication
 */
public record ClaimsFile(String schema, String source, List<Claim> claims) {
    /** The schema that this version reads. */
    public static final String SCHEMA = "linfhash-claims/1";

    /** @throws IllegalArgumentException if the schema is another, or an id occurs twice */
    public ClaimsFile {
        claims = List.copyOf(claims);
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
}
