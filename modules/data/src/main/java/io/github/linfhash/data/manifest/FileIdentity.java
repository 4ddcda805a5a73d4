package io.github.linfhash.data.manifest;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a file on disk is the one that a manifest lists. */
public final class FileIdentity {
    private FileIdentity() {}

    /**
     * Compares size, SHA-256 and MD5, as far as the manifest knows them, or else the SHA-256 of the unpacked content.
     *
     * @return what was expected and what was found, as the end of a sentence; empty if nothing differs
     * @throws IOException if the file cannot be read
     */
    public static Optional<String> difference(DatasetFile expected, Path file) throws IOException {
        return difference(expected, file.toString(), Files.size(file), () -> Files.newInputStream(file));
    }

    /**
     * Compares a file that is open already.
     *
     * @param name names the file for the user
     * @param size its bytes
     * @param content gives its bytes from the first on
     * @return as {@link #difference(DatasetFile, Path)}
     * @throws IOException if the content cannot be read
     */
    public static Optional<String> difference(DatasetFile expected, String name, long size, Content content)
            throws IOException {
        if (expected.size() != null && size != expected.size()) {
            return Optional.of("expected " + expected.size() + " bytes, found " + size);
        }
        List<Known> known = known(expected.checksums());
        if (known.isEmpty()) {
            return sameContent(expected, name, content)
                    ? Optional.empty()
                    : Optional.of("expected " + expected.checksums().shown() + ", found another content");
        }
        try (InputStream in = content.open()) {
            InputStream all = in;
            for (Known digest : known) {
                all = new DigestInputStream(all, digest.computed());
            }
            all.transferTo(OutputStream.nullOutputStream());
        }
        return known.stream().flatMap(digest -> digest.difference().stream()).findFirst();
    }

    /** The bytes of a file. */
    @FunctionalInterface
    public interface Content {
        /** Opens them from the first on. */
        InputStream open() throws IOException;
    }

    /**
     * Whether a gzip file has the content that the manifest lists, however it was compressed; false if the manifest lists
     * none.
     *
     * @throws InputException if the file is no gzip file, or damaged
     */
    public static boolean sameContent(DatasetFile expected, Path file) {
        return sameContent(expected, file.toString(), () -> Files.newInputStream(file));
    }

    private static boolean sameContent(DatasetFile expected, String name, Content content) {
        String wanted = expected.checksums().unpackedSha256();
        return wanted != null && wanted.equals(unpackedSha256(name, content));
    }

    /** The digest of a gzip file's content, in hex. */
    static String unpackedSha256(Path file) {
        return unpackedSha256(file.toString(), () -> Files.newInputStream(file));
    }

    private static String unpackedSha256(String name, Content content) {
        try (DigestInputStream in = new DigestInputStream(StrictInput.gunzip(name, content.open()), Digests.sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new InputException(
                    name + " cannot be read: expected a whole gzip file, found a fault (" + StrictInput.reason(e) + ")",
                    e);
        }
    }

    private record Known(String name, String expected, MessageDigest computed) {
        Optional<String> difference() {
            String found = HexFormat.of().formatHex(computed.digest());
            return found.equals(expected)
                    ? Optional.empty()
                    : Optional.of("expected " + name + " " + expected + ", found " + found);
        }
    }

    private static List<Known> known(Checksums checksums) {
        List<Known> known = new ArrayList<>();
        if (checksums.sha256() != null) {
            known.add(new Known("SHA-256", checksums.sha256(), Digests.sha256()));
        }
        if (checksums.md5() != null) {
            known.add(new Known("MD5", checksums.md5(), md5()));
        }
        return known;
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

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
                throw new IllegalArgumentException(
                        "expected at least one of sha256, md5 and unpackedSha256, found none");
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
}
