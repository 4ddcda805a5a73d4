package io.github.linfhash.formats.columnar;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.formats.columnar.Column.Cells;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A file of columns of equally many rows. Whatever the file holds, failures are an {@link InputException}. */
public interface ColumnTable extends AutoCloseable {
    /** Values that are believed of any file, however small; beyond, so many are believed for each of its bytes. */
    long FREE_VALUES = 1 << 19;

    /** More than this is compressed runs of equal values: possible, but looked at before memory is set aside. */
    long VALUES_PER_BYTE = 200;

    /** The file's name, for messages. */
    String name();

    /** The number of rows. */
    long rows();

    /** Whether there are no rows. */
    default boolean isEmpty() {
        return rows() < 1;
    }

    /** Whether the file names its columns. */
    default boolean hasNames() {
        return true;
    }

    /** The columns in the order of the file. */
    List<Column> columns();

    /**
     * Reads some columns, which must have elements that linfhash reads.
     *
     * @param wanted columns of this table
     * @param cells takes their cells
     * @throws InputException if the file is damaged, or a cell is missing
     */
    void read(List<Column> wanted, Cells cells);

    /**
     * Goes through some columns without keeping anything, so that no memory is set aside for values that are not there. A table whose
     * claims have been held against its content when it was opened need not do that.
     *
     * @throws InputException if the columns do not hold as many values as the file claims
     */
    default void verify(List<Column> columns) {}

    /**
     * An input error about an element.
     *
     * @param row its number from 0
     * @param what the element is, such as {@code label}
     */
    default InputException wrong(Column column, long row, String what, String expected, String found) {
        return new InputException(
                name() + " has a wrong " + what + " in row " + row + " (counted from 0) of the column '"
                        + Excerpt.of(column.name()) + "': expected " + expected + ", found " + found);
    }

    @Override
    void close();

    /**
     * An input error about bytes that a library cannot decode. The libraries throw exceptions of all kinds for damaged files, many of them
     * without a message.
     *
     * @param format the format that the file should have
     * @param place the part that cannot be decoded
     */
    static InputException damaged(String file, String format, String place, Exception e) {
        Exception fault =
                e instanceof UncheckedIOException unchecked ? Objects.requireNonNull(unchecked.getCause()) : e;
        // Java's message about a null pointer names the library's variables.
        String reason =
                fault instanceof NullPointerException ? fault.getClass().getSimpleName() : StrictInput.reason(fault);
        return new InputException(
                file + " is damaged: expected " + format + ", found " + place + " that cannot be decoded ("
                        + Excerpt.of(reason) + "); copy the file again, or write it again from its source",
                e);
    }

    /** An input error about a missing element. */
    default InputException missing(Column column, long row) {
        return new InputException(name() + " has a missing value in row " + row + " (counted from 0) of the column '"
                + Excerpt.of(column.name()) + "': expected one, found null");
    }

    /**
     * A text of a column.
     *
     * @throws InputException if the bytes are not UTF-8
     */
    default String text(Column column, long row, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong(column, row, "text", "UTF-8", "bytes that are none");
        }
    }

    /**
     * A whole number without a sign.
     *
     * @throws InputException if it is 2^63 or more
     */
    default long unsigned(Column column, long row, long value) {
        if (value < 0) {
            throw wrong(column, row, "value", "at most " + Long.MAX_VALUE, Long.toUnsignedString(value));
        }
        return value;
    }

    /**
     * Checks how many values a file claims to hold, before memory is set aside for them: no more than the heap has room for, unless the
     * file itself is so large.
     *
     * @param bytes the size of the file
     * @throws InputException if it claims more
     */
    static void requireHonest(String file, long values, long bytes) {
        long heap = Runtime.getRuntime().maxMemory();
        long most = Math.max(believed(bytes), heap / Float.BYTES);
        if (values < 0 || values > most) {
            throw new InputException(file + " claims too much: expected at most " + most + " values in a file of "
                    + bytes + " bytes and a heap of " + (heap >> 20) + " MiB (LINFHASH_HEAP makes it larger), found "
                    + values);
        }
    }

    /**
     * Checks values that a file claims to hold, and looks whether they are there where a file of its size rarely has so many.
     *
     * @param bytes the size of the file
     * @throws InputException if the heap has no room for them, or they are not there
     */
    default void requireThere(List<Column> columns, long values, long bytes) {
        requireHonest(name(), values, bytes);
        if (values > believed(bytes)) {
            verify(columns);
        }
    }

    private static long believed(long bytes) {
        return FREE_VALUES + VALUES_PER_BYTE * bytes;
    }
}
