import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.InvalidFileException;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.codes.Query;
import io.github.linfhash.codes.SearchResult;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * Searches an index that is larger than the heap. Started by ci/codes.sh: LargeIndex FOLDER BYTES, where FOLDER has a quantizer whose
 * codes have no numbers beside them; its codes are replaced by random ones.
 */
final class LargeIndex {
    private static final int K = 10;
    private static final int QUERIES = 5;

    private LargeIndex() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        FittedQuantizer quantizer = FittedQuantizer.load(folder);
        int width = quantizer.bytes();
        int count = (int) (Long.parseLong(args[1]) / width);
        long start = System.nanoTime();
        writeCodes(folder.resolve("codes.npy"), count, width);
        start = time("random codes written: " + count + " of " + width + " bytes", start);
        CodeIndex exported = CodeIndex.ofFolder(quantizer, folder);
        start = time("folder mapped and checked", start);
        Path file = folder.resolve("index.codes");
        exported.save(file);
        start = time("saved: " + Files.size(file) + " bytes", start);
        CodeIndex index = CodeIndex.open(quantizer, file);
        start = time("opened and checked", start);
        SplittableRandom random = new SplittableRandom(3);
        float[] query = new float[quantizer.dimension()];
        for (int q = 0; q < QUERIES; q++) {
            for (int j = 0; j < query.length; j++) {
                query[j] = (float) (random.nextDouble() - 0.5);
            }
            start = System.nanoTime();
            SearchResult found = index.search(query, K);
            time("query " + q + ": nearest " + found.id(0) + " at " + found.distance(0), start);
            if (q == 0) {
                requireBruteForce(file, count, quantizer.query(query), width, found);
            }
        }
        requireDamageFound(quantizer, file);
        Runtime runtime = Runtime.getRuntime();
        System.out.println("heap: at most " + (runtime.maxMemory() >> 20) + " MiB, now "
                + (runtime.totalMemory() - runtime.freeMemory() >> 20) + " MiB in use");
    }

    private static long time(String what, long start) {
        long now = System.nanoTime();
        System.out.printf("%s, %.2f s%n", what, (now - start) / 1e9);
        return now;
    }

    private static void writeCodes(Path file, int count, int width) throws IOException {
        String text = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + count + ", " + width + "), }";
        byte[] header = (text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        SplittableRandom random = new SplittableRandom(1);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length, 0});
            out.write(header);
            byte[] code = new byte[width];
            for (int i = 0; i < count; i++) {
                random.nextBytes(code);
                out.write(code);
            }
        }
    }

    /** Reads the file without the index, code by code, and keeps the nearest in a sorted list. */
    private static void requireBruteForce(Path file, int count, Query query, int width, SearchResult found)
            throws IOException {
        float[] distances = new float[K + 1];
        long[] ids = new long[K + 1];
        int size = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            in.skipNBytes(192);
            byte[] code = new byte[width];
            for (int i = 0; i < count; i++) {
                in.readFully(code);
                float distance = query.distance(code);
                if (size == K && distance >= distances[K - 1]) {
                    continue;
                }
                int at = Math.min(size, K);
                for (; at > 0 && distance < distances[at - 1]; at--) {
                    distances[at] = distances[at - 1];
                    ids[at] = ids[at - 1];
                }
                distances[at] = distance;
                ids[at] = i;
                size = Math.min(K, size + 1);
            }
        }
        for (int rank = 0; rank < K; rank++) {
            if (ids[rank] != found.id(rank) || distances[rank] != found.distance(rank)) {
                throw new AssertionError("rank " + rank + ": expected " + ids[rank] + ", found " + found.id(rank));
            }
        }
        System.out.println("brute force finds the same " + K);
    }

    private static void requireDamageFound(FittedQuantizer quantizer, Path file) throws IOException {
        long place = Files.size(file) / 2;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, place);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 16)}), place);
        }
        try {
            CodeIndex.open(quantizer, file);
        } catch (InvalidFileException e) {
            System.out.println("one flipped bit is found: " + e.getMessage());
            return;
        }
        throw new AssertionError("a flipped bit was not found");
    }
}
