package io.github.linfhash.io.files;

import io.github.linfhash.codes.files.StoredMembers;
import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Zip archives whose members are stored without compression, so that no member can be larger than its file.
 *
 * <p>The same members give the same bytes: all are dated 1980. Nothing is ever unpacked to disk, and names are only
 * compared.
 */
public final class StoredArchive {
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

    private StoredArchive() {}

    /**
     * Replaces a file by an archive, whole or not at all.
     *
     * @param members contents by name, in the order in which they are written
     * @throws IOException if writing fails
     */
    public static void write(Path file, Map<String, byte[]> members) throws IOException {
        AtomicFiles.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(entry(member.getKey(), member.getValue()));
                zip.write(member.getValue());
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    private static ZipEntry entry(String name, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(DATE);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(checksum.getValue());
        return entry;
    }

    /**
     * Reads a whole archive.
     *
     * @param what what the file is expected to be, for messages
     * @param mostMembers how many members it may have
     * @return contents by name
     * @throws InputException if the file is missing, larger than 2 GiB, no such archive, or damaged; if it has too many
     *     members, two of one name, a compressed one, or members that are larger together than the file
     */
    public static Map<String, byte[]> read(Path file, String what, int mostMembers) {
        try {
            return StoredMembers.read(file, what, mostMembers);
        } catch (IOException e) {
            throw new InputException(Objects.requireNonNull(e.getMessage()), e);
        }
    }
}
