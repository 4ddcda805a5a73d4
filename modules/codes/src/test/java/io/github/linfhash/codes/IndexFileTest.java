package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.linfhash.codes.files.ArrayAppend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an index: what a killed append leaves, and what is wrong although all checksums are right. */
class IndexFileTest {
    private static final float[] QUERY = vector(99);

    @TempDir
    private Path folder;

    private FittedQuantizer quantizer;
    private Path file;

    @BeforeEach
    void loadSigns() throws IOException {
        SampleFolders.write(folder, SampleFolders.all().get(0));
        quantizer = FittedQuantizer.load(folder);
        file = folder.resolve("index.codes");
    }

    private static float[] vector(long seed) {
        return SampleFolders.random(SampleFolders.DIMENSION, new SplittableRandom(seed));
    }

    private long[] idsOf(byte[] content) throws IOException {
        Path other = folder.resolve("other.codes");
        Files.write(other, content);
        try (CodeIndex index = CodeIndex.open(quantizer, other)) {
            return index.search(QUERY, 1000).ids();
        }
    }

    private CodeIndex saved(int count) throws IOException {
        CodeIndex index = CodeIndex.empty(quantizer);
        for (int i = 0; i < count; i++) {
            index.add(vector(i));
        }
        index.save(file);
        return index;
    }

    private static void change(CodeIndex index, int from) {
        for (int i = from; i < from + 9; i++) {
            index.put(1000 + i, vector(i));
        }
        index.delete(from);
    }

    /**
     * A killed append leaves each beginning of its record behind the old mark, or all of it and a mark that is new up to some byte: in all
     * cases the file has the old codes or the new ones, and can be appended to.
     */
    @Test
    void aKilledAppendLeavesTheOldCodesOrTheNew() throws IOException {
        byte[] old;
        byte[] whole;
        long[] oldIds;
        long[] newIds;
        try (CodeIndex index = saved(30)) {
            change(index, 5);
            index.append();
            old = Files.readAllBytes(file);
            oldIds = index.search(QUERY, 1000).ids();
            change(index, 15);
            index.append();
            whole = Files.readAllBytes(file);
            newIds = index.search(QUERY, 1000).ids();
        }
        assertThat(oldIds).hasSize(38);
        assertThat(newIds).hasSize(46);
        assertThat(idsOf(old)).isEqualTo(oldIds);
        assertThat(idsOf(whole)).isEqualTo(newIds);
        for (int length = old.length; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            System.arraycopy(old, 0, cut, 0, old.length);
            assertThat(idsOf(cut)).as("length " + length).isEqualTo(oldIds);
            requireAppended(cut);
            // As a power failure leaves it: the length is there, the content is not.
            assertThat(idsOf(Arrays.copyOf(old, length))).isEqualTo(oldIds);
        }
        for (int written = 0; written <= IndexBytes.HEAD; written++) {
            byte[] torn = whole.clone();
            int at = IndexBytes.MARK + written;
            System.arraycopy(old, at, torn, at, IndexBytes.FIRST - at);
            assertThat(idsOf(torn)).as("mark of " + written + " bytes").isIn(oldIds, newIds);
        }
    }

    private void requireAppended(byte[] content) throws IOException {
        Files.write(file, content);
        long[] expected;
        try (CodeIndex index = CodeIndex.open(quantizer, file)) {
            index.put(5000, vector(50));
            index.append();
            expected = index.search(QUERY, 1000).ids();
            assertThat(expected).contains(5000);
        }
        try (CodeIndex index = CodeIndex.open(quantizer, file)) {
            assertThat(index.search(QUERY, 1000).ids()).isEqualTo(expected);
        }
    }

    /** An append writes its record and 64 bytes alone. */
    @Test
    void anAppendWritesNothingElse() throws IOException {
        try (CodeIndex index = saved(5000)) {
            byte[] before = Files.readAllBytes(file);
            index.append();
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            index.add(vector(1));
            index.append();
            byte[] after = Files.readAllBytes(file);
            assertThat(after).hasSize(before.length + IndexBytes.HEAD + quantizer.bytes() + 4);
            Arrays.fill(before, IndexBytes.MARK, IndexBytes.FIRST, (byte) 0);
            Arrays.fill(after, IndexBytes.MARK, IndexBytes.FIRST, (byte) 0);
            assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
        }
    }

