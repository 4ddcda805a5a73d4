import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.Quantizer;
import io.github.linfhash.codes.Query;
import io.github.linfhash.codes.SearchResult;
import io.github.linfhash.codes.VectorFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A service that embeds linfhash-codes, for the parts of ci/outside.sh.
 *
 * <pre>
 * save FOLDER                    writes index.codes from the codes of a folder
 * nearest FOLDER QUERIES.npy     prints the ids and distances of the 10 nearest of each query in index.codes, on a line
 * distances QUERIES.npy FOLDER...  writes service.bin: the distances of all queries to all codes, float32, then the codes of the queries
 * speed FOLDER QUERIES.npy SECONDS  prints microseconds of CPU time: the median of searches after a warm-up, and the mean of encodings
 * </pre>
 */
public class Service {
    private static final int NEIGHBORS = 10;

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        switch (args[0]) {
            case "save" -> save(folder);
            case "nearest" -> nearest(folder, rows(args[2]));
            case "distances" -> {
                for (int i = 2; i < args.length; i++) {
                    distances(rows(args[1]), Path.of(args[i]));
                }
            }
            case "speed" -> speed(folder, rows(args[2]), (long) (Double.parseDouble(args[3]) * 1e9));
            default -> throw new IllegalArgumentException("expected save, nearest, distances or speed, found " + args[0]);
        }
    }

    private static float[][] rows(String file) throws IOException {
        VectorFile vectors = VectorFile.map(Path.of(file));
        float[][] rows = new float[(int) vectors.size()][vectors.dimension()];
        for (int i = 0; i < rows.length; i++) {
            vectors.copy(i, rows[i]);
        }
        return rows;
    }

    private static void save(Path folder) throws IOException {
        try (CodeIndex codes = CodeIndex.ofFolder(Quantizer.load(folder), folder)) {
            codes.save(folder.resolve("index.codes"));
        }
    }

    private static void nearest(Path folder, float[][] queries) throws IOException {
        try (CodeIndex index = CodeIndex.open(Quantizer.load(folder), folder.resolve("index.codes"))) {
            for (float[] query : queries) {
                SearchResult found = index.search(query, NEIGHBORS);
                for (int rank = 0; rank < NEIGHBORS; rank++) {
                    System.out.print(found.id(rank) + " " + found.distance(rank) + " ");
                }
                System.out.println();
            }
        }
    }

    private static void distances(float[][] queries, Path folder) throws IOException {
        Quantizer quantizer = Quantizer.load(folder);
        try (CodeIndex index = CodeIndex.ofFolder(quantizer, folder)) {
            int bytes = (int) (queries.length * (4 * index.size() + quantizer.bytes()));
            ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (float[] vector : queries) {
                Query query = quantizer.query(vector);
                for (long i = 0; i < index.size(); i++) {
                    out.putFloat(query.distance(index.code(i)));
                }
            }
            for (float[] vector : queries) {
                out.put(quantizer.encode(vector));
            }
            Files.write(folder.resolve("service.bin"), out.array());
        }
    }

    private static void speed(Path folder, float[][] queries, long nanos) throws IOException {
        Quantizer quantizer = Quantizer.load(folder);
        if (Files.notExists(folder.resolve("index.codes"))) {
            save(folder);
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] searches = new long[1 << 20];
        int count = 0;
        int warm = 0;
        try (CodeIndex index = CodeIndex.open(quantizer, folder.resolve("index.codes"))) {
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
        for (int round = 0; round < 20; round++) {
            if (round == 10) {
                before = threads.getCurrentThreadCpuTime();
            }
            for (float[] query : queries) {
                quantizer.encode(query, code, 0);
            }
        }
        double encoding = (threads.getCurrentThreadCpuTime() - before) / 1e3 / (10.0 * queries.length);
        System.out.printf("%.1f %.2f%n", measured[measured.length / 2] / 1e3, encoding);
    }
}
