package io.github.linfhash.formats.columnar;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;

/** Unpacks the pages of Parquet files, whose headers state the unpacked size. */
final class Codec {
    /** The compressions that are read. */
    static final Set<CompressionCodec> READ = Set.of(
            CompressionCodec.UNCOMPRESSED,
            CompressionCodec.SNAPPY,
            CompressionCodec.GZIP,
            CompressionCodec.LZ4_RAW,
            CompressionCodec.ZSTD);

    private Codec() {}

    /**
     * Unpacks bytes.
     *
     * @param codec one of {@link #READ}
     * @param size the number of unpacked bytes
     * @throws IOException if the bytes are not compressed in this way, or unpack to another size
     */
    static byte[] unpack(CompressionCodec codec, byte[] packed, int size) throws IOException {
        return switch (codec) {
            case UNCOMPRESSED -> requireSize(packed.length, size, packed);
            case SNAPPY -> unpackBy(new SnappyDecompressor(), packed, size);
            case GZIP -> unzip(packed, size);
            case LZ4_RAW -> unpackBy(new Lz4Decompressor(), packed, size);
            case ZSTD -> unpackBy(new ZstdDecompressor(), packed, size);
            case LZO, BROTLI, LZ4 -> throw new IllegalArgumentException("a compression that is not read: " + codec);
        };
    }

    private static byte[] unpackBy(Decompressor decompressor, byte[] packed, int size) throws IOException {
        byte[] content = new byte[size];
        int found = decompressor.decompress(packed, 0, packed.length, content, 0, size);
        return requireSize(found, size, content);
    }

    private static byte[] unzip(byte[] packed, int size) throws IOException {
        byte[] content = new byte[size];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            int found = in.readNBytes(content, 0, size);
            return requireSize(in.read() < 0 ? found : size + 1, size, content);
        }
    }

    private static byte[] requireSize(int found, int size, byte[] content) throws IOException {
        if (found != size) {
            throw new IOException("other than the " + size + " bytes that are claimed");
        }
        return content;
    }
}
