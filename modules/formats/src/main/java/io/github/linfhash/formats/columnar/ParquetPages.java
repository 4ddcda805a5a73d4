package io.github.linfhash.formats.columnar;

import io.github.linfhash.core.errors.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column in one row group, unpacked one by one as they are asked for.
 *
 * <p>All headers are read and checked at first: what they claim together must be what the file says of the column, and may
 * not unpack to more than {@link #MOST_UNPACKED_PER_BYTE} for each byte.
 */
final class ParquetPages implements PageReader, PageReadStore {
    private static final long FREE_BYTES = 1 << 24;
    private static final long MOST_UNPACKED_PER_BYTE = 1_032;

    /** Delta encodings are left out: their decoders make room for as many values as a page claims. */
    private static final Set<String> ENCODINGS =
            Set.of("PLAIN", "PLAIN_DICTIONARY", "RLE_DICTIONARY", "RLE", "BYTE_STREAM_SPLIT");

    private final String file;
    private final byte[] chunk;
    private final CompressionCodec codec;
    private final long rows;
    private final Deque<Page> data = new ArrayDeque<>();
    private @Nullable Page dictionary;
    private long values;
    private long unpacked;

    private record Page(PageHeader header, int start) {}

    /**
     * Reads the headers of the pages.
     *
     * @param chunk all pages, one after another, and nothing else
     * @param claimed how many values there should be in all
     * @param rows how many rows the group has
     * @throws InputException if a header is not right
     * @throws IOException if the library refuses a header
     */
    ParquetPages(String file, byte[] chunk, CompressionCodec codec, long claimed, long rows) throws IOException {
        this.file = file;
        this.chunk = chunk;
        this.codec = codec;
        this.rows = rows;
        int at = 0;
        while (at < chunk.length) {
            int start = CompactThrift.end(file, chunk, at);
            PageHeader header = Util.readPageHeader(new ByteArrayInputStream(chunk, at, start - at));
            add(new Page(header, start));
            at = start + header.getCompressed_page_size();
        }
        if (values != claimed) {
            throw wrong("pages of " + claimed + " values as the column claims", String.valueOf(values));
        }
    }

    private void add(Page page) {
        PageHeader header = page.header();
        int packed = header.getCompressed_page_size();
        int size = header.getUncompressed_page_size();
        if (packed < 0 || size < 0 || packed > chunk.length - page.start()) {
            throw wrong("pages within their column", "one of " + packed + " bytes, " + size + " unpacked");
        }
        unpacked += size;
        if (unpacked > FREE_BYTES + MOST_UNPACKED_PER_BYTE * chunk.length) {
            throw wrong(
                    "pages that unpack to at most " + MOST_UNPACKED_PER_BYTE + " times their size",
                    unpacked + " bytes from " + chunk.length);
        }
        if (header.isSetDictionary_page_header()) {
            addDictionary(page, header.getDictionary_page_header());
        } else if (header.isSetData_page_header()) {
            addData(page, header.getData_page_header().getNum_values());
        } else if (header.isSetData_page_header_v2()) {
            addData(page, header.getData_page_header_v2().getNum_values());
        }
    }

    private void addDictionary(Page page, DictionaryPageHeader header) {
        int words = header.getNum_values();
        if (dictionary != null
                || !data.isEmpty()
                || words < 0
                || words > page.header().getUncompressed_page_size()) {
            throw wrong("one dictionary before all values, of no more words than bytes", "another");
        }
        dictionary = page;
    }

    private void addData(Page page, int count) {
        if (count < 0) {
            throw wrong("pages of at least 0 values", String.valueOf(count));
        }
        values += count;
        data.add(page);
    }

    private InputException wrong(String expected, String found) {
        return new InputException(file + " has wrong pages: expected " + expected + ", found " + found);
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        return this;
    }

    @Override
    public long getRowCount() {
        return rows;
    }

    @Override
    public long getTotalValueCount() {
        return values;
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        if (dictionary == null) {
            return null;
        }
        PageHeader header = dictionary.header();
        byte[] content =
                unpack(dictionary.start(), header.getCompressed_page_size(), header.getUncompressed_page_size(), true);
        DictionaryPageHeader own = header.getDictionary_page_header();
        return new DictionaryPage(BytesInput.from(content), own.getNum_values(), encoding(own.getEncoding()));
    }

    @Override
    public @Nullable DataPage readPage() {
        Page page = data.poll();
        if (page == null) {
            return null;
        }
        return page.header().isSetData_page_header() ? first(page) : second(page);
    }

    private DataPage first(Page page) {
        DataPageHeader own = page.header().getData_page_header();
        int size = page.header().getUncompressed_page_size();
        byte[] content = unpack(page.start(), page.header().getCompressed_page_size(), size, true);
        return new DataPageV1(
                BytesInput.from(content),
                own.getNum_values(),
                size,
                null,
                level(own.getRepetition_level_encoding()),
                level(own.getDefinition_level_encoding()),
                encoding(own.getEncoding()));
    }

    private DataPage second(Page page) {
        DataPageHeaderV2 own = page.header().getData_page_header_v2();
        int repetition = own.getRepetition_levels_byte_length();
        int definition = own.getDefinition_levels_byte_length();
        int packed = page.header().getCompressed_page_size();
        int size = page.header().getUncompressed_page_size();
        if (repetition < 0
                || definition < 0
                || repetition > packed
                || definition > packed - repetition
                || size < repetition + definition) {
            throw wrong("levels within their page", repetition + " and " + definition + " bytes");
        }
        int levels = repetition + definition;
        byte[] content = unpack(page.start() + levels, packed - levels, size - levels, own.isIs_compressed());
        return DataPageV2.uncompressed(
                own.getNum_rows(),
                own.getNum_nulls(),
                own.getNum_values(),
                part(page.start(), repetition),
                part(page.start() + repetition, definition),
                encoding(own.getEncoding()),
                BytesInput.from(content),
                null);
    }

    private BytesInput part(int start, int length) {
        return BytesInput.from(chunk, start, length);
    }

    private byte[] unpack(int start, int packed, int size, boolean compressed) {
        byte[] part = Arrays.copyOfRange(chunk, start, start + packed);
        try {
            // No values at all need no bytes.
            return packed == 0 && size == 0
                    ? part
                    : Codec.unpack(compressed ? codec : CompressionCodec.UNCOMPRESSED, part, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Encoding encoding(org.apache.parquet.format.Encoding named) {
        Encoding encoding = level(named);
        if (!ENCODINGS.contains(encoding.name())) {
            throw wrong("values as PLAIN, in a dictionary or in BYTE_STREAM_SPLIT", encoding.name());
        }
        return encoding;
    }

    private static Encoding level(org.apache.parquet.format.Encoding named) {
        return Encoding.valueOf(named.name());
    }
}
