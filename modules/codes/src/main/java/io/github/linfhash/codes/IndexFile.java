package io.github.linfhash.codes;

import io.github.linfhash.codes.files.ArrayAppend;
import io.github.linfhash.codes.files.MappedRows;
import io.github.linfhash.codes.files.Mapping;
import io.github.linfhash.codes.files.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file of a {@link CodeIndex}.
 *
 * <p>It has a header, a mark of where the file ends, and records: one of all codes, and one for each time that something was appended. All
 * numbers are little-endian, all checksums CRC-32C (int32).
 *
 * <ul>
 *   <li>The header of 64 bytes has the magic {@code LINFCODE}, the version {@value #VERSION} (int32), the bytes of a code (int32), the
 *       SHA-256 of the quantizer, zeros, and the checksum of the 60 bytes before.
 *   <li>The mark of 64 bytes has the length of the file (int64), the checksum that the last record's head ends with, zeros, and the
 *       checksum of the 60 bytes before. Bytes beyond this length are of an append that did not end, and are ignored.
 *   <li>A record has a head of 64 bytes, its codes, the ids (int64) of all codes but the first ones whose ids are the numbers of their rows,
 *       the rows (int64) that were deleted since the record before, and the checksums of each {@value #CHECKED} bytes from the codes on, the
 *       last of the rest. The head has the number of codes, that of the first ones without ids, that of deleted rows, and the largest
 *       id that was ever given (int64 each); the checksum of the checksums, the one that the head of the record before, or else the
 *       header, ends with, zeros, and the checksum of the 60 bytes before.
 * </ul>
 *
 * <p>An append writes a record behind the last one, flushes it (fsync), and only then moves the mark. Should a failure destroy the mark
 * itself, the records are sound up to the end of the file, and are read up to there.
 */
final class IndexFile {
    private static final int HEAD = 64;
    private static final int CHECKED = 1 << 20;
    private static final int VERSION = 2;
    private static final int BLOCK = 1 << 16;
    /** Where the head of a record has the checksum of the head before. */
    private static final int BEFORE_AT = 4 * Long.BYTES + Integer.BYTES;

    private static final byte[] MAGIC = "LINFCODE".getBytes(StandardCharsets.US_ASCII);

    private final FittedQuantizer quantizer;
    private final int width;

    IndexFile(FittedQuantizer quantizer) {
        this.quantizer = quantizer;
        this.width = quantizer.bytes();
    }

    /**
     * The content of a file in brief, so that an index appends the rest, and only to the same file.
     *
     * @param length in bytes
     * @param sum the checksum of the last record's head, which depends on all bytes before it
     * @param rows how many
     */
    record End(long length, int sum, long rows, Deleted deleted) {}

    /** The codes that were read. */
    record Opened(IndexSnapshot codes, End end) {}

    private ByteBuffer header() {
        ByteBuffer header = head().put(MAGIC).putInt(VERSION).putInt(width).put(quantizer.fingerprint());
        return sealed(header);
    }

    private static ByteBuffer head() {
        return ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Ends a head with its checksum. */
    private static ByteBuffer sealed(ByteBuffer head) {
        return head.putInt(HEAD - Integer.BYTES, sumOf(head)).rewind();
    }

    private static int sumOf(ByteBuffer head) {
        CRC32C checksum = new CRC32C();
        checksum.update(head.slice(0, HEAD - Integer.BYTES));
        return (int) checksum.getValue();
    }

    private static boolean sound(ByteBuffer head) {
        return sumOf(head) == head.getInt(HEAD - Integer.BYTES);
    }

    private static void writeAt(FileChannel channel, long position, ByteBuffer bytes) throws IOException {
        channel.position(position);
        WholeFile.writeFully(channel, bytes);
    }

    private static void mark(FileChannel channel, End end) throws IOException {
        writeAt(channel, HEAD, sealed(head().putLong(end.length()).putInt(end.sum())));
    }

    /**
     * Replaces a file by one of all codes that were not deleted, whole or not at all.
     *
     * @param known what the file contains if it is that of these codes, and null for any other file. A missing or damaged one is replaced
     * @throws InvalidFileException if it is an index that contains anything else
     */
    void write(Path file, @Nullable End known, IndexSnapshot codes) throws IOException {
        WholeFile.write(file, channel -> {
            if (known != null && Files.isRegularFile(file)) {
                requireUnchanged(file, known);
            }
            ByteBuffer header = header();
            writeAt(channel, 0, header);
            End none = new End(2 * HEAD, header.getInt(HEAD - Integer.BYTES), 0, Deleted.NONE);
            mark(channel, writeRecord(channel, none, codes, codes.deleted(), new long[0]));
        });
    }

    private void requireUnchanged(Path file, End known) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < 2 * HEAD) {
                return;
            }
            ByteBuffer mark = read(file, channel, HEAD);
            if (sound(mark) && mark.getLong(0) <= channel.size()) {
                requireKnown(file, channel, mark, known);
            }
        }
    }

    /**
     * Appends the rows that a file does not contain yet, and which others were deleted since. A mark that a failure destroyed is written anew
     * before, if the records are those that are known.
     *
     * @param before what it contains
     * @return what it contains then
     * @throws InvalidFileException if it contains anything else
     */
    End append(Path file, End before, IndexSnapshot codes) throws IOException {
        try (ArrayAppend.Locked locked = ArrayAppend.open(file)) {
            FileChannel channel = locked.channel();
            int ofHeader = requireHeader(file, channel);
            ByteBuffer mark = read(file, channel, HEAD);
            boolean marked = sound(mark);
            long length = marked ? mark.getLong(0) : before.length();
            if (length > channel.size()) {
                throw new InvalidFileException(file + " is cut short: expected " + length + " bytes, found "
                        + channel.size() + "; restore it from a copy, or write it again");
            }
            if (marked) {
                requireKnown(file, channel, mark, before);
            } else {
                requireRecords(file, channel, ofHeader, before);
                mark(channel, before);
                channel.force(true);
            }
            channel.truncate(before.length());
            End end = writeRecord(
                    channel, before, codes, Deleted.NONE, codes.deleted().since(before.deleted()));
            channel.force(true);
            mark(channel, end);
            channel.force(true);
            return end;
        }
    }

    /** Checks that a sound mark is the one of a known content. */
    private static void requireKnown(Path file, FileChannel channel, ByteBuffer mark, End known) throws IOException {
        if (mark.getLong(0) == known.length() && mark.getInt(Long.BYTES) == known.sum()) {
            return;
        }
        if (hasMore(file, channel, known)) {
            throw appendedTo(file);
        }
        throw replaced(file);
    }

    /** Checks all records of a known content, as no mark names the last one. */
    private void requireRecords(Path file, FileChannel channel, int ofHeader, End known) throws IOException {
        if (hasMore(file, channel, known)) {
            throw appendedTo(file);
        }
        try (Mapping brief = new Mapping()) {
            if (new Reader(file, channel, brief).records(ofHeader, known.length()) != known.sum()) {
                throw replaced(file);
            }
        }
    }

    /** Returns whether a whole record follows those that are known. */
    private static boolean hasMore(Path file, FileChannel channel, End known) throws IOException {
        if (channel.size() < known.length() + HEAD) {
            return false;
        }
        ByteBuffer head = read(file, channel, known.length());
        return sound(head) && head.getInt(BEFORE_AT) == known.sum();
    }

    private static InvalidFileException appendedTo(Path file) {
        return new InvalidFileException(
                file + ": expected the codes that this index was opened from or saved with, found"
                        + " more, as another one appended to it; open it again, and add again what it lacks");
    }

    private static InvalidFileException replaced(Path file) {
        return new InvalidFileException(file + ": expected the file that this index was opened from or saved to, found"
                + " another one in its place; open it again, or save this index to another file");
    }

    /** Writes a record of the rows behind those of a file, but for skipped ones. */
    private End writeRecord(FileChannel channel, End before, IndexSnapshot codes, Deleted skipped, long[] deleted)
            throws IOException {
        channel.position(before.length() + HEAD);
        Payload payload = new Payload(channel);
        long rows = writeCodes(payload, codes, before.rows(), skipped);
        long numbered = writeIds(payload, codes, before.rows(), skipped);
        for (long row : deleted) {
            payload.write(row);
        }
        int sum = payload.end();
        long length = channel.position();
        ByteBuffer head = sealed(head().putLong(rows)
                .putLong(numbered)
                .putLong(deleted.length)
                .putLong(codes.lastId())
                .putInt(sum)
                .putInt(before.sum()));
        writeAt(channel, before.length(), head);
        return new End(length, head.getInt(HEAD - Integer.BYTES), before.rows() + rows, codes.deleted());
    }

    private long writeCodes(Payload payload, IndexSnapshot codes, long from, Deleted skipped) throws IOException {
        int most = Math.max(1, BLOCK / width);
        byte[] some = new byte[most * width];
        long rows = 0;
        for (long first = from; first < codes.rows(); ) {
            int count = (int) Math.min(most, codes.rows() - first);
            codes.copy(first, count, some);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (!skipped.contains(first + i)) {
                    System.arraycopy(some, i * width, some, kept++ * width, width);
                }
            }
            payload.write(some, kept * width);
            rows += kept;
            first += count;
        }
        return rows;
    }

    /** Returns how many first ids are the numbers of their rows, and are not written. */
    private static long writeIds(Payload payload, IndexSnapshot codes, long from, Deleted skipped) throws IOException {
        boolean numbers = codes.ids().numbered() >= from;
        long numbered = 0;
        for (long row = from; row < codes.rows(); row++) {
            if (skipped.contains(row)) {
                continue;
            }
            long id = codes.ids().id(row);
            numbers &= id == from + numbered;
            if (numbers) {
                numbered++;
            } else {
                payload.write(id);
            }
        }
        return numbered;
    }

    /** Checks all of a file, maps the codes of its first record, and reads those that were appended. */
    Opened open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidFileException(file + " is missing: expected an index of codes, found "
                    + (Files.isDirectory(file) ? "a folder" : "nothing"));
        }
        Mapping mapping = new Mapping();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Reader(file, channel, mapping).opened();
        } catch (IOException | RuntimeException e) {
            mapping.close();
            throw e;
        }
    }

    private static ByteBuffer read(Path file, FileChannel channel, long position) throws IOException {
        ByteBuffer head = head();
        readFully(file, channel, head, position);
        return head.rewind();
    }

    private int requireHeader(Path file, FileChannel channel) throws IOException {
        ByteBuffer header = read(file, channel, 0);
        byte[] bytes = new byte[header.remaining()];
        header.get(bytes).rewind();
        if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new InvalidFileException(
                    file + " is no index of codes: expected it to begin with LINFCODE, found something else");
        }
        if (!sound(header)) {
            throw new InvalidFileException(
                    file + " is damaged: expected the checksum of its header, found another; write it again");
        }
        header.position(MAGIC.length);
        int version = header.getInt();
        if (version != VERSION) {
            throw new InvalidFileException(
                    file + ": expected version " + VERSION + ", found " + version + "; write it again");
        }
        boolean fits = header.getInt() == width;
        byte[] own = quantizer.fingerprint();
        int at = header.position();
        if (!fits || !Arrays.equals(bytes, at, at + own.length, own, 0, own.length)) {
            throw new InvalidFileException(
                    file + ": expected codes of the quantizer " + quantizer.name() + ", found those of another one");
        }
        return header.getInt(HEAD - Integer.BYTES);
    }

    private static void readFully(Path file, FileChannel channel, ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int read = channel.read(target, at);
            if (read < 0) {
                throw new InvalidFileException(
                        file + " is cut short: expected an index of codes, found its end after " + at + " bytes");
            }
            at += read;
        }
    }

    private static long parts(long bytes) {
        return (bytes + CHECKED - 1) / CHECKED;
    }

    /** Reads a file record by record; what it says is checked against its length before room is made for it. */
    private final class Reader {
        private final Path file;
        private final FileChannel channel;
        private final Mapping mapping;
        private AddedRows added = new AddedRows(width);
        private @Nullable MappedRows stored;
        private IdTable ids = new IdTable();
        private Deleted deleted = Deleted.NONE;
        private long rows;
        private long lastId = -1;

        Reader(Path file, FileChannel channel, Mapping mapping) {
            this.file = file;
            this.channel = channel;
            this.mapping = mapping;
        }

        Opened opened() throws IOException {
            int ofHeader = requireHeader(file, channel);
            ByteBuffer mark = read(file, channel, HEAD);
            boolean marked = sound(mark);
            long length = marked ? mark.getLong() : channel.size();
            if (length > channel.size() || length < 2 * HEAD) {
                throw new InvalidFileException(
                        file + " is cut short: expected " + length + " bytes, found " + channel.size());
            }
            int sum = records(ofHeader, length);
            if (stored == null || (marked && mark.getInt() != sum)) {
                throw damaged("the records that its mark names", "others");
            }
            Mapped first = new Mapped(stored);
            requireIds();
            CodeBlocks blocks = new CodeBlocks(quantizer.scheme());
            IndexSnapshot codes = new IndexSnapshot(mapping, first, added, blocks, ids, ids.view(), deleted, lastId);
            return new Opened(codes, new End(length, sum, rows, deleted));
        }

        /**
         * Reads and checks the records up to a byte.
         *
         * @param ofHeader the checksum that the header ends with
         * @return the checksum that the last head ends with
         */
        int records(int ofHeader, long length) throws IOException {
            int sum = ofHeader;
            for (long at = 2 * HEAD; at < length; ) {
                Head head = head(at, length, sum);
                requireSound(head);
                take(head);
                sum = head.own();
                at = head.end();
            }
            return sum;
        }

        private InvalidFileException damaged(String expected, String found) {
            return new InvalidFileException(
                    file + " is damaged: expected " + expected + ", found " + found + "; write it again");
        }

        private Head head(long at, long end, int before) throws IOException {
            ByteBuffer head = read(file, channel, at);
            boolean sound = sound(head);
            long count = head.getLong();
            long numbered = head.getLong();
            long deletions = head.getLong();
            long last = head.getLong();
            int ofSums = head.getInt();
            if (!sound || head.getInt() != before) {
                throw damaged("the checksum of the record at byte " + at, "another");
            }
            long left = end - at - HEAD;
            // Without an overflow: as many of each as the file can have at most.
            boolean fits = count >= 0
                    && count <= left / width
                    && numbered >= 0
                    && numbered <= count
                    && count - numbered <= Math.min(left / Long.BYTES, IdTable.MOST)
                    && deletions >= 0
                    && deletions <= left / Long.BYTES
                    && last >= lastId
                    && (numbered == 0 || ids.view().numbered() == rows);
            long bytes = fits ? count * width + Long.BYTES * (count - numbered + deletions) : 0;
            if (!fits || bytes + Integer.BYTES * parts(bytes) > left) {
                throw damaged("a record of " + count + " codes at byte " + at, left + " bytes behind its head");
            }
            return new Head(at + HEAD, count, numbered, deletions, last, bytes, ofSums, head.getInt(HEAD - 4));
        }

        /** Reads all bytes of a record once: their checksums, and whether vectors can have its codes. */
        private void requireSound(Head head) throws IOException {
            byte[] part = new byte[CHECKED + width]; // behind the beginning of a code that the part before ends with
            int kept = 0;
            long row = 0;
            CRC32C checksum = new CRC32C();
            CRC32C ofSums = new CRC32C();
            ByteBuffer stated = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (long p = 0; p < parts(head.bytes()); p++) {
                int size = (int) Math.min(CHECKED, head.bytes() - p * CHECKED);
                long from = head.start() + p * CHECKED;
                readFully(file, channel, ByteBuffer.wrap(part, kept, size), from);
                readFully(file, channel, stated.clear(), head.start() + head.bytes() + Integer.BYTES * p);
                ofSums.update(stated.array());
                checksum.reset();
                checksum.update(part, kept, size);
                if ((int) checksum.getValue() != stated.getInt(0)) {
                    throw damaged("the checksum of the bytes from " + from + " on", "another");
                }
                int at = 0;
                for (; at + width <= kept + size && row < head.count(); at += width) {
                    requireCode(part, at, rows + row);
                    row++;
                }
                kept = row < head.count() ? kept + size - at : 0;
                System.arraycopy(part, at, part, 0, kept);
            }
            if ((int) ofSums.getValue() != head.ofSums()) {
                throw damaged("the checksum of the checksums at byte " + (head.start() + head.bytes()), "another");
            }
        }

        private void requireCode(byte[] codes, int at, long row) throws InvalidFileException {
            String fault = quantizer.fault(codes, at);
            if (!fault.isEmpty()) {
                throw new InvalidFileException(
                        file + ": expected codes of " + quantizer.name() + ", found " + fault + " in row " + row);
            }
        }

        private void take(Head head) throws IOException {
            long own = head.count() - head.numbered();
            long idsAt = head.start() + head.count() * width;
            if (stored == null) {
                stored = MappedRows.of(channel, head.start(), head.count(), width, mapping);
                MappedRows ofIds = own == 0 ? null : MappedRows.of(channel, idsAt, own, Long.BYTES, mapping);
                ids = new IdTable(head.numbered(), ofIds);
            } else {
                append(head, idsAt);
            }
            rows += head.count();
            lastId = head.lastId();
            try (Mapping brief = new Mapping()) {
                MappedRows gone = MappedRows.of(channel, idsAt + own * Long.BYTES, head.deletions(), Long.BYTES, brief);
                long before = -1;
                for (long first = 0; first < head.deletions(); first += BLOCK) {
                    long[] some = new long[(int) Math.min(BLOCK, head.deletions() - first)];
                    for (int i = 0; i < some.length; i++) {
                        some[i] = gone.number(first + i);
                        if (some[i] <= before || some[i] >= rows || deleted.contains(some[i])) {
                            throw damaged("ascending deleted rows below " + rows, "row " + some[i]);
                        }
                        before = some[i];
                    }
                    deleted = deleted.with(some);
                }
            }
        }

        private void append(Head head, long idsAt) throws IOException {
            if (rows + head.count() - ids.view().numbered() > IdTable.MOST && head.numbered() < head.count()) {
                throw damaged("at most " + IdTable.MOST + " ids", "more");
            }
            try (Mapping brief = new Mapping()) {
                MappedRows codes = MappedRows.of(channel, head.start(), head.count(), width, brief);
                MappedRows ofIds = MappedRows.of(channel, idsAt, head.count() - head.numbered(), Long.BYTES, brief);
                byte[] code = new byte[width];
                for (long i = 0; i < head.count(); i++) {
                    codes.copyRow(i, code, 0);
                    added = added.with(code);
                    ids.add(i < head.numbered() ? rows + i : ofIds.number(i - head.numbered()));
                }
            }
        }

        private void requireIds() throws InvalidFileException {
            IdTable.View all = ids.view();
            if (all.numbered() - 1 > lastId) {
                throw damaged("ids up to " + lastId, String.valueOf(all.numbered() - 1));
            }
            for (long row = all.numbered(); row < rows; row++) {
                long id = all.id(row);
                if (id > lastId) {
                    throw damaged("ids up to " + lastId, String.valueOf(id));
                }
                boolean twice = ids.row(id) != row || (id >= 0 && id < all.numbered() && !deleted.contains(id));
                if (!deleted.contains(row) && twice) {
                    throw damaged("each id once", "the id " + id + " twice");
                }
            }
        }
    }

    /**
     * A head of a record.
     *
     * @param start where the codes begin
     * @param numbered how many first codes have no ids
     * @param bytes of codes, ids and deleted rows
     * @param ofSums the checksum of their checksums
     * @param own the checksum of the head
     */
    private record Head(
            long start, long count, long numbered, long deletions, long lastId, long bytes, int ofSums, int own) {
        long end() {
            return start + bytes + Integer.BYTES * parts(bytes);
        }
    }

    /** Codes that are mapped. */
    private record Mapped(MappedRows rows) implements IndexSnapshot.Stored {
        @Override
        public long size() {
            return rows.rows();
        }

        @Override
        public int copy(long first, int most, byte[] target, int at) {
            return rows.copy(first, most, target, at);
        }
    }

    /** The bytes of a record behind its head, whose checksums follow. */
    private static final class Payload {
        private final FileChannel channel;
        private final ByteArrayOutputStream sums = new ByteArrayOutputStream();
        private final CRC32C current = new CRC32C();
        private final ByteBuffer numbers = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        private int inPart;

        Payload(FileChannel channel) {
            this.channel = channel;
        }

        void write(long number) throws IOException {
            numbers.putLong(number);
            if (!numbers.hasRemaining()) {
                flush();
            }
        }

        private void flush() throws IOException {
            int size = numbers.position();
            numbers.clear();
            write(numbers.array(), size);
        }

        void write(byte[] bytes, int count) throws IOException {
            for (int at = 0; at < count; ) {
                int size = Math.min(CHECKED - inPart, count - at);
                current.update(bytes, at, size);
                inPart += size;
                at += size;
                if (inPart == CHECKED) {
                    endPart();
                }
            }
            WholeFile.writeFully(channel, ByteBuffer.wrap(bytes, 0, count));
        }

        private void endPart() {
            int sum = (int) current.getValue();
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                sums.write(sum >>> shift);
            }
            current.reset();
            inPart = 0;
        }

        /** Writes the checksums, and returns theirs. */
        int end() throws IOException {
            flush();
            if (inPart > 0) {
                endPart();
            }
            WholeFile.writeFully(channel, ByteBuffer.wrap(sums.toByteArray()));
            CRC32C ofSums = new CRC32C();
            ofSums.update(sums.toByteArray());
            return (int) ofSums.getValue();
        }
    }
}
