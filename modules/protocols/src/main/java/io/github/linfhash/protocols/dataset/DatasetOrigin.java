package io.github.linfhash.protocols.dataset;

/**
 * Who made a data set and on what terms.
 *
 * @param homepage its official page
 * @param licence the licence's name, or what its authors say where they give none
 * @param citation the publication to cite
 */
public record DatasetOrigin(String homepage, String licence, String citation) {
    public DatasetOrigin {
        homepage = Requirements.text(homepage, "homepage");
        licence = Requirements.text(licence, "licence");
        citation = Requirements.text(citation, "citation");
    }
}
