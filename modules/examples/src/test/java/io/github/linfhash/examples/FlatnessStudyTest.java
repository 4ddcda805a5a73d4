package io.github.linfhash.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.examples.FlatnessStudy.Outcome;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.quantizers.antisparse.AntiSparseMap;
import io.github.linfhash.testing.Blobs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlatnessStudyTest {
    private static final int D = 16;
    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(6, D, 200, 30), 4);
    private static final FlatnessStudy STUDY =
            new FlatnessStudy(BLOBS.train(), BLOBS.test(), Similarity.EUCLIDEAN, List.of(0L, 1L));

    private static Outcome measured(String name, int bits) {
        return STUDY.measure(name, bits).get(0);
    }

    private static double[][] about(FeatureMatrix vectors, double[] mean) {
        return IntStream.range(0, vectors.rows())
                .mapToObj(i -> IntStream.range(0, mean.length)
                        .mapToDouble(j -> vectors.get(i, j) - mean[j])
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double product(double[] a, double[] b) {
        return IntStream.range(0, Math.min(a.length, b.length))
                .mapToDouble(j -> a[j] * b[j])
                .sum();
    }

    /** Eight of sixteen coordinates, everything else by the definitions of {@link FlatnessStudy}. */
    @Test
    void numbersAreThoseOfPlainLoops() {
        int n = 8;
        FeatureMatrix train = BLOBS.train();
        double[] mean = IntStream.range(0, D)
                .mapToDouble(j -> IntStream.range(0, train.rows())
                        .mapToDouble(i -> train.get(i, j))
                        .average()
                        .orElseThrow())
                .toArray();
        double[][] vectors = about(train, mean);
        double[][] queries = about(BLOBS.test(), mean);
        double flatness = 0;
        double predicted = 0;
        double[] error = new double[4];
        double[] recall = new double[2];
        for (double[] vector : vectors) {
            double[] x = Arrays.copyOf(vector, n);
            double c = DoubleStream.of(x).map(Math::abs).sum() / Math.sqrt(n * product(x, x));
            flatness += c / vectors.length;
            predicted += (1 - c * c) / (c * c) / (n - 1) / vectors.length;
        }
        for (double[] query : queries) {
            double[] q = Arrays.copyOf(query, n);
            double[] estimates = new double[vectors.length];
            double[] errors = new double[vectors.length];
            double[] wholes = new double[vectors.length];
            for (int i = 0; i < vectors.length; i++) {
                double[] x = Arrays.copyOf(vectors[i], n);
                double[] signs = DoubleStream.of(x).map(v -> v > 0 ? 1 : -1).toArray();
                estimates[i] = product(x, x) * product(signs, q) / product(signs, x);
                errors[i] = (estimates[i] - product(x, q)) / Math.sqrt(product(x, x) * product(q, q));
                wholes[i] = (estimates[i] - product(vectors[i], query))
                        / Math.sqrt(product(vectors[i], vectors[i]) * product(query, query));
            }
            int[] near = best(i -> product(vectors[i], vectors[i]) - 2 * product(vectors[i], query), 10);
            double ofNear =
                    Arrays.stream(near).mapToDouble(i -> errors[i]).average().orElseThrow();
            error[0] += DoubleStream.of(errors).map(e -> e * e).average().orElseThrow() / queries.length;
            error[1] += Arrays.stream(near)
                            .mapToDouble(i -> (errors[i] - ofNear) * (errors[i] - ofNear))
                            .sum()
                    / 9
                    / queries.length;
            error[2] += (ofNear - DoubleStream.of(errors).average().orElseThrow()) / queries.length;
            error[3] += DoubleStream.of(wholes).map(e -> e * e).average().orElseThrow() / queries.length;
            for (int o = 0; o < 2; o++) {
                List<Integer> found = Arrays.stream(
                                best(i -> product(vectors[i], vectors[i]) - 2 * estimates[i], o == 0 ? 10 : 30))
                        .boxed()
                        .toList();
                recall[o] += Arrays.stream(near).filter(found::contains).count() / 10.0 / queries.length;
            }
        }
        Outcome outcome = measured("identity", n);
        double[] expected = {
            flatness,
            Math.sqrt(predicted),
            Math.sqrt(error[0]),
            Math.sqrt(error[1]),
            error[2],
            Math.sqrt(error[3]),
            recall[0],
            recall[1]
        };
        for (int k = 0; k < expected.length; k++) {
            assertThat(outcome.numbers().get(k)).as("number " + k).isCloseTo(expected[k], within(1e-5));
        }
        assertThat(outcome.recall()).hasSize(1);
        assertThat(DoubleStream.of(outcome.recall().get(0)).average()).hasValue(outcome.number("recall x1"));
    }

    private static int[] best(IntToDoubleFunction distance, int count) {
        return IntStream.range(0, BLOBS.train().rows())
                .boxed()
                .sorted(Comparator.comparingDouble(distance::applyAsDouble))
                .limit(count)
                .mapToInt(i -> i)
                .toArray();
    }

    /** The control has the frame and the components of the flattest x: both are the two solutions of one map. */
    @Test
    void theControlIsTheShortestSolutionInTheSameFrame() {
        double shortest = 0;
        double flattest = 0;
        for (long seed : STUDY.seeds()) {
            AntiSparseMap map = AntiSparseMap.of(BLOBS.train(), 12, 16, 60, new RandomStreams(seed));
            shortest += flatness(map.spread(BLOBS.train())) / 2;
            flattest += flatness(FeatureMatrix.owning(
                            200, 16, map.solve(BLOBS.train()).x()))
                    / 2;
        }
        assertThat(measured("frame-75", 16).number("flatness")).isCloseTo(shortest, within(1e-6));
        assertThat(measured("anti-sparse-75", 16).number("flatness")).isCloseTo(flattest, within(1e-6));
        assertThat(flattest).isGreaterThan(shortest + 0.02);
    }

    private static double flatness(FeatureMatrix x) {
        return Arrays.stream(about(x, new double[x.dimension()]))
                .mapToDouble(
                        row -> DoubleStream.of(row).map(Math::abs).sum() / Math.sqrt(row.length * product(row, row)))
                .average()
                .orElseThrow();
    }

    /** Rotations and shortest solutions keep lengths and products; the flattest x is longer than the vector. */
    @Test
    void errorsOfWholeVectorsAreThoseOfTheirRepresentations() {
        for (String name : List.of("identity", "pca", "rotation", "hadamard", "itq")) {
            Outcome outcome = measured(name, D);
            assertThat(outcome.number("total")).as(name).isCloseTo(outcome.number("error"), within(1e-4));
        }
        Outcome frame = measured("frame-50", 2 * D);
        assertThat(frame.number("total")).isCloseTo(frame.number("error"), within(1e-4));
        Outcome flat = measured("anti-sparse-50", 2 * D);
        assertThat(flat.number("total")).isGreaterThan(flat.number("error"));
        assertThat(STUDY.measure("rotation", 2 * D)).isEmpty();
    }

    private static Outcome outcome(String name, double flatness, double error, double... recall) {
        double mean = DoubleStream.of(recall).average().orElseThrow();
        List<Double> numbers = List.of(flatness, 1 - flatness, error, error, 0.0, error, mean, mean);
        return new Outcome(name, 192, numbers, List.of(recall));
    }

    @Test
    void testsAreTwoSidedAndPaired() {
        double[] frame = {0.5, 0.6, 0.9, 0.7, 0.8};
        double[] flat = {0.4, 0.6, 0.7, 0.6, 0.8};
        List<FlatnessStudy.Test> tests = FlatnessStudy.tests(List.of(
                outcome("pca", 0.7, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1),
                outcome("rotation", 0.8, 0.4, 0.9, 0.9, 0.9, 0.9, 0.9),
                outcome("frame-50", 0.81, 0.3, frame),
                outcome("anti-sparse-50", 0.9, 0.2, flat)));
        assertThat(tests)
                .extracting(FlatnessStudy.Test::name)
                .contains("correlation of flatness and recall x1", "correlation of flatness and recall x1 without pca")
                .endsWith("frame-50 less rotation", "anti-sparse-50 less rotation", "anti-sparse-50 less frame-50")
                .hasSize(13);
        // Recall falls with flatness but for pca: 2 of 6 orders of three are as far from 0.
        assertThat(test(tests, "correlation of flatness and recall x1 without pca")
                        .p())
                .isEqualTo(2 / 6.0);
        assertThat(test(tests, "correlation of flatness and recall x1 without pca")
                        .measured())
                .isEqualTo("-1.00");
        FlatnessStudy.Test paired = test(tests, "anti-sparse-50 less frame-50");
        assertThat(paired.p()).isCloseTo(new TTest().pairedTTest(flat, frame), within(1e-9));
        assertThat(paired.measured()).startsWith("-8.00 (-18").endsWith("to +2.39) points");
    }

    private static FlatnessStudy.Test test(List<FlatnessStudy.Test> tests, String name) {
        return tests.stream()
                .filter(test -> test.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theTablesArePrintedAndWrittenWithHolmsCorrectionOverAllTests(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("x.npy");
        FeatureArrays.write(file, BLOBS.train());
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            FlatnessStudy.main(new String[] {file.toString(), "cosine", "200", "0,1", "10,12", folder + "/out"});
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("180 vectors, 20 queries, seeds [0, 1]")
                .contains(
                        "| representation | bytes | N |",
                        "| `frame-50` | 12 | 32 |",
                        "| 12 | anti-sparse-50 less frame-50 |");
        List<String> rows = Files.readAllLines(folder.resolve("out/flatness.csv"));
        assertThat(rows).hasSize(1 + 9 + 2).first().asString().startsWith("representation,bytes,N,flatness,");
        List<String> tests = Files.readAllLines(folder.resolve("out/tests.csv"));
        double[] p = column(tests, 3);
        double[] corrected = column(tests, 4);
        assertThat(p).hasSize(10 + 7 + 1);
        double largest = 0;
        for (double one : Arrays.stream(p).sorted().distinct().toArray()) {
            double rest = Arrays.stream(p).filter(other -> other >= one).count();
            largest = Math.max(largest, Math.min(1, one * rest));
            for (int k = 0; k < p.length; k++) {
                if (p[k] == one) {
                    assertThat(corrected[k]).isCloseTo(largest, within(1e-12));
                }
            }
        }
    }

    private static double[] column(List<String> lines, int place) {
        return lines.stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[place]))
                .toArray();
    }

    @Test
    void wrongWordsAreRefusedInOneSentence() {
        assertThatThrownBy(() -> FlatnessStudy.main(new String[] {"x.npy", "cosine", "many", "0", "32", "out"}))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("expected x.npy cosine 10000 0,1 32,56 folder, found [x.npy, cosine, many");
        assertThatThrownBy(() -> STUDY.measure("flat", 8))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("found flat");
    }
}
