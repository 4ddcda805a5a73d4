package io.github.linfhash.data.manifest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The known digests of a file, in lower-case hex; at least one is given.
 *
 * @param sha256 of the file
 * @param md5 of the file, where its publisher prints this one
 * @param unpackedSha256 of the content of a gzip file: the same however it was compressed
 */
public record Checksums(
        @Nullable String sha256,
        @Nullable String md5,
        @Nullable String unpackedSha256) {
    public Checksums {
        Requirements.digest(sha256, 64, "sha256");
        Requirements.digest(md5, 32, "md5");
        Requirements.digest(unpackedSha256, 64, "unpackedSha256");
        if (sha256 == null && md5 == null && unpackedSha256 == null) {
            throw new IllegalArgumentException("expected at least one of sha256, md5 and unpackedSha256, found none");
        }
    }

    /** The digest to compare a downloaded file with, for the user. */
    String shown() {
        List<String> known = new ArrayList<>();
        if (sha256 != null) {
            known.add("SHA-256 " + sha256);
        }
        if (md5 != null) {
            known.add("MD5 " + md5);
        }
        return known.isEmpty() ? "SHA-256 of the unpacked content " + unpackedSha256 : String.join(", ", known);
    }
}
