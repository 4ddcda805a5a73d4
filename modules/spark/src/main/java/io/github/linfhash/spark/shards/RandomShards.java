package io.github.linfhash.spark.shards;

import io.github.linfhash.core.codes.BinaryCodes;
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
 * @param folder to write into, a local absolute path; every machine must see it
 * @param bits N
 */
public record RandomShards(String folder, int bits, int classes, long seed) implements Serializable {
    /** Writes the database in files of so many rows, and the queries. */
    public void write(JavaSparkContext context, long rows, int queries, int rowsPerFile) throws IOException {
        forEachFile(
                context,
                rows,
                rowsPerFile,
                (name, count) -> write(Path.of("codes", name), Path.of("labels", name), count));
        write(Path.of("queries.npy"), Path.of("query-labels.npy"), queries);
    }

    /** Writes one file; travels to the machine that does it. */
    @FunctionalInterface
    interface FileContent extends Serializable {
        void write(String name, int rows) throws IOException;
    }

    /** Cuts a database into files of so many rows, each the work of a task. */
    static void forEachFile(JavaSparkContext context, long rows, int rowsPerFile, FileContent content) {
        List<Long> firsts = new ArrayList<>();
        for (long first = 0; first < rows; first += rowsPerFile) {
            firsts.add(first);
        }
        context.parallelize(firsts, firsts.size())
                .foreach(first -> content.write(String.format(Locale.ROOT, "part-%05d.npy", first / rowsPerFile), (int)
                        Math.min(rowsPerFile, rows - first)));
    }

    private void write(Path codes, Path labels, int rows) throws IOException {
        UniformRandomProvider random = new RandomStreams(seed).stream("random-codes-" + codes.getFileName());
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
        CodeArrays.write(Path.of(folder).resolve(codes), BinaryCodes.ofBytes(rows, bits, bytes));
        LabelArrays.write(Path.of(folder).resolve(labels), ClassLabels.of(drawn));
    }
}
