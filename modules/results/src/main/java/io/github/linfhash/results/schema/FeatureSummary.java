package io.github.linfhash.results.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.core.digest.Digests;
import org.jspecify.annotations.Nullable;

/**
 * The features that the images were turned into.
 *
 * @param name their name in the program
 * @param hash SHA-256 of the raw features, see {@code FeatureMatrix.sha256}
 * @param dimension the dimension d
 * @param mirroredHash SHA-256 of the raw features of the same images mirrored left to right, where the protocol adds
 *     mirrored training images; else null
 */
public record FeatureSummary(
        String name,
        String hash,
        int dimension,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String mirroredHash) {
    public FeatureSummary {
        Results.requireHash("hash", hash);
        Results.requirePositive("dimension", dimension);
        if (mirroredHash != null) {
            Results.requireHash("mirroredHash", mirroredHash);
        }
    }

    /** The name of features that were not made of images. */
    public static final String AS_GIVEN = "as given";

    /** What the name of vectors of texts begins with; the model follows. */
    public static final String EMBEDDING = "embedding ";

    /** What the name of features of images by a network begins with; the network follows. */
    public static final String NETWORK = "network ";

    /** Features of images that are not mirrored. */
    public FeatureSummary(String name, String hash, int dimension) {
        this(name, hash, dimension, null);
    }

    /** What one feature vector stands for: an image that it was made of, or a row of what was given. */
    public String item() {
        if (name.startsWith(EMBEDDING)) {
            return "text";
        }
        return name.equals(AS_GIVEN) ? "row" : "image";
    }

    /** A hash of all features that a run sees: that of the raw features where nothing is mirrored. */
    public String fingerprint() {
        return mirroredHash == null ? hash : Digests.sha256(hash + "/" + mirroredHash);
    }
}
