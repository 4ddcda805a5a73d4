package io.github.linfhash.results.claims;

/**
 * A sentence of a publication that can be tested.
 *
 * @param id its name in the program
 * @param place where it stands
 * @param quotation a few of its words
 * @param sentence what it says, in our words
 * @param hypothesis what is tested, in terms of methods, metrics and code lengths
 * @param alternative what is true if the hypothesis is not
 * @param test how it is tested
 */
public record Claim(
        String id,
        String place,
        String quotation,
        String sentence,
        String hypothesis,
        String alternative,
        ClaimTest test) {
    private static final int LONGEST_QUOTATION = 80;

    /** @throws IllegalArgumentException if the id is no such name, or the quotation is more than a few words */
    public Claim {
        if (!id.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException("expected an id of lower case, digits and hyphens, found '" + id + "'");
        }
        if (quotation.length() > LONGEST_QUOTATION) {
            throw new IllegalArgumentException("expected a quotation of at most " + LONGEST_QUOTATION
                    + " characters, found " + quotation.length());
        }
    }
}
