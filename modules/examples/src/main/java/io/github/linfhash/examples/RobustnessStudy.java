package io.github.linfhash.examples;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.BallMetrics;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.evaluation.RankMetrics;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.admm.AdmmSolver;
import io.github.linfhash.encoders.admm.AdmmSolver.StoppingRule;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.dictionary.DictionaryOptions;
import io.github.linfhash.experiment.Experiment;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.MethodRun;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.protocols.protocol.MethodEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.MathArrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * A study of the effects of quantization and damage on codes. Measures theorem 1.1 of the paper, and retrieval with damaged codes, prints both as
 * Markdown and writes quantization.csv and damage.csv.
 *
 * <pre>RobustnessStudy PROTOCOL[=DATA] BITS SEED LEVEL FOLDER [METHOD[:VARIANT]...]</pre>
 *
 * <p>Quantization: N coefficients of signals of norm 1 in the box of half-width lambda = LEVEL / sqrt(N), and by least squares, are rounded
 * to L levels, in a random tight frame, which is the theorem's setting, and in the dictionary that K-SVD learns. Damage: entries of the
 * codes of the database are flipped, or lost and read as 0; the codes of the queries stay whole.
 */
public final class RobustnessStudy {
    private static final List<String> METHODS = List.of("deep-linf", "nnh", "snnh", "ksh");
    private static final StoppingRule STOPPING = new StoppingRule(2_000, 1e-6, 1e-6);
    private static final int MOST_SIGNALS = 500;

    private RobustnessStudy() {}

    /**
     * The errors of rounding to L levels, in the order of the columns; errors are means of Euclidean norms. The range is half of what is divided into
     * L cells; the theorem's bound of the error of x is lambda sqrt(N) / L or sqrt(n) / L, and range sqrt(N) / L holds while none is outside;
     * unfinished are signals that have no solution in the box exact to 1e-6.
     */
    public record Quantized(String representation, int levels, List<Double> numbers) {
        private Object[] row(int bits, String dictionary) {
            Stream<Object> names = Stream.of(bits, dictionary, representation, levels);
            return Stream.concat(names, numbers.stream()).toArray();
        }
    }

    /** Retrieval with damaged codes: mAP, and precision within Hamming radius 2. */
    public record Damaged(String damage, int percent, double map, double precision) {}

    /** Measures, prints and writes. */
    public static void main(String[] words) throws IOException {
        String numbers = words.length < 5 ? "" : words[1] + "," + words[2] + " " + words[3];
        if (!numbers.matches("([1-9]\\d{0,3},)+\\d{1,9} \\d{1,9}([.]\\d{1,9})?")) {
            throw new InputException("expected cifar10 48,64 0 2 folder, found " + List.of(words));
        }
        long seed = Long.parseLong(words[2]);
        List<String> methods = words.length == 5 ? METHODS : List.of(words).subList(5, words.length);
        Path out = Files.createDirectories(Path.of(words[4]));
        String[] of = words[0].split("=", 2);
        Experiment experiment = of.length == 1 ? Experiment.of(of[0]) : Experiment.of(of[0], Path.of(of[1]));
        MethodRegistry registry = MethodRegistry.standard();
        PreparedSplit split = experiment.split(seed);
        List<Object[]> quantized = new ArrayList<>();
        List<Object[]> damaged = new ArrayList<>();
        for (String word : words[1].split(",", -1)) {
            int bits = Integer.parseInt(word);
            double lambda = Double.parseDouble(words[3]) / Math.sqrt(bits);
            UniformRandomProvider random = new RandomStreams(seed).stream("frame");
            Matrix images = Matrix.copyOf(split.training().labeled());
            Matrix frame = tightFrame(Math.max(1, bits / 2), bits, random);
            Matrix drawn = signals(gaussian(Math.min(MOST_SIGNALS, images.rows()), frame.rows(), random));
            quantize(frame, lambda, drawn).forEach(one -> quantized.add(one.row(bits, "random frame")));
            Matrix learned = DictionaryOptions.DEFAULTS.learn(split.training(), bits, TrainingContext.quiet(seed));
            quantize(learned, lambda, signals(images)).forEach(one -> quantized.add(one.row(bits, "k-svd")));
            for (String name : methods) {
                MethodEntry entry = Selection.entry(experiment.protocol(), name);
                ConfiguredMethod<?> method = registry.configure(experiment.protocol(), entry, Map.of());
                HashFunction function = MethodRun.of(method, bits, seed).train(split, Progress.NONE);
                BinaryCodes queries = function.encode(split.queries());
                BinaryCodes database = function.encode(split.database());
                for (Damaged one : damage(queries, database, split.relevance(), new RandomStreams(seed))) {
                    Object[] row = {bits, entry.entry(), one.damage(), one.percent(), one.map(), one.precision()};
                    damaged.add(row);
                }
            }
        }
        String columns = "bits|dictionary|representation|levels|range|outside|error of x|theorem bound|range bound"
                + "|error of D x|error of signal|unfinished";
        String format = "%d | %s | %s | %d" + " | %.4f".repeat(7) + " | %.0f";
        write(out.resolve("quantization.csv"), columns, format, quantized);
        columns = "bits|method|damage|percent|map|precision@2";
        write(out.resolve("damage.csv"), columns, "%d | %s | %s | %d | %.4f | %.4f", damaged);
    }

