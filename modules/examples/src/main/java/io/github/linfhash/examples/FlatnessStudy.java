package io.github.linfhash.examples;

import io.github.linfhash.codes.RaBitQCodes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.antisparse.AntiSparseMap;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.quantizers.rabitq.RaBitQ;
import io.github.linfhash.quantizers.rotation.HadamardMap;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.quantizers.sign.ItqSign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.MathArrays;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Do flat representations of vectors have good signs? Prints tables as Markdown and writes them as CSV. Theorem 3.2 of RaBitQ (Gao and
 * Long, SIGMOD 2024) bounds the error of N signs by sqrt((1 - c^2) / c^2) / sqrt(N - 1), where c = |x|_1 / (sqrt(N) |x|_2) is the flatness
 * of x: it is 0.798 in random directions, and 1 if all magnitudes are equal.
 *
 * <pre>FlatnessStudy VECTORS cosine|dot|euclidean ROWS SEEDS BYTES FOLDER [REPRESENTATION...]</pre>
 *
 * <p>Each representation gets the same bytes: the signs of its N values, and the two float32 numbers of RaBitQ's estimate, by which all
 * signs are read. {@code anti-sparse-P} is the x of the least maximum norm with D x = y, for a random frame D and the first P N / 100
 * principal components y; {@code frame-P} is its control, the x of the least Euclidean norm in the same frame of the same y. What is
 * random is measured with each seed. Tests are two-sided: differences of recall over the same queries and seeds, and exact ones of rank
 * correlations. Holm's correction is over all of them.
 */
public record FlatnessStudy(FeatureMatrix database, FeatureMatrix queries, Similarity similarity, List<Long> seeds) {
    private static final List<String> ALL =
            List.of("identity pca rotation hadamard itq frame-75 anti-sparse-75 frame-50 anti-sparse-50".split(" "));
    private static final List<String> NUMBERS =
            List.of("flatness", "predicted", "error", "error near", "bias", "total", "recall x1", "recall x3");
    private static final List<String> CORRELATED = List.of(
            "predicted,error", "flatness,recall x1", "error,recall x1", "error near,recall x1", "total,recall x1");
    /** The flattest x less its control, which leave out the same; either less what leaves out less; a learned rotation. */
    private static final String COMPARED = "anti-sparse-(\\d+) less frame-\\1|(frame|anti-sparse|itq).* less rotation";

    public FlatnessStudy {
        database = PreparedVectors.of(similarity, database, "database");
        queries = PreparedVectors.of(similarity, queries, "queries");
    }

    /**
     * The measurements of a representation of N bits.
     *
     * @param numbers means over seeds: c = |x|_1 / (sqrt(N) |x|_2), the error that RaBitQ's bound makes of it, the errors of the signs as
     *     {@link EstimateErrors} has them, that with what is left out, and recall at x1 and x3
     * @param recall at x1, for each seed that of each query
     */
    public record Outcome(String name, int bits, List<Double> numbers, List<double[]> recall) {
        /** One of the numbers, by its column. */
        public double number(String column) {
            return numbers.get(NUMBERS.indexOf(column));
        }

        private Object[] row() {
            CrossedMean all = crossed(recall, CrossedMean.Range.FRACTION);
            List<Object> row = new ArrayList<>(List.of(name, bits / 8 + RaBitQ.SIDE_BYTES, bits));
            row.addAll(numbers.subList(0, 6));
            row.addAll(List.of(100 * all.mean(), 100 * (all.mean() - all.low()), 100 * number("recall x3")));
            return row.toArray();
        }
    }

    /** A test and its two-sided p, not corrected. */
    public record Test(int bits, String name, String measured, double p) {}

