import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Writes random data for the commands of {@code linfhash spark}: uniformly random codes of 64 bits in {@code codes} with 10 classes in
 * {@code labels}, and queries.npy with query-labels.npy; or vectors of independent standard normal values in {@code features}, and
 * queries.npy. Started by ci/spark-cluster.inc: RandomFolders codes|vectors OUT ROWS ROWS-OF-FILE QUERIES [DIMENSION]
 */
final class RandomFolders {
    private static final int BITS = 64;
    private static final int CLASSES = 10;

    private final Path out;
    private final int dimension;

    private RandomFolders(Path out, int dimension) {
        this.out = out;
        this.dimension = dimension;
    }

    public static void main(String[] args) throws IOException {
        boolean codes = args[0].equals("codes");
        RandomFolders folders = new RandomFolders(Path.of(args[1]), codes ? 0 : Integer.parseInt(args[5]));
        long rows = Long.parseLong(args[2]);
        int rowsOfFile = Integer.parseInt(args[3]);
        for (String folder : codes ? new String[] {"codes", "labels"} : new String[] {"features"}) {
            Files.createDirectories(folders.out.resolve(folder));
        }
        for (long first = 0; first < rows; first += rowsOfFile) {
            String name = String.format("part-%05d.npy", first / rowsOfFile);
            int count = (int) Math.min(rowsOfFile, rows - first);
            if (codes) {
                folders.writeCodes("codes/" + name, "labels/" + name, count);
            } else {
                folders.writeVectors("features/" + name, count);
            }
        }
        int queries = Integer.parseInt(args[4]);
        if (codes) {
            folders.writeCodes("queries.npy", "query-labels.npy", queries);
        } else {
            folders.writeVectors("queries.npy", queries);
        }
    }

    /** Each file has a stream of its own, so that its content does not depend on the number of files. */
    private static UniformRandomProvider random(String kind, Path file) {
        return new RandomStreams(0).stream("random-" + kind + "-" + file.getFileName());
    }

    private void writeCodes(String codes, String labels, int rows) throws IOException {
        Path file = out.resolve(codes);
        UniformRandomProvider random = random("codes", file);
        byte[] bytes = new byte[Math.multiplyExact(rows, BITS / 8)];
        random.nextBytes(bytes);
        int[] drawn = random.ints(rows, 0, CLASSES).toArray();
        CodeArrays.write(file, BinaryCodes.ofBytes(rows, BITS, bytes));
        LabelArrays.write(out.resolve(labels), ClassLabels.of(drawn));
    }

    private void writeVectors(String name, int rows) throws IOException {
        Path file = out.resolve(name);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random("vectors", file));
        float[] values = new float[Math.multiplyExact(rows, dimension)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) normal.sample();
        }
        FeatureArrays.write(file, FeatureMatrix.owning(rows, dimension, values));
    }
}
