package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index goes on after memory has ended while a code was added: no later id gets the code of another one. */
class ExhaustedMemoryTest {
    private static final int DIMENSION = 1 << 16;
    private static final int LATER = 1000;

    @TempDir
    private Path folder;

    @Test
    void idsKeepTheirCodesAfterMemoryHasEnded() throws Exception {
        Files.writeString(
                folder.resolve("quantizer.json"),
                "{\"schema\": \"linfhash-quantizer/1\", \"quantizer\": \"sign\", \"options\": {\"distance\": \"hamming\"}, "
                        + "\"similarity\": \"euclidean\", \"vectors\": {\"dimension\": " + DIMENSION + "}, \"bytes\": "
                        + DIMENSION / 8 + ", \"codes\": {\"numbers\": " + DIMENSION
                        + ", \"bits\": 1}, \"arrays\": {}}");
        Process process = Appender.java(Filling.class, folder.toString());
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("");
        assertThat(process.waitFor()).isZero();
    }

    /** A process that puts codes of 8 KiB until its memory ends, frees some, and puts more. */
    static final class Filling {
        private Filling() {}

        public static void main(String[] args) throws IOException {
            FittedQuantizer quantizer = FittedQuantizer.load(Path.of(args[0]));
            byte[][] freed = {new byte[LATER * DIMENSION / 8 + (4 << 20)]};
            byte[] code = new byte[quantizer.bytes()];
            try (CodeIndex index = CodeIndex.empty(quantizer)) {
                long count = 0;
                long last = Long.MAX_VALUE;
                while (count < last) {
                    ByteBuffer.wrap(code).putLong(0, count);
                    try {
                        index.putCode(3 * count, code);
                        count++;
                    } catch (OutOfMemoryError e) {
                        if (freed[0].length == 0) {
                            throw e;
                        }
                        freed[0] = new byte[0];
                        last = count + LATER;
                    }
                }
                if (index.size() != count) {
                    System.out.println("expected " + count + " codes, found " + index.size());
                }
                for (long i = 0; i < count; i++) {
                    long found = ByteBuffer.wrap(index.code(3 * i)).getLong(0);
                    if (found != i) {
                        System.out.println("id " + 3 * i + ": expected code " + i + ", found " + found);
                    }
                }
            }
        }
    }
}
