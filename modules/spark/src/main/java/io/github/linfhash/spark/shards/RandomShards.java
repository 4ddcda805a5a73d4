package io.github.linfhash.spark.shards;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.LabelArrays;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Uniformly random codes and classes. Each file has a stream of its own, "random-codes-FILE", so that the content depends
 * on the seed and the sizes alone.
 *
 * @param folder to write into
 * @param bits N
 */
public record RandomShards(TaskFolder folder, int bits, int classes, long seed) implements Serializable {
    private static final String CODES = "codes";
    private static final String LABELS = "labels";

    /** Writes the database in files of so many rows, and the queries; gives the names of the files in the folder. */
    public List<String> write(JavaSparkContext context, long rows, int queries, int rowsPerFile) throws IOException {
        folder.make(List.of(CODES, LABELS));
        List<String> written = forEachFile(
                context, rows, rowsPerFile, (name, count) -> write(CODES + "/" + name, LABELS + "/" + name, count));
        written.addAll(write("queries.npy", "query-labels.npy", queries));
        return written;
    }

    /** Writes one part of a database; travels to the machine that does it. */
    @FunctionalInterface
    interface PartWriter extends Serializable {
        /** Writes so many rows into files of that name; gives their names in the folder. */
        List<String> write(String name, int rows) throws IOException;
    }

    /** Cuts a database into files of so many rows, each the work of a task; gives the names of all. */
    static List<String> forEachFile(JavaSparkContext context, long rows, int rowsPerFile, PartWriter writer) {
        List<Long> firsts = new ArrayList<>();
        for (long first = 0; first < rows; first += rowsPerFile) {
            firsts.add(first);
        }
        return new ArrayList<>(context.parallelize(firsts, firsts.size())
                .flatMap(first -> {
                    String name = String.format(Locale.ROOT, "part-%05d.npy", first / rowsPerFile);
                    return writer.write(name, (int) Math.min(rowsPerFile, rows - first))
                            .iterator();
                })
                .collect());
    }

    private List<String> write(String codes, String labels, int rows) throws IOException {
        Path file = folder.file(codes);
        UniformRandomProvider random = new RandomStreams(seed).stream("random-codes-" + file.getFileName());
        int width = (bits + 7) / 8;
        byte[] bytes = new byte[Math.multiplyExact(rows, width)];
        random.nextBytes(bytes);
        int used = bits - 8 * (width - 1);
        for (int last = width - 1; last < bytes.length; last += width) {
            bytes[last] = (byte) (bytes[last] & (1 << used) - 1);
        }
        int[] drawn = new int[rows];
        for (int i = 0; i < rows; i++) {
            drawn[i] = random.nextInt(classes);
        }
        CodeArrays.write(file, BinaryCodes.ofBytes(rows, bits, bytes));
        LabelArrays.write(folder.file(labels), ClassLabels.of(drawn));
        return List.of(codes, labels);
    }
}