    private static void write(Path csv, String columns, String format, List<Object[]> rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of(columns.replace('|', ',')));
        System.out.println("\n| " + columns.replace("|", " | ") + " |\n|" + columns.replaceAll("[^|]+", "---") + "|");
        for (Object[] row : rows) {
            System.out.printf(Locale.ROOT, "| " + format + " |%n", row);
            lines.add(String.join(",", Stream.of(row).map(Object::toString).toList()));
        }
        Files.move(Files.write(Path.of(csv + ".part"), lines), csv, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Measures the errors of rounding signals (m x n) in a dictionary (n x N); least squares are of the least norm where there are many. */
    public static List<Quantized> quantize(Matrix dictionary, double lambda, Matrix signals) {
        AdmmSolver.Solution box = new AdmmSolver(dictionary, AdmmSolver.DEFAULT_BETA).solve(signals, lambda, STOPPING);
        int unfinished = box.unfinished().get(box.unfinished().size() - 1);
        Matrix transposed = dictionary.transpose();
        boolean wide = dictionary.columns() > dictionary.rows();
        Matrix gram = wide ? dictionary.times(transposed) : transposed.times(dictionary);
        Matrix inverse = gram.positiveDefiniteInverse();
        Matrix least = signals.times(wide ? inverse.times(dictionary) : dictionary.times(inverse));
        double largest = DoubleStream.of(least.toArray()).map(Math::abs).max().orElseThrow();
        List<Quantized> all = new ArrayList<>();
        for (Represented one : List.of(
                new Represented("box", box.codes(), lambda, lambda * Math.sqrt(dictionary.columns())),
                new Represented("least-squares", least, 1, Math.sqrt(dictionary.rows())),
                new Represented("least-squares-fitted", least, largest, Math.sqrt(dictionary.rows())))) {
            for (int levels : List.of(2, 3, 4, 8, 16, 32, 64)) {
                double[] values = one.x.toArray();
                double outside = DoubleStream.of(values)
                                .filter(v -> Math.abs(v) > one.range)
                                .count()
                        / (double) values.length;
                Arrays.setAll(values, i -> round(values[i], one.range, levels));
                Matrix rounded = Matrix.owning(signals.rows(), dictionary.columns(), values);
                double error = distance(one.x, rounded);
                double proven = one.range * Math.sqrt(dictionary.columns()) / levels;
                double rebuilt = distance(one.x.times(transposed), rounded.times(transposed));
                double signal = distance(signals, rounded.times(transposed));
                double[] numbers = {one.range, outside, error, one.bound / levels, proven, rebuilt, signal, unfinished};
                all.add(new Quantized(
                        one.name, levels, DoubleStream.of(numbers).boxed().toList()));
            }
        }
        return all;
    }

    /** Coefficients, half the range that they are quantized in, and the theorem's bound times L. */
    private record Represented(String name, Matrix x, double range, double bound) {}

    /** The middle of the value's cell, of L equal ones within [-range, range]. */
    static double round(double value, double range, int levels) {
        double cell = Math.floor((value + range) / (2 * range) * levels);
        return ((2 * Math.max(0, Math.min(levels - 1, cell)) + 1) / levels - 1) * range;
    }

    /** The mean Euclidean distance of rows. */
    private static double distance(Matrix a, Matrix b) {
        double[] distances = new double[a.rows()];
        Arrays.setAll(distances, i -> MathArrays.distance(row(a, i), row(b, i)));
        return StatUtils.mean(distances);
    }

    private static double[] row(Matrix matrix, int i) {
        double[] row = new double[matrix.columns()];
        matrix.copyRow(i, row, 0);
        return row;
    }

    /** N vectors in n dimensions, uniform among those with D D' = I: n random orthonormal rows. */
    public static Matrix tightFrame(int dimension, int size, UniformRandomProvider random) {
        Matrix drawn = gaussian(dimension, size, random);
        double[][] rows = new double[dimension][];
        for (int i = 0; i < dimension; i++) {
            rows[i] = row(drawn, i);
            // The second pass over the earlier rows removes what rounding left in the first.
            for (int k = 0; k < 2 * i; k++) {
                double product = MathArrays.linearCombination(rows[i], rows[k % i]);
                rows[i] = MathArrays.ebeSubtract(rows[i], MathArrays.scale(product, rows[k % i]));
            }
            rows[i] = unit(rows[i]);
        }
        return matrix(rows);
    }

    private static Matrix gaussian(int rows, int columns, UniformRandomProvider random) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        return Matrix.owning(
                rows, columns, normal.samples((long) rows * columns).toArray());
    }