    /** Measures, prints and writes. */
    public static void main(String[] words) throws IOException {
        String numbers = words.length < 6 ? "" : words[1] + " " + words[2] + " " + words[3] + "," + words[4];
        if (!numbers.matches("(cosine|dot|euclidean) \\d{2,9} \\d{1,9}(,\\d{1,9})+")) {
            throw new InputException("expected x.npy cosine 10000 0,1 32,56 folder, found " + List.of(words));
        }
        FeatureMatrix all = FeatureFiles.read(Path.of(words[0]), Progress.NONE);
        List<Long> seeds = Stream.of(words[3].split(",")).map(Long::valueOf).toList();
        int rows = Math.min(all.rows(), Integer.parseInt(words[2]));
        int asked = Math.min(1000, rows / 10);
        RandomStreams random = new RandomStreams(seeds.get(0));
        int[] order = new PermutationSampler(random.stream("queries"), all.rows(), rows).sample();
        FeatureMatrix database = all.select(Arrays.copyOfRange(order, asked, rows));
        Similarity similarity = Similarity.valueOf(words[1].toUpperCase(Locale.ROOT));
        FlatnessStudy study = new FlatnessStudy(database, all.select(Arrays.copyOf(order, asked)), similarity, seeds);
        List<Object[]> outcomes = new ArrayList<>();
        List<Test> tests = new ArrayList<>();
        for (String bytes : words[4].split(",", -1)) {
            List<Outcome> some = new ArrayList<>();
            for (String name : words.length == 6 ? ALL : List.of(words).subList(6, words.length)) {
                some.addAll(study.measure(name, 8 * (Integer.parseInt(bytes) - RaBitQ.SIDE_BYTES)));
            }
            some.forEach(outcome -> outcomes.add(outcome.row()));
            tests.addAll(tests(some));
        }
        double[] corrected = Holm.adjust(tests.stream().mapToDouble(Test::p).toArray());
        List<Object[]> tested = new ArrayList<>();
        for (Test t : tests) {
            int bytes = t.bits() / 8 + RaBitQ.SIDE_BYTES;
            tested.add(new Object[] {bytes, t.name(), t.measured(), t.p(), corrected[tested.size()]});
        }
        System.out.println(rows - asked + " vectors, " + asked + " queries, seeds " + seeds);
        String columns = "representation|bytes|N|" + String.join("|", NUMBERS).replace("x1", "x1|±");
        String format = "`%s` | %d | %d | %.3f" + " | %.4f".repeat(3) + " | %+.4f | %.4f" + " | %.1f".repeat(3);
        Path folder = Files.createDirectories(Path.of(words[5]));
        write(folder.resolve("flatness.csv"), columns, format, outcomes);
        String ofTests = "%d | %s | %s | %.2g | %.2g";
        write(folder.resolve("tests.csv"), "bytes|test|measured|p|p corrected", ofTests, tested);
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

    /** The mean of values of the same queries under several seeds. */
    private static CrossedMean crossed(List<double[]> ofSeeds, CrossedMean.Range range) {
        return CrossedMean.crossed(new double[][][] {ofSeeds.toArray(double[][]::new)}, range)
                .orElseThrow();
    }

    /** The tests of representations of equal bytes. */
    public static List<Test> tests(List<Outcome> outcomes) {
        List<Test> tests = new ArrayList<>();
        List<Outcome> rest =
                outcomes.stream().filter(o -> !o.name().equals("pca")).toList();
        for (List<Outcome> some : Stream.of(outcomes, rest).distinct().toList()) {
            for (String pair : some.size() < 3 ? List.<String>of() : CORRELATED) {
                String[] columns = pair.split(",", -1);
                RankCorrelation found = RankCorrelation.of(
                        some.stream().mapToDouble(one -> one.number(columns[0])).toArray(),
                        some.stream().mapToDouble(one -> one.number(columns[1])).toArray());
                String name = "correlation of " + pair.replace(",", " and ") + (some == rest ? " without pca" : "");
                tests.add(
                        new Test(some.get(0).bits(), name, String.format(Locale.ROOT, "%.2f", found.rho()), found.p()));
            }
        }
        for (Outcome a : outcomes) {
            for (Outcome b : outcomes) {
                String name = a.name() + " less " + b.name();
                if (name.matches(COMPARED)) {
                    List<double[]> differences = IntStream.range(0, a.recall().size())
                            .mapToObj(i -> MathArrays.ebeSubtract(
                                    a.recall().get(i), b.recall().get(i)))
                            .toList();
                    CrossedMean mean = crossed(differences, CrossedMean.Range.DIFFERENCE);
                    Object[] points = {100 * mean.mean(), 100 * mean.low(), 100 * mean.high()};
                    String measured = String.format(Locale.ROOT, "%+.2f (%+.2f to %+.2f) points", points);
                    tests.add(new Test(a.bits(), name, measured, mean.p(0)));
                }
            }
        }
        return tests;
    }

    /** Measures a representation; nothing where there is none of so many values. */
    public List<Outcome> measure(String name, int bits) {
        float[] mean = LinearMap.mean(database);
        float[] terms = PreparedVectors.terms(similarity, database, mean);
        FloatNeighbors near = FloatNeighbors.find(database, queries, 10, similarity);
        FeatureMatrix vectors = LinearMap.first(mean.length, mean).apply(database);
        FeatureMatrix asked = LinearMap.first(mean.length, mean).apply(queries);
        double[] sums = new double[NUMBERS.size()];
        List<double[]> recall = new ArrayList<>();
        for (long seed : name.matches("identity|pca") ? seeds.subList(0, 1) : seeds) {
            List<FeatureMatrix> both = represent(name, bits, mean, new RandomStreams(seed));
            if (both.isEmpty()) {
                return List.of();
            }
            RaBitQCodes codes = RaBitQ.gridCodes(both.get(0), 1, terms);
            Quantizer.Estimates estimates = RaBitQ.estimated(codes, UnaryOperator.identity(), 0, similarity)
                    .estimates(both.get(1));
            EstimateErrors own = EstimateErrors.of(both.get(0), both.get(1), estimates, terms, similarity, near);
            EstimateErrors all = EstimateErrors.of(vectors, asked, estimates, terms, similarity, near);
            double[] flat = flatness(both.get(0));
            double[] errors = {flat[0], flat[1], own.error(), own.nearError(), own.bias(), all.error()};
            double[][] found = new NeighborRecall(List.of(1, 3)).of(near, codes.size(), estimates);
            double[] shares = {StatUtils.mean(found[0]), StatUtils.mean(found[1])};
            sums = MathArrays.ebeAdd(sums, MathArrays.concatenate(errors, shares));
            recall.add(found[0]);
        }
        double[] means = MathArrays.scale(1.0 / recall.size(), sums);
        return List.of(new Outcome(name, bits, DoubleStream.of(means).boxed().toList(), recall));
    }

    /** The database and the queries in N values, so that products of both are those of the vectors, but for what is left out. */
    private List<FeatureMatrix> represent(String name, int n, float[] mean, RandomStreams random) {
        String kind = name.replaceFirst("(?<=frame|sparse)-\\d\\d$", "");
        int d = mean.length;
        int kept = kind.equals(name) ? n : n * Integer.parseInt(name.substring(kind.length() + 1)) / 100;
        if (n < 2 || kept < 1 || kept > d) {
            return List.of();
        }
        UnaryOperator<FeatureMatrix> map = switch (kind) {
            case "identity" -> LinearMap.first(n, mean)::apply;
            case "pca" -> LinearMap.of(LinearMap.principalComponents(database, n), mean)::apply;
            case "rotation" -> LinearMap.rotatedComponents(database, n, mean, random)::apply;
            case "hadamard" -> {
                HadamardMap blocks = HadamardMap.inBlocks(new float[n], random.stream("hadamard"));
                LinearMap y = n < d
                        ? LinearMap.of(LinearMap.principalComponents(database, n), mean)
                        : LinearMap.first(n, mean);
                yield vectors -> blocks.apply(y.apply(vectors));
            }
            case "itq" ->
                new ItqSign(new ItqSign.Options(n, 50, 16_384, Distance.ASYMMETRIC)).map(database, random)::apply;
            case "frame" -> AntiSparseMap.of(database, kept, n, 1, random)::spread;
            case "anti-sparse" -> {
                AntiSparseMap frame = AntiSparseMap.of(database, kept, n, 60, random);
                FeatureMatrix flattest = FeatureMatrix.owning(
                        database.rows(), n, frame.solve(database).x());
                // Queries are spread as by frame: (x, D'q) = (y, q) for every x with D x = y.
                yield vectors -> vectors.equals(database) ? flattest : frame.spread(vectors);
            }
            default -> throw new InputException("expected representations of " + ALL + ", found " + name);
        };
        return List.of(map.apply(database), map.apply(queries));
    }

    /** The mean of c over the vectors that are not 0, and the error that is predicted of it. */
    private static double[] flatness(FeatureMatrix x) {
        float[] squares = PreparedVectors.terms(Similarity.EUCLIDEAN, x, new float[x.dimension()]);
        double[] c = new double[squares.length];
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j < x.dimension() && squares[i] > 0; j++) {
                c[i] += Math.abs(x.get(i, j)) / Math.sqrt((double) squares[i] * x.dimension());
            }
        }
        double[] known = DoubleStream.of(c).filter(one -> one > 0).toArray();
        double[] spread = DoubleStream.of(known)
                .map(one -> Math.max(0, 1 / one / one - 1))
                .toArray();
        return new double[] {StatUtils.mean(known), Math.sqrt(StatUtils.mean(spread) / (x.dimension() - 1))};
    }
}
