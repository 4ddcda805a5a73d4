package io.github.linfhash.formats.columnar;

import io.github.linfhash.codes.Float16;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.formats.columnar.Column.Cells;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file. The parts of Parquet's own library that need no Hadoop read its metadata and decode its pages; this
 * class finds the pages, and holds whatever is claimed against the size of the file and the heap before.
 */
public final class ParquetTable implements ColumnTable {
    private static final String MAGIC = "PAR1";

    private final String file;
    private final FileChannel channel;
    private final long size;
    private final FileMetaData metadata;
    private final ParquetSchema schema;

    private ParquetTable(String file, FileChannel channel, FileMetaData metadata, ParquetSchema schema)
            throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
        this.metadata = metadata;
        this.schema = schema;
    }

    /**
     * Opens a file.
     *
     * @throws InputException if it is missing, or is not a Parquet file
     */
    public static ColumnTable open(Path file) {
        StrictInput.requireFile(file);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return open(file.toString(), channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new InputException(file + " cannot be opened: " + StrictInput.reason(e), e);
        }
    }

    /** Reads the metadata at the end of the file. */
    private static ParquetTable open(String file, FileChannel channel) throws IOException {
        long size = channel.size();
        byte[] footer = footer(file, channel);
        CompactThrift.end(file, footer, 0);
        try {
            FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
            ColumnTable.requireHonest(file, metadata.getNum_rows(), size);
            return new ParquetTable(file, channel, metadata, ParquetSchema.of(file, metadata.getSchema()));
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(file, "metadata", e);
        }
    }

    /**
     * Reads the bytes of the metadata, after which their length follows as int32, and the magic word.
     *
     * @throws InputException if the file does not end so
     */
    private static byte[] footer(String file, FileChannel channel) throws IOException {
        long size = channel.size();
        int tail = Integer.BYTES + MAGIC.length();
        if (size < MAGIC.length() + tail) {
            throw none(file, "a file of " + size + " bytes");
        }
        byte[] end = bytes(channel, size - tail, tail);
        String found = new String(end, Integer.BYTES, MAGIC.length(), StandardCharsets.ISO_8859_1);
        if (!found.equals(MAGIC)) {
            throw none(file, found.equals("PARE") ? "an encrypted one" : "something else");
        }
        int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 1 || length > size - tail - MAGIC.length()) {
            throw none(file, "a footer of " + length + " bytes in a file of " + size);
        }
        return bytes(channel, size - tail - length, length);
    }

    private static InputException none(String file, String found) {
        return new InputException(
                file + " is no Parquet file: expected a footer and " + MAGIC + " at its end, found " + found);
    }

    private static byte[] bytes(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(length);
        while (content.hasRemaining()) {
            if (channel.read(content, position + content.position()) < 0) {
                throw new EOFException("the file has become shorter");
            }
        }
        return content.array();
    }

    private static InputException damaged(String file, String place, Exception e) {
        return ColumnTable.damaged(file, "a Parquet file", place, e);
    }

    @Override
    public String name() {
        return file;
    }

    @Override
    public long rows() {
        return metadata.getNum_rows();
    }

    @Override
    public List<Column> columns() {
        return schema.columns();
    }

    @Override
    public void read(List<Column> wanted, Cells cells) {
        long values = 0;
        long bytes = 0;
        long rows = 0;
        String place = "groups of rows";
        try {
            for (RowGroup group : metadata.getRow_groups()) {
                for (int i = 0; i < wanted.size(); i++) {
                    place = "the column '" + Excerpt.of(wanted.get(i).name()) + "' from row " + rows
                            + " (counted from 0) on";
                    ParquetSchema.Leaf leaf = Objects.requireNonNull(
                            schema.leaves().get(wanted.get(i).index()));
                    ColumnMetaData chunk = chunk(group, leaf);
                    values += chunk.getNum_values();
                    bytes += chunk.getTotal_compressed_size();
                    ColumnTable.requireHonest(file, chunk.getNum_values() < 0 ? -1 : values, size);
                    if (bytes < 0 || bytes > size) {
                        throw new InputException(file + " claims too much: expected columns that do not overlap, found "
                                + bytes + " bytes of columns in a file of " + size);
                    }
                    read(new Reading(i, wanted.get(i), leaf, rows, cells), chunk, group.getNum_rows());
                }
                rows += group.getNum_rows();
            }
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(file, place, e);
        }
        if (rows != metadata.getNum_rows()) {
            throw new InputException(file + " is damaged: expected " + metadata.getNum_rows() + " rows, found " + rows);
        }
    }

    @Override
    public void verify(List<Column> columns) {
        read(columns, new Cells() {
            @Override
            public void real(int column, int row, int place, double value) {}

            @Override
            public void text(int column, int row, int place, String value) {}
        });
    }

    private ColumnMetaData chunk(RowGroup group, ParquetSchema.Leaf leaf) {
        if (leaf.index() >= group.getColumnsSize()) {
            throw new InputException(file + " is damaged: expected all columns in each group of rows, found "
                    + group.getColumnsSize() + " columns");
        }
        ColumnChunk chunk = group.getColumns().get(leaf.index());
        if (chunk.isSetFile_path() || !chunk.isSetMeta_data() || chunk.isSetCrypto_metadata()) {
            throw new InputException(
                    file + " is of no known kind: expected columns in the file itself and not encrypted, found others");
        }
        return chunk.getMeta_data();
    }

    private void read(Reading reading, ColumnMetaData chunk, long rows) throws IOException {
        long start = chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0
                ? Math.min(chunk.getDictionary_page_offset(), chunk.getData_page_offset())
                : chunk.getData_page_offset();
        long length = chunk.getTotal_compressed_size();
        if (start < MAGIC.length()
                || length < 0
                || start > size
                || length > Math.min(size - start, Integer.MAX_VALUE - 8)) {
            throw new InputException(file + " is damaged: expected the column '" + Excerpt.of(reading.column.name())
                    + "' within the file, found " + length + " bytes at " + start);
        }
        ParquetPages pages = new ParquetPages(
                file, bytes(channel, start, (int) length), readable(chunk.getCodec()), chunk.getNum_values(), rows);
        ColumnReader reader = new ColumnReadStoreImpl(pages, new Unused(schema.message()), schema.message(), null)
                .getColumnReader(reading.leaf.descriptor());
        long found = reading.all(reader, pages.getTotalValueCount());
        if (found != rows) {
            throw new InputException(file + " is damaged: expected " + rows + " rows in the column '"
                    + Excerpt.of(reading.column.name()) + "', found " + found);
        }
    }

    private CompressionCodec readable(CompressionCodec codec) {
        if (!Codec.READ.contains(codec)) {
            throw new InputException(file
                    + " is compressed in a way that is not read: expected snappy, gzip, lz4_raw, zstd or none, found "
                    + codec);
        }
        return codec;
    }

    /** Hands out the cells of a column in a group of rows. */
    private final class Reading {
        private final int at;
        private final Column column;
        private final ParquetSchema.Leaf leaf;
        private final SchemaElement element;
        private final long first;
        private final Cells cells;
        private long row;
        private int place;
        private @Nullable Binary lastBytes;
        private String lastText = "";

        /** @param first the row that the group begins with */
        Reading(int at, Column column, ParquetSchema.Leaf leaf, long first, Cells cells) {
            this.at = at;
            this.column = column;
            this.leaf = leaf;
            this.element = leaf.element();
            this.first = first;
            this.cells = cells;
            this.row = first - 1;
        }

        /** Hands out all values; returns of how many rows they are. */
        long all(ColumnReader reader, long values) {
            for (long i = 0; i < values; i++) {
                if (reader.getCurrentRepetitionLevel() == 0) {
                    endRow();
                    row++;
                    place = 0;
                } else if (row < first) {
                    throw new InputException(
                            file + " is damaged: expected a group to begin with a row, found the rest of one");
                }
                int defined = reader.getCurrentDefinitionLevel();
                if (defined == leaf.descriptor().getMaxDefinitionLevel()) {
                    give(reader);
                    place++;
                } else if (!column.list() || defined >= leaf.definedInList()) {
                    throw missing(column, row);
                }
                reader.consume();
            }
            endRow();
            return row + 1 - first;
        }

        private void endRow() {
            if (row >= first) {
                cells.end(at, (int) row, place);
            }
        }

        private void give(ColumnReader reader) {
            switch (element.getType()) {
                case BOOLEAN -> cells.whole(at, (int) row, place, reader.getBoolean() ? 1 : 0);
                case FLOAT -> real(reader.getFloat());
                case DOUBLE -> real(reader.getDouble());
                case INT32 -> whole(reader.getInteger(), 0xffff_ffffL);
                case INT64 -> whole(reader.getLong(), -1);
                case BYTE_ARRAY -> cells.text(at, (int) row, place, text(reader.getBinary()));
                case FIXED_LEN_BYTE_ARRAY -> {
                    ByteBuffer two = reader.getBinary().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                    real(Float16.toFloat(two.getShort(two.position())));
                }
                default -> throw new IllegalStateException("columns of " + element.getType() + " are not read");
            }
        }

        private void real(double value) {
            cells.real(at, (int) row, place, value);
        }

        private void whole(long signed, long mask) {
            if (ParquetSchema.isDecimal(element)) {
                real(signed / Math.pow(10, ParquetSchema.scale(element)));
            } else {
                long value = ParquetSchema.isUnsigned(element) ? unsigned(column, row, signed & mask) : signed;
                cells.whole(at, (int) row, place, value);
            }
        }

        /** Returns the text of some bytes and keeps it, since the same word often comes many times on end. */
        private String text(Binary bytes) {
            if (!bytes.equals(lastBytes)) {
                lastText = ParquetTable.this.text(column, row, bytes.getBytes());
                lastBytes = bytes;
            }
            return lastText;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new InputException(file + " cannot be closed: " + StrictInput.reason(e), e);
        }
    }

    /** The library wants to know who takes its values, though they are asked for one by one. */
    private static final class Unused extends GroupConverter {
        private final GroupType type;

        Unused(GroupType type) {
            this.type = type;
        }

        @Override
        public Converter getConverter(int field) {
            return type.getType(field).isPrimitive()
                    ? new PrimitiveConverter() {}
                    : new Unused(type.getType(field).asGroupType());
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
