package io.github.linfhash.codes.files;

import io.github.linfhash.codes.InvalidFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The members of a zip archive in which they are stored without compression, so that no member can be larger than its file. Nothing is
 * unpacked to disk, and names are only compared.
 */
public final class StoredMembers {
    private static final long MOST_BYTES = 1L << 31;

    private StoredMembers() {}

    /**
     * Reads a whole archive.
     *
     * @param what what the file is expected to be, for messages
     * @param mostMembers how many members it may have
     * @return contents by name
     * @throws InvalidFileException if the file is missing, larger than 2 GiB, no such archive, or damaged; if it has too many
     *     members, two of one name, a compressed one, or members that are larger together than the file
     */
    public static Map<String, byte[]> read(Path file, String what, int mostMembers) throws InvalidFileException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidFileException(file + " is missing: expected " + what + ", found "
                    + (Files.isDirectory(file) ? "a folder" : "nothing"));
        }
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new InvalidFileException(
                        file + " is too large: expected " + what + " of at most 2 GiB, found " + size + " bytes");
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                return members(file, zip, size, mostMembers);
            }
        } catch (InvalidFileException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            String reason = e instanceof IOException io ? reason(io) : "names that make no sense";
            throw new InvalidFileException(
                    file + " is damaged: expected " + what + ", which is a zip archive, found a fault (" + reason + ")",
                    e);
        }
    }

    private static Map<String, byte[]> members(Path file, ZipFile zip, long room, int most) throws IOException {
        if (zip.size() > most) {
            throw new InvalidFileException(
                    file + " has too many members: expected at most " + most + ", found " + zip.size());
        }
        Map<String, byte[]> members = new LinkedHashMap<>();
        long left = room;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            left -= Math.max(0, entry.getSize());
            if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize() || left < 0) {
                throw wrong(file, entry, "a member that is stored as it is, within the file's size", "another");
            }
            if (members.put(entry.getName(), content(file, zip, entry)) != null) {
                throw wrong(file, entry, "each name once", "it twice");
            }
        }
        return members;
    }

    private static byte[] content(Path file, ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes((int) entry.getSize());
            CRC32 checksum = new CRC32();
            checksum.update(content);
            if (content.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
                throw wrong(file, entry, "the length and the CRC that the archive gives", "others");
            }
            return content;
        }
    }

    private static InvalidFileException wrong(Path file, ZipEntry entry, String expected, String found) {
        String name = entry.getName().replaceAll("[^ -~]", "?");
        String shown = name.length() > 60 ? name.substring(0, 60) + "..." : name;
        return new InvalidFileException(file + ", member '" + shown + "': expected " + expected + ", found " + found);
    }

    private static String reason(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
