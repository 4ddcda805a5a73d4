package io.github.linfhash.data.manifest;

import io.github.linfhash.data.manifest.FileIdentity.Checksums;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of a data set.
 *
 * @param path where it lies below the data set's folder
 * @param urls where it can be fetched, the best address first; empty if it comes with linfhash
 * @param size in bytes; known of each file that can be fetched
 */
public record DatasetFile(
        String path, List<String> urls, @Nullable Long size, Checksums checksums) {
    public DatasetFile {
        path = Requirements.relativePath(path, "path");
        urls = Requirements.list(urls, "urls");
        checksums = Requirements.present(checksums, "checksums");
        if (size != null && size < 1) {
            throw new IllegalArgumentException("expected as 'size' at least 1 byte, found " + size);
        }
        urls.forEach(url -> Requirements.webAddress(url, "urls"));
        if (size == null && !urls.isEmpty()) {
            throw new IllegalArgumentException("expected the key 'size' of a file that can be fetched, found none");
        }
    }

    /** Describes the file to fetch, for the user. */
    String shown() {
        String bytes = size == null ? "" : size + " bytes, ";
        String from = urls.isEmpty() ? "" : " from " + String.join(" or ", urls);
        return path + from + " (" + bytes + checksums.shown() + ")";
    }
}