    /** The file stays as it is, byte by byte. */
    private void assertNotAppended(CodeIndex index, Class<?> type, String message) throws IOException {
        byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        assertThatThrownBy(index::append).isInstanceOf(type).hasMessage(message);
        assertThat(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]).isEqualTo(before);
    }

    @Test
    void anIndexAppendsToItsOwnFileAlone() throws IOException {
        try (CodeIndex index = saved(10);
                CodeIndex other = CodeIndex.open(quantizer, file)) {
            other.add(vector(20));
            other.append();
            index.add(vector(21));
            assertNotAppended(
                    index,
                    InvalidFileException.class,
                    file + ": expected the codes that this index was opened from or saved with, found more, as another"
                            + " one appended to it; open it again, and add again what it lacks");
            try (ArrayAppend.Locked locked = ArrayAppend.open(file)) {
                assertThat(locked.channel().isOpen()).isTrue();
                other.add(vector(22));
                assertNotAppended(
                        other,
                        FileSystemException.class,
                        file + ": expected one program that appends to it or saves it, found another one; try again");
                assertThatThrownBy(() -> other.save(file))
                        .hasMessage(
                                file + ": expected one program that appends to it or saves it, found another one; try"
                                        + " again");
            }
            other.append();
            assertThat(idsOf(Files.readAllBytes(file))).hasSize(12);
        }
    }

    @Test
    void anotherFileAShorterOneAndNoneAreToldApart() throws IOException {
        try (CodeIndex index = saved(10)) {
            byte[] own = Files.readAllBytes(file);
            index.add(vector(21));
            index.append();
            byte[] grown = Files.readAllBytes(file);
            index.add(vector(22));
            // The same index at an earlier moment is another file, too.
            Files.write(file, own);
            String another =
                    file + ": expected the file that this index was opened from or saved to, found another one in"
                            + " its place; open it again, or save this index to another file";
            assertNotAppended(index, InvalidFileException.class, another);
            byte[] destroyed = own.clone();
            destroyed[IndexBytes.MARK] ^= 1;
            Files.write(file, Arrays.copyOf(destroyed, grown.length));
            assertNotAppended(
                    index,
                    InvalidFileException.class,
                    file + " is damaged: expected the checksum of the record at byte " + own.length
                            + ", found another; write it again");
            Files.write(file, Arrays.copyOf(grown, grown.length - 1));
            assertNotAppended(
                    index,
                    InvalidFileException.class,
                    file + " is cut short: expected " + grown.length + " bytes, found " + (grown.length - 1)
                            + "; restore it from a copy, or write it again");
            Files.write(file, own);
            CodeIndex.empty(quantizer).save(file);
            assertNotAppended(index, InvalidFileException.class, another);
            Files.delete(file);
            assertNotAppended(index, InvalidFileException.class, file + " is missing: expected a file, found nothing");
            index.save(file);
            index.add(vector(23));
            index.append();
            assertThat(idsOf(Files.readAllBytes(file))).hasSize(13);
        }
    }

    /** A destroyed mark is written anew if the records are the known ones, so that the index can be appended to. */
    @Test
    void aDestroyedMarkIsWrittenAnew() throws IOException {
        byte[] whole;
        try (CodeIndex index = saved(30)) {
            change(index, 5);
            index.append();
            whole = Files.readAllBytes(file);
        }
        for (int at = IndexBytes.MARK; at < IndexBytes.FIRST; at += 7) {
            byte[] destroyed = whole.clone();
            destroyed[at] ^= 64;
            Files.write(file, destroyed);
            long[] expected;
            // It may be destroyed before the index is opened, or afterwards.
            try (CodeIndex index = CodeIndex.open(quantizer, file);
                    CodeIndex other = CodeIndex.open(quantizer, file)) {
                index.add(vector(50));
                index.append();
                expected = index.search(QUERY, 1000).ids();
                byte[] appended = Files.readAllBytes(file);
                appended[at] ^= 64;
                Files.write(file, appended);
                other.add(vector(51));
                assertNotAppended(
                        other,
                        InvalidFileException.class,
                        file + ": expected the codes that this index was opened from or saved with, found more, as"
                                + " another one appended to it; open it again, and add again what it lacks");
                index.put(9000, vector(52));
                index.append();
            }
            byte[] repaired = Files.readAllBytes(file);
            assertThat(idsOf(repaired))
                    .hasSize(expected.length + 1)
                    .contains(expected)
                    .contains(9000);
            // The mark is sound: bytes behind it are those of an append that did not end.
            assertThat(idsOf(Arrays.copyOf(repaired, repaired.length + 100))).hasSize(expected.length + 1);
        }
    }

    /** A record that is damaged as well is not sealed by a new mark. */
    @Test
    void aDestroyedMarkOfDamagedRecordsIsNotWrittenAnew() throws IOException {
        try (CodeIndex index = saved(30)) {
            byte[] destroyed = Files.readAllBytes(file);
            destroyed[IndexBytes.MARK] ^= 1;
            destroyed[IndexBytes.FIRST + IndexBytes.HEAD + 5] ^= 1;
            index.add(vector(40));
            Files.write(file, destroyed);
            assertNotAppended(
                    index,
                    InvalidFileException.class,
                    file
                            + " is damaged: expected the checksum of the bytes from 192 on, found another; write it again");
        }
    }

    /** All paths of a file have one lock, which is beside the file that the links lead to. */
    @Test
    void linksToAFileHaveItsLock() throws IOException {
        saved(3).close();
        Path folderLink = Files.createSymbolicLink(folder.resolve("here"), folder);
        Path link = Files.createSymbolicLink(folder.resolve("link.codes"), Path.of("index.codes"));
        try (CodeIndex index = CodeIndex.open(quantizer, link);
                CodeIndex other = CodeIndex.open(quantizer, folderLink.resolve("index.codes"))) {
            try (ArrayAppend.Locked locked = ArrayAppend.open(file)) {
                assertThat(locked.channel().isOpen()).isTrue();
                index.add(vector(20));
                other.add(vector(21));
                assertThatThrownBy(index::append).hasMessageStartingWith(link + ": expected one program");
                assertThatThrownBy(other::append).hasMessageEndingWith("found another one; try again");
            }
            index.append();
            assertThat(Files.isSymbolicLink(link)).isTrue();
            assertThat(folder.resolve(".link.codes.lock")).doesNotExist();
            assertThat(folder.resolve(".index.codes.lock")).isEmptyFile();
            assertThatThrownBy(other::append).hasMessageContaining("found more, as another one appended to it");
            // The index was opened by the link, so that saving to the file replaces its own.
            index.save(file);
            index.add(vector(22));
            index.append();
        }
        assertThat(idsOf(Files.readAllBytes(link))).hasSize(5);
    }

    /** Who only reads needs no lock, and leaves nothing in the folder. */
    @Test
    void openingNeedsNoLock() throws IOException {
        saved(3).close();
        Path lock = folder.resolve(".index.codes.lock");
        Files.delete(lock);
        try (CodeIndex index = CodeIndex.open(quantizer, file)) {
            assertThat(index.size()).isEqualTo(3);
            assertThat(lock).doesNotExist();
            index.add(vector(5));
            Files.createDirectory(lock);
            assertThatThrownBy(index::append)
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining(lock.toString());
            Files.delete(lock);
            index.append();
        }
    }

    @Test
    void aFolderThatIsNotWritableTakesNoLock() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        saved(3).close();
        Path lock = folder.resolve(".index.codes.lock");
        Files.delete(lock);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try (CodeIndex index = CodeIndex.open(quantizer, file)) {
            assumeThat(Files.isWritable(folder))
                    .as("root may write to any folder")
                    .isFalse();
            index.add(vector(5));
            assertNotAppended(
                    index,
                    AccessDeniedException.class,
                    lock + ": expected a file that may be made and written, as its lock keeps others from writing"
                            + " index.codes at the same time");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** 30 codes whose ids are 0 to 29, and a record of ids 1005 to 1013, in which row 5 was deleted. */
    private void assertRefused(String message, Consumer<ByteBuffer> change) throws IOException {
        byte[] whole;
        try (CodeIndex index = saved(30)) {
            change(index, 5);
            index.append();
            whole = Files.readAllBytes(file);
        }
        byte[] changed = IndexBytes.changed(whole, change);
        assertThatThrownBy(() -> idsOf(changed))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void filesThatContradictThemselvesAreRefused() throws IOException {
        int second = IndexBytes.FIRST + IndexBytes.HEAD + 30 * 3 + 4;
        int ids = second + IndexBytes.HEAD + 9 * 3;
        int deleted = ids + 9 * 8;
        assertRefused("expected each id once, found the id 1005 twice", bytes -> bytes.putLong(ids + 8, 1005));
        assertRefused("expected each id once, found the id 6 twice", bytes -> bytes.putLong(ids, 6));
        assertRefused("expected ids up to 1013, found 1014", bytes -> bytes.putLong(ids, 1014));
        assertRefused("expected ascending deleted rows below 39, found row 39", bytes -> bytes.putLong(deleted, 39));
        assertRefused("expected ascending deleted rows below 39, found row -1", bytes -> bytes.putLong(deleted, -1));
        assertRefused("found 111 bytes behind its head", bytes -> bytes.putLong(second, Long.MAX_VALUE));
        assertRefused("found 111 bytes behind its head", bytes -> bytes.putLong(second, -1));
        assertRefused("found 111 bytes behind its head", bytes -> bytes.putLong(second + 8, 10));
        assertRefused("found 111 bytes behind its head", bytes -> bytes.putLong(second + 8, -1));
        assertRefused("found 111 bytes behind its head", bytes -> bytes.putLong(second + 16, Long.MAX_VALUE / 8));
        assertRefused("found 111 bytes behind its head", bytes -> bytes.putLong(second + 24, 3));
        assertRefused("expected version 2, found 1; write it again", bytes -> bytes.putInt(8, 1));
        assertRefused("those of another one", bytes -> bytes.putInt(12, 4));
        assertRefused("is cut short: expected 9223372036854775807 bytes", bytes -> bytes.putLong(64, Long.MAX_VALUE));
        assertRefused("is cut short: expected -1 bytes", bytes -> bytes.putLong(64, -1));
        assertRefused("expected the records that its mark names, found others", bytes -> bytes.putLong(64, 128));
    }
}
