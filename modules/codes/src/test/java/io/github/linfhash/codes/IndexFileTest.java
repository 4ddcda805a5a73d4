package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    private Quantizer quantizer;
    private Path file;

    @BeforeEach
    void loadSigns() throws IOException {
        SampleFolders.write(folder, SampleFolders.all().get(0));
        quantizer = Quantizer.load(folder);
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

    @Test
    void anIndexAppendsToItsOwnFileAlone() throws IOException {
        try (CodeIndex index = saved(10);
                CodeIndex other = CodeIndex.open(quantizer, file)) {
            other.add(vector(20));
            other.append();
            index.add(vector(21));
            byte[] before = Files.readAllBytes(file);
            assertThatThrownBy(index::append)
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessage(file + ": expected the file that this index was opened from or saved to, found one that"
                            + " was changed since; open it again");
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                other.add(vector(22));
                assertThat(lock.isValid()).isTrue();
                assertThatThrownBy(other::append).hasMessageContaining("expected one program that appends to it");
            }
            other.append();
            assertThat(idsOf(Files.readAllBytes(file))).hasSize(12);
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