    /** At norm 1; zeros stay. */
    private static double[] unit(double[] row) {
        double norm = MathArrays.safeNorm(row);
        return norm == 0 ? row : MathArrays.scale(1 / norm, row);
    }

    /** At most 500 evenly spaced rows, at norm 1. */
    static Matrix signals(Matrix images) {
        double[][] rows = new double[Math.min(MOST_SIGNALS, images.rows())][];
        Arrays.setAll(rows, i -> unit(row(images, (int) ((long) i * images.rows() / rows.length))));
        return matrix(rows);
    }

    private static Matrix matrix(double[][] rows) {
        double[] values = Stream.of(rows).flatMapToDouble(DoubleStream::of).toArray();
        return Matrix.owning(rows.length, rows[0].length, values);
    }

    /** Retrieval with every kind and share of damage; the same entries are damaged whatever made the codes. */
    public static List<Damaged> damage(
            BinaryCodes queries, BinaryCodes database, Relevance relevance, RandomStreams random) {
        List<Damaged> all = new ArrayList<>();
        for (String kind : List.of("flip", "loss")) {
            for (int percent : List.of(0, 1, 2, 5, 10, 20)) {
                UniformRandomProvider draw = random.stream("damage-" + kind + "-" + percent);
                byte[] bytes = database.toBytes();
                for (int k = 0; k < bytes.length; k++) {
                    int mask = 0;
                    for (int b = 0; b < Math.min(8, database.bits() - 8 * (k % ((database.bits() + 7) / 8))); b++) {
                        mask |= draw.nextDouble() < percent / 100.0 ? 1 << b : 0;
                    }
                    bytes[k] = (byte) (kind.equals("flip") ? bytes[k] ^ mask : bytes[k] & ~mask);
                }
                BinaryCodes damaged = BinaryCodes.ofBytes(database.size(), database.bits(), bytes);
                DistanceHistograms found = HammingScan.scan(queries, damaged, relevance);
                double map = new RankMetrics(found).map();
                all.add(new Damaged(
                        kind,
                        percent,
                        map,
                        BallMetrics.at(found, 2, Conventions.STANDARD).precision()));
            }
        }
        return all;
    }
}
