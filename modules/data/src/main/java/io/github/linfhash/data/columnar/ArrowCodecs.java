package io.github.linfhash.data.columnar;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;

/**
 * Unpacks the buffers of Arrow files without native code.
 *
 * @param mostBytes how many bytes a buffer may claim to hold
 */
record ArrowCodecs(long mostBytes) implements CompressionCodec.Factory {
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
