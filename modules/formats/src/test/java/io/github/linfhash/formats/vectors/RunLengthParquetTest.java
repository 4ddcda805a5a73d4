package io.github.linfhash.formats.vectors;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.testing.fuzz.FuzzTarget;
import io.github.linfhash.testing.fuzz.InputOracle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parquet files in which a run of equal values takes a few bytes, however long it is. */
class RunLengthParquetTest {
    private static final int RUN = 250_000;
    private static final List<Integer> WORDS = List.of(7, 8, 9, 3);

    @TempDir
    Path folder;

    /**
     * A column of int32 whose values are runs of the words of a dictionary, in one page of one group.
     *
     * @param run how long each run is
     * @param claimed how many rows the file claims to have, everywhere
     */
    private static byte[] file(long run, long claimed) throws IOException {
        ByteBuffer dictionary = ByteBuffer.allocate(4 * WORDS.size()).order(ByteOrder.LITTLE_ENDIAN);
        WORDS.forEach(dictionary::putInt);
        ByteArrayOutputStream indices = new ByteArrayOutputStream();
        indices.write(2); // bits of an index
        for (int word = 0; word < WORDS.size(); word++) {
            for (long left = 2 * run; ; left >>>= 7) {
                indices.write((int) (left & 0x7f) | (left > 0x7f ? 0x80 : 0));
                if (left <= 0x7f) {
                    break;
                }
            }
            indices.write(word);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        PageHeader words = new PageHeader(PageType.DICTIONARY_PAGE, dictionary.capacity(), dictionary.capacity());
        words.setDictionary_page_header(new DictionaryPageHeader(WORDS.size(), Encoding.PLAIN));
        Util.writePageHeader(words, out);
        out.writeBytes(dictionary.array());
        int dataAt = out.size();
        PageHeader data = new PageHeader(PageType.DATA_PAGE, indices.size(), indices.size());
        data.setData_page_header(
                new DataPageHeader((int) claimed, Encoding.RLE_DICTIONARY, Encoding.RLE, Encoding.RLE));
        Util.writePageHeader(data, out);
        out.writeBytes(indices.toByteArray());
        int bytes = out.size() - 4;
        ColumnMetaData column = new ColumnMetaData(
                Type.INT32,
                List.of(Encoding.PLAIN, Encoding.RLE_DICTIONARY),
                List.of("y"),
                CompressionCodec.UNCOMPRESSED,
                claimed,
                bytes,
                bytes,
                dataAt);
        column.setDictionary_page_offset(4);
        ColumnChunk chunk = new ColumnChunk(4);
        chunk.setMeta_data(column);
        SchemaElement root = new SchemaElement("schema");
        root.setNum_children(1);
        SchemaElement leaf = new SchemaElement("y");
        leaf.setType(Type.INT32);
        leaf.setRepetition_type(FieldRepetitionType.REQUIRED);
        FileMetaData metadata = new FileMetaData(
                1, List.of(root, leaf), claimed, List.of(new RowGroup(List.of(chunk), bytes, claimed)));
        int footerAt = out.size();
        Util.writeFileMetaData(metadata, out);
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(out.size() - footerAt)
                .array());
        out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private Path write(long run, long claimed) throws IOException {
        return Files.write(folder.resolve("runs.parquet"), file(run, claimed));
    }

    @Test
    void aMillionLabelsMayTakeTwoHundredBytes() throws IOException {
        Path file = write(RUN, 4 * RUN);
        assertThat(Files.size(file)).isLessThan(400);
        int[] expected = new int[4 * RUN];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = WORDS.get(i / RUN);
        }
        assertThat(LabelFiles.read(file, Progress.NONE).labels()).isEqualTo(ClassLabels.of(expected));
        FeatureMatrix features = FeatureFiles.read(file, Progress.NONE);
        assertThat(features.rows()).isEqualTo(expected.length);
        assertThat(features.get(RUN - 1, 0)).isEqualTo(7);
        assertThat(features.get(RUN, 0)).isEqualTo(8);
        assertThat(features.get(4 * RUN - 1, 0)).isEqualTo(3);
    }

    /** Claims of which the first fit into memory, though the values are not there, and the others do not. */
    @ParameterizedTest
    @CsvSource({"200000000", "2147483647"})
    void claimsTakeNoMemoryBeforeTheValuesAreThere(long claimed) throws IOException {
        byte[] hostile = file(1000, claimed);
        List<FuzzTarget.FileReader> readers =
                List.of(path -> LabelFiles.read(path, Progress.NONE), path -> FeatureFiles.read(path, Progress.NONE));
        for (FuzzTarget.FileReader reader : readers) {
            FuzzTarget target = FuzzTarget.ofFile("runs", "runs.parquet", reader, Map::of);
            assertThat(InputOracle.feed(target, folder, hostile)).contains("runs.parquet", "expected", "found");
        }
    }

    /** Values that are there, but of which too many are for this heap. */
    @Test
    void refusesMoreThanFitsIntoMemory() throws IOException {
        long run = Runtime.getRuntime().maxMemory() / 4 / WORDS.size() + 1;
        if (4 * run > Integer.MAX_VALUE) {
            run = Integer.MAX_VALUE / 4;
        }
        Path file = write(run, 4 * run);
        assertOneSentence(() -> LabelFiles.read(file, Progress.NONE), "runs.parquet", "LINFHASH_HEAP");
        assertOneSentence(() -> FeatureFiles.read(file, Progress.NONE), "runs.parquet", "LINFHASH_HEAP");
    }
}
