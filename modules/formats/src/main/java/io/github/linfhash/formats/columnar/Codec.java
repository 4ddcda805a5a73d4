package io.github.linfhash.formats.columnar;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The compression of a page of a Parquet file, whose header states the unpacked size. */
enum Codec {
    NONE {
        @Override
        byte[] unpack(byte[] packed, int size) throws IOException {
            return requireSize(packed.length, size, packed);
        }
    },
    SNAPPY {
        @Override
        byte[] unpack(byte[] packed, int size) throws IOException {
            return unpackBy(new SnappyDecompressor(), packed, size);
        }
    },
    GZIP {
        @Override
        byte[] unpack(byte[] packed, int size) throws IOException {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                return readAll(in, size);
            }
        }
    },
    /** A block without a frame. */
    LZ4_BLOCK {
        @Override
        byte[] unpack(byte[] packed, int size) throws IOException {
            return unpackBy(new Lz4Decompressor(), packed, size);
        }
    },
    ZSTD {
        @Override
        byte[] unpack(byte[] packed, int size) throws IOException {
            return unpackBy(new ZstdDecompressor(), packed, size);
        }
    };

    /**
     * Unpacks bytes.
     *
     * @param size the number of unpacked bytes
     * @throws IOException if the bytes are not compressed in this way, or unpack to another size
     */
    abstract byte[] unpack(byte[] packed, int size) throws IOException;

    private static byte[] unpackBy(Decompressor decompressor, byte[] packed, int size) throws IOException {
        byte[] content = new byte[size];
        int found = decompressor.decompress(packed, 0, packed.length, content, 0, size);
        return requireSize(found, size, content);
    }

    private static byte[] readAll(InputStream in, int size) throws IOException {
        byte[] content = new byte[size];
        int found = in.readNBytes(content, 0, size);
        return requireSize(in.read() < 0 ? found : size + 1, size, content);
    }

    private static byte[] requireSize(int found, int size, byte[] content) throws IOException {
        if (found != size) {
            throw new IOException("other than the " + size + " bytes that are claimed");
        }
        return content;
    }
}
