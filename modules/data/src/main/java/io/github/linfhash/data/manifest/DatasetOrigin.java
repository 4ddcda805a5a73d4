package io.github.linfhash.data.manifest;

import org.jspecify.annotations.Nullable;

/**
 * Who made a data set and on what terms.
 *
 * @param homepage its official page
 * @param license the license's name, or what its authors say where they give none
 * @param terms what a user must accept before the files are fetched; null if nothing
 * @param citation the publication to cite
 */
public record DatasetOrigin(
        String homepage, String license, @Nullable String terms, String citation) {
    public DatasetOrigin {
        homepage = Requirements.text(homepage, "homepage");
        license = Requirements.text(license, "license");
        terms = terms == null ? null : Requirements.text(terms, "terms");
        citation = Requirements.text(citation, "citation");
    }
}
