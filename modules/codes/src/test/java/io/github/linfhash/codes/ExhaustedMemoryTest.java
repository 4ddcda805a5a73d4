package io.github.linfhash.codes;

import java.io.IOException;
import java.nio.ByteBuffer;
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
        SampleFolders.writeSigns(folder, DIMENSION);
        SampleFolders.assertSilent(Filling.class, folder);
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
