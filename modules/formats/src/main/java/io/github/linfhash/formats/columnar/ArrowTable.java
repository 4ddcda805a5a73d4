package io.github.linfhash.formats.columnar;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.formats.columnar.Column.Cells;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.BufferManager;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowDictionaryBatch;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * An Arrow file (Feather's version 2 is the same), read by Arrow's own library, whose buffers together may not be larger
 * than what the file can hold when it is compressed as far as is believable.
 */
final class ArrowTable implements ColumnTable {
    private static final long FREE_BYTES = 1 << 24;
    private static final long MOST_UNPACKED_PER_BYTE = 1_032;
    private static final int MOST_FIELDS = 1 << 16;
    private static final int DEEPEST = 16;

    private final String file;
    private final Lender allocator;
    private final ArrowFileReader reader;
    private final List<Column> columns;
    private final long rows;

    private ArrowTable(String file, Lender allocator, ArrowFileReader reader, long size) throws IOException {
        this.file = file;
        this.allocator = allocator;
        this.reader = reader;
        List<Field> fields = reader.getVectorSchemaRoot().getSchema().getFields();
        Map<Long, Dictionary> dictionaries = reader.getDictionaryVectors();
        List<Column> found = new ArrayList<>();
        for (Field field : fields) {
            found.add(column(found.size(), field, dictionaries));
        }
        this.columns = List.copyOf(found);
        long count = 0;
        List<ArrowBlock> blocks = reader.getRecordBlocks();
        for (int i = 0; i < blocks.size(); i++) {
            load(blocks.get(i), i);
            count += reader.getVectorSchemaRoot().getRowCount();
            ColumnTable.requireHonest(file, count, size);
        }
        this.rows = count;
    }

    /** Reads the schema at the end of the file, and goes through the batches to count their rows. */
    static ArrowTable open(String file, FileChannel channel) throws IOException {
        long size = channel.size();
        requireFooter(file, channel);
        long most = Math.min(Runtime.getRuntime().maxMemory(), FREE_BYTES + MOST_UNPACKED_PER_BYTE * size);
        try {
            Lender allocator = new Lender(most);
            ArrowFileReader reader = new CheckingReader(channel, allocator, new ArrowCodecs(most));
            try {
                return new ArrowTable(file, allocator, reader, size);
            } catch (IOException | RuntimeException e) {
                closeAfter(e, reader, allocator);
                throw e;
            }
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            throw new InputException(
                    file + " cannot be read by this Java: expected it to be started with"
                            + " --add-opens=java.base/java.nio=ALL-UNNAMED as the launcher does, found it closed",
                    e);
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(file, "a schema or dictionaries", e);
        }
    }

    /** Checks that the schema is a tree, and not one without end, as the library takes for granted. */
    private static void requireFooter(String file, FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(ColumnTable.footer(file, channel, "Arrow", "ARROW1"))
                .order(ByteOrder.LITTLE_ENDIAN);
        try {
            Footer footer = Footer.getRootAsFooter(content);
            int left = MOST_FIELDS;
            for (int i = 0; i < footer.schema().fieldsLength(); i++) {
                left = requireTree(file, footer.schema().fields(i), left, 0);
            }
        } catch (InputException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(file, "a footer", e);
        }
    }

    private static int requireTree(String file, org.apache.arrow.flatbuf.Field field, int budget, int depth) {
        int left = budget - 1;
        if (left < 0 || depth > DEEPEST) {
            throw new InputException(file + " has a wrong schema: expected at most " + MOST_FIELDS
                    + " fields, nested at most " + DEEPEST + " deep, found more");
        }
        for (int i = 0; i < field.childrenLength(); i++) {
            left = requireTree(file, field.children(i), left, depth + 1);
        }
        return left;
    }

    private static InputException damaged(String file, String place, Exception e) {
        if (e instanceof OutOfMemoryException) {
            return new InputException(
                    file + " claims too much: expected no more than fits into memory and into a file of"
                            + " its size, found larger buffers",
                    e);
        }
        return ColumnTable.damaged(file, "an Arrow file", place, e);
    }

    private static Column column(int index, Field field, Map<Long, Dictionary> dictionaries) {
        Field element = field;
        boolean list = isList(field.getType());
        if (list) {
            element = field.getChildren().get(0);
        }
        ArrowType type = element.getType();
        DictionaryEncoding encoding = element.getDictionary();
        if (encoding != null) {
            Dictionary dictionary = dictionaries.get(encoding.getId());
            type = dictionary == null ? ArrowType.Null.INSTANCE : dictionary.getVectorType();
        }
        String shown = (list ? "lists of " : "") + Excerpt.of(type.toString());
        // A file may leave the name out; Arrow's library has null for it then.
        String name = Objects.requireNonNullElse(field.getName(), "");
        return new Column(index, name, kind(type), list, shown);
    }

    private static boolean isList(ArrowType type) {
        return switch (type.getTypeID()) {
            case List, LargeList, FixedSizeList -> true;
            default -> false;
        };
    }

    private static Column.Elements kind(ArrowType type) {
        return switch (type.getTypeID()) {
            case FloatingPoint -> Column.Elements.REAL;
            case Int, Bool -> Column.Elements.WHOLE;
            case Utf8, LargeUtf8, Utf8View -> Column.Elements.TEXT;
            default -> Column.Elements.OTHER;
        };
    }

    private void load(ArrowBlock block, int number) {
        allocator.forgetReturned();
        try {
            if (!reader.loadRecordBatch(block)) {
                throw new IOException("a batch of rows that is not there");
            }
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(file, batch(number), e);
        }
    }

    private static String batch(int number) {
        return "batch " + number + " of rows (counted from 0)";
    }

    @Override
    public String name() {
        return file;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public void read(List<Column> wanted, Cells cells) {
        int first = 0;
        int number = 0;
        try {
            for (ArrowBlock block : reader.getRecordBlocks()) {
                load(block, number);
                VectorSchemaRoot batch = reader.getVectorSchemaRoot();
                for (int i = 0; i < wanted.size(); i++) {
                    FieldVector vector = batch.getVector(wanted.get(i).index());
                    if (vector.getValueCount() != batch.getRowCount()) {
                        throw new IOException("columns of other lengths than their batch");
                    }
                    new Reading(i, wanted.get(i), cells, first).read(vector);
                }
                first += batch.getRowCount();
                number++;
            }
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(file, batch(number), e);
        }
    }

    /**
     * Knows each buffer that it has lent. Where a file is damaged, the library throws between taking a buffer and noting that it has
     * it, and nobody would give it back.
     */
    private static final class Lender extends RootAllocator {
        private final List<ArrowBuf> lent = new ArrayList<>();

        Lender(long most) {
            super(most);
        }

        @Override
        public ArrowBuf buffer(long size, @Nullable BufferManager manager) {
            ArrowBuf buffer = super.buffer(size, manager);
            lent.add(buffer);
            return buffer;
        }

        void forgetReturned() {
            lent.removeIf(buffer -> buffer.refCnt() == 0);
        }

        /** Takes back all that is lent: nothing may be read from it any more. */
        @Override
        public synchronized void close() {
            for (ArrowBuf buffer : lent) {
                int references = buffer.refCnt();
                if (references > 0) {
                    buffer.getReferenceManager().release(references);
                }
            }
            super.close();
        }
    }

    /** The library believes what a batch says of its rows, and sets room aside for as many buffers of texts as it claims. */
    private static final class CheckingReader extends ArrowFileReader {
        CheckingReader(SeekableByteChannel channel, BufferAllocator allocator, CompressionCodec.Factory codecs) {
            super(channel, allocator, codecs);
        }

        @Override
        protected void loadRecordBatch(ArrowRecordBatch batch) {
            requireSound(batch);
            super.loadRecordBatch(batch);
        }

        @Override
        protected void loadDictionary(ArrowDictionaryBatch batch) {
            requireSound(batch.getDictionary());
            super.loadDictionary(batch);
        }

        private static void requireSound(ArrowRecordBatch batch) {
            if (batch.getLength() < 0) {
                batch.close();
                throw new IllegalStateException("a batch of fewer rows than none");
            }
            long left = batch.getBuffers().size();
            for (long claimed : batch.getVariadicBufferCounts()) {
                if (claimed < 0 || claimed > left) {
                    batch.close();
                    throw new IllegalStateException("buffers of texts that are not there");
                }
                left -= claimed;
            }
        }
    }

    /** Hands out the cells of a column in a batch. */
    private final class Reading {
        private final int at;
        private final Column column;
        private final Cells cells;
        private int row;
        private int place;

        /** @param first the row that the batch begins with */
        Reading(int at, Column column, Cells cells, int first) {
            this.at = at;
            this.column = column;
            this.cells = cells;
            this.row = first;
        }

        void read(FieldVector vector) throws IOException {
            for (int i = 0; i < vector.getValueCount(); i++) {
                place = 0;
                if (!column.list()) {
                    element(vector, i);
                } else if (!vector.isNull(i)) {
                    list(vector, i);
                }
                cells.end(at, row++, place);
            }
        }

        private void list(FieldVector vector, int i) throws IOException {
            if (vector instanceof FixedSizeListVector lists) {
                elements(lists.getDataVector(), (long) i * lists.getListSize(), (i + 1L) * lists.getListSize());
            } else if (vector instanceof ListVector lists) {
                elements(lists.getDataVector(), lists.getElementStartIndex(i), lists.getElementEndIndex(i));
            } else {
                LargeListVector lists = (LargeListVector) vector;
                elements(lists.getDataVector(), lists.getElementStartIndex(i), lists.getElementEndIndex(i));
            }
        }

        private void elements(FieldVector values, long from, long to) throws IOException {
            if (from < 0 || to < from || to > values.getValueCount()) {
                throw new IOException("lists beyond their values");
            }
            for (long i = from; i < to; i++) {
                element(values, (int) i);
            }
        }

        private void element(FieldVector vector, int i) throws IOException {
            if (vector.isNull(i)) {
                throw missing(column, row);
            }
            DictionaryEncoding encoding = vector.getField().getDictionary();
            if (encoding == null) {
                value(vector, i);
            } else {
                long word = ((BaseIntVector) vector).getValueAsLong(i);
                Dictionary dictionary = reader.getDictionaryVectors().get(encoding.getId());
                if (dictionary == null) {
                    throw new IOException("a dictionary that is not there");
                }
                ValueVector words = dictionary.getVector();
                if (word < 0 || word >= words.getValueCount()) {
                    throw new IOException("words that are not in their dictionary");
                }
                if (words.isNull((int) word)) {
                    throw missing(column, row);
                }
                value(words, (int) word);
            }
            place++;
        }

        /** The library makes room for a text of the length that the file claims before it looks where it lies. */
        private byte[] bytes(ValueVector vector, int i) throws IOException {
            if (((VariableWidthFieldVector) vector).getValueLength(i) > allocator.getAllocatedMemory()) {
                throw new IOException("texts that are longer than their buffers");
            }
            if (vector instanceof VarCharVector texts) {
                return texts.get(i);
            }
            return vector instanceof LargeVarCharVector texts ? texts.get(i) : ((ViewVarCharVector) vector).get(i);
        }

        private void value(ValueVector vector, int i) throws IOException {
            if (vector instanceof Float4Vector floats) {
                cells.real(at, row, place, floats.get(i));
            } else if (vector instanceof Float8Vector doubles) {
                cells.real(at, row, place, doubles.get(i));
            } else if (vector instanceof Float2Vector halves) {
                cells.real(at, row, place, halves.getValueAsFloat(i));
            } else if (vector instanceof BitVector bits) {
                cells.whole(at, row, place, bits.get(i));
            } else if (vector instanceof BigIntVector longs) {
                cells.whole(at, row, place, longs.get(i));
            } else if (vector instanceof UInt8Vector longs) {
                cells.whole(at, row, place, unsigned(column, row, longs.get(i)));
            } else if (vector instanceof BaseIntVector whole) {
                cells.whole(at, row, place, whole.getValueAsLong(i));
            } else {
                cells.text(at, row, place, text(column, row, bytes(vector, i)));
            }
        }
    }

    @Override
    public void close() {
        try {
            close(reader, allocator);
        } catch (IOException e) {
            throw new InputException(file + " cannot be closed: " + StrictInput.reason(e), e);
        }
    }

    private static void closeAfter(Exception failure, ArrowFileReader reader, Lender allocator) {
        try {
            close(reader, allocator);
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static void close(ArrowFileReader reader, Lender allocator) throws IOException {
        try {
            reader.close();
        } finally {
            allocator.close();
        }
    }

    /**
     * Unpacks the buffers of Arrow files without native code.
     *
     * @param mostBytes how many bytes a buffer may claim to hold
     */
    private record ArrowCodecs(long mostBytes) implements CompressionCodec.Factory {
        @Override
        public CompressionCodec createCodec(CodecType type) {
            return switch (type) {
                case NO_COMPRESSION -> NoCompressionCodec.INSTANCE;
                case LZ4_FRAME -> new Unpacking(type, Codec.LZ4_FRAME, mostBytes);
                case ZSTD -> new Unpacking(type, Codec.ZSTD, mostBytes);
            };
        }

        @Override
        public CompressionCodec createCodec(CodecType type, int level) {
            return createCodec(type);
        }

        private static final class Unpacking extends AbstractCompressionCodec {
            private final CodecType type;
            private final Codec codec;
            private final long mostBytes;

            Unpacking(CodecType type, Codec codec, long mostBytes) {
                this.type = type;
                this.codec = codec;
                this.mostBytes = mostBytes;
            }

            @Override
            public CodecType getCodecType() {
                return type;
            }

            @Override
            protected ArrowBuf doCompress(BufferAllocator allocator, ArrowBuf buffer) {
                throw new UnsupportedOperationException("files are read alone");
            }

            /** A buffer begins with the size of its content, as eight bytes. */
            @Override
            protected ArrowBuf doDecompress(BufferAllocator allocator, ArrowBuf buffer) {
                long size = readUncompressedLength(buffer);
                long packed = buffer.writerIndex() - Long.BYTES;
                if (size < 0
                        || size > Math.min(mostBytes, Integer.MAX_VALUE - Long.BYTES)
                        || packed < 0
                        || packed > Integer.MAX_VALUE - Long.BYTES) {
                    throw new IllegalArgumentException("a compressed buffer of " + size + " bytes");
                }
                byte[] content = new byte[(int) packed];
                buffer.getBytes(Long.BYTES, content);
                try (ArrowBuf unpacked = allocator.buffer(size)) {
                    unpacked.writeBytes(codec.unpack(content, (int) size));
                    unpacked.getReferenceManager().retain();
                    return unpacked;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
