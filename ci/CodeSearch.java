import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.codes.VectorFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Times linfhash-codes: searches for the 10 nearest of one query, and encodings of one vector, in microseconds of CPU time of one thread. Prints
 * the median of searches after a warm-up, and the mean of encodings. Arguments: the folder of a quantizer, queries.npy, seconds.
 */
public class CodeSearch {
    private static final int NEIGHBORS = 10;

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        FittedQuantizer quantizer = FittedQuantizer.load(folder);
        Path file = folder.resolve("index.codes");
        if (Files.notExists(file)) {
            try (CodeIndex codes = CodeIndex.ofFolder(quantizer, folder)) {
                codes.save(file);
            }
        }
        VectorFile vectors = VectorFile.map(Path.of(args[1]));
        float[][] queries = new float[(int) vectors.size()][vectors.dimension()];
        for (int i = 0; i < queries.length; i++) {
            vectors.copy(i, queries[i]);
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = (long) (Double.parseDouble(args[2]) * 1e9);
        long[] searches = new long[1 << 20];
        int count = 0;
        int warm = 0;
        try (CodeIndex index = CodeIndex.open(quantizer, file)) {
            long start = System.nanoTime();
            for (long now = start; now < start + 2 * nanos; now = System.nanoTime()) {
                if (now < start + nanos) {
                    warm = count;
                }
                long before = threads.getCurrentThreadCpuTime();
                index.search(queries[count % queries.length], NEIGHBORS);
                searches[count++] = threads.getCurrentThreadCpuTime() - before;
            }
        }
        long[] measured = Arrays.copyOfRange(searches, warm, count);
        Arrays.sort(measured);
        byte[] code = new byte[quantizer.bytes()];
        long before = 0;
        int encoded = 0;
        for (int round = 0; round < 20; round++) {
            if (round == 10) {
                before = threads.getCurrentThreadCpuTime();
                encoded = 0;
            }
            for (float[] query : queries) {
                quantizer.encode(query, code, 0);
                encoded++;
            }
        }
        System.out.printf(
                "%.1f %.2f%n",
                measured[measured.length / 2] / 1e3, (threads.getCurrentThreadCpuTime() - before) / 1e3 / encoded);
    }
}
