package io.github.linfhash.advisor.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.advisor.export.AdviceSentences;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.random.Shuffle;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The choices of advice, and the recall that it promises. */
class AdvisorChoiceTest {
    private static final int ROWS = 5000;
    private static final int QUERIES = 1000;
    private static final int FEW_ROWS = 1000;

    /** 0.99 can be shown with no fewer than 736. */
    private static final int FEW_QUERIES = 750;

    private static final Set<String> SLOW = Set.of("anti-sparse", "rq");
    private static final Set<String> SLOWER = Set.of("anti-sparse", "rq", "opq", "itq", "turboquant");

    private static FeatureMatrix groups(int rows, int dimension, int count, double spread, long seed) {
        RandomStreams random = new RandomStreams(seed);
        double[][] centers = Matrices.gaussian(count, dimension, random.stream("centers"));
        double[][] noise = Matrices.gaussian(rows, dimension, random.stream("noise"));
        UniformRandomProvider group = random.stream("groups");
        float[] values = new float[rows * dimension];
        for (int i = 0; i < rows; i++) {
            double[] center = centers[group.nextInt(count)];
            for (int j = 0; j < dimension; j++) {
                values[i * dimension + j] = (float) (center[j] + spread * noise[i][j]);
            }
        }
        return FeatureMatrix.owning(rows, dimension, values);
    }

    /** The first vectors are queries. */
    private static AdviceData vectors(FeatureMatrix all, int queries) {
        int given = all.rows() - queries;
        Advisor.Division division = Advisor.Division.of(given, given, 10);
        return AdvisorTest.drawn(all, new QuerySampling(queries, division, 0, all.rows()), null);
    }

    private static Advice advice(
            FeatureMatrix all, int queries, List<Integer> bytes, Set<String> without, boolean screened)
            throws IOException {
        List<Advisor.Source> sources = Quantizers.ALL.stream()
                .filter(spec -> !without.contains(spec.name()))
                .<Advisor.Source>map(spec -> (dimension, most) -> spec.within(dimension, most).stream()
                        .filter(QuantizerSpec.Configured::standard)
                        .toList())
                .toList();
        return new Advisor(new AdviceRequest.Question(
                        Similarity.COSINE, bytes, 10, List.of(1, 2, 3, 5, 10), 10, List.of(0L, 1L)))
                .measure(
                        vectors(all, queries),
                        new Advisor.Candidates(sources, Quantizers::wellKnown, screened, one -> true, List.of()),
                        AdviceRequest.Resources.NONE);
    }

    /** At most 5% more bytes, model included, than what is chosen of all. */
    private static void assertNearlyTheChoiceOfAll(
            String name, FeatureMatrix all, int queries, List<Integer> bytes, Set<String> without) throws IOException {
        Advice screened = advice(all, queries, bytes, without, true);
        Advice whole = advice(all, queries, bytes, without, false);
        for (double target : Advice.TARGETS) {
            Targets.Choice found = screened.target(target).nearest();
            Targets.Choice best = whole.target(target).nearest();
            assertThat(screened.target(target).reached())
                    .isEqualTo(whole.target(target).reached());
            double least = best.quantizer().bytesAt(whole.sample().givenRows());
            double most = found.quantizer().bytesAt(whole.sample().givenRows());
            System.out.println(String.format(
                    Locale.ROOT,
                    "%s %.2f: %d of %d measured, %.1f bytes (%s, %dx), of all %.1f (%s, %dx)",
                    name,
                    target,
                    screened.quantizers().size(),
                    whole.quantizers().size(),
                    most,
                    found.quantizer().name(),
                    found.oversampling(),
                    least,
                    best.quantizer().name(),
                    best.oversampling()));
            assertThat(most).as("%s at %s", name, target).isLessThanOrEqualTo(1.05 * least);
        }
    }

    @Test
    void screeningKeepsTheChoiceForAMixture() throws IOException {
        FeatureMatrix mixture = groups(FEW_ROWS + FEW_QUERIES, 32, 100, 0.7, 1);
        assertNearlyTheChoiceOfAll("mixture", mixture, FEW_QUERIES, List.of(8), SLOWER);
    }

    @Test
    @Tag("slow")
    void screeningKeepsTheChoiceForALargerMixtureAndForNearCopies() throws IOException {
        List<Integer> bytes = List.of(4, 8, 16);
        assertNearlyTheChoiceOfAll("mixture", groups(ROWS + QUERIES, 32, 100, 0.7, 1), QUERIES, bytes, SLOWER);
        FeatureMatrix copies = groups(ROWS + QUERIES, 32, ROWS / 10, 0.05, 2);
        assertNearlyTheChoiceOfAll("near-copies", copies, QUERIES, bytes, SLOWER);
    }

    /** All families, and the vectors of the folder that LINFHASH_VECTORS names: 5,000 of each .npy file. */
    @Test
    @Tag("slow")
    void screeningKeepsTheChoiceForTheDataOfAFolder() throws IOException {
        List<Integer> bytes = List.of(16, 32, 48, 64, 96);
        assertNearlyTheChoiceOfAll("mixture of 128", groups(ROWS + QUERIES, 128, 100, 0.7, 1), QUERIES, bytes, SLOW);
        FeatureMatrix copies = groups(ROWS + QUERIES, 128, ROWS / 10, 0.05, 2);
        assertNearlyTheChoiceOfAll("near-copies of 128", copies, QUERIES, bytes, SLOW);
        String folder = System.getenv("LINFHASH_VECTORS");
        assumeTrue(folder != null, "LINFHASH_VECTORS names no folder of .npy files");
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".npy"))
                    .sorted()
                    .toList()) {
                assertNearlyTheChoiceOfAll(String.valueOf(file.getFileName()), sample(file), QUERIES, bytes, SLOW);
            }
        }
    }

    private static FeatureMatrix sample(Path file) {
        NpyArray array = NpyFile.read(file);
        int d = array.shape().get(1);
        int[] rows =
                Shuffle.first(new RandomStreams(0).stream("rows"), array.shape().get(0), ROWS + QUERIES);
        float[] values = new float[(ROWS + QUERIES) * d];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.real(rows[i / d] * d + i % d);
        }
        return FeatureMatrix.owning(ROWS + QUERIES, d, values);
    }

    private record Options(int learned) {}

    /** Finds exactly what it was fitted to, and nothing else. */
    private static final Quantizer MEMORY = (vectors, similarity, random) -> new Quantizer.Fitted() {
        private final Map<Float, Boolean> known = new HashMap<>();

        {
            for (int i = 0; i < vectors.rows(); i++) {
                known.put(vectors.get(i, 0), true);
            }
        }

        @Override
        public int bytes() {
            return 1;
        }

        @Override
        public long modelBytes() {
            return 1;
        }

        @Override
        public Quantizer.Encoded encode(FeatureMatrix encoded) {
            return new Quantizer.Encoded(
                    encoded.rows(),
                    queries -> new Quantizer.Estimates(queries.rows(), query -> code -> {
                        float sum = 0;
                        for (int j = 0; j < encoded.dimension(); j++) {
                            sum -= encoded.get(code, j) * queries.get(query, j);
                        }
                        return known.containsKey(encoded.get(code, 0)) ? sum : -sum;
                    }));
        }
    };

    /** Found among the vectors that it saw, lost among others: the others decide. */
    @Test
    void whatLearnsIsSearchedAmongVectorsThatItHasNotSeen() throws IOException {
        QuantizerSpec.Configured memory =
                new QuantizerSpec.Configured("memory", new Options(1), false, false, true, MEMORY);
        Advice advice = new Advisor(
                        new AdviceRequest.Question(Similarity.COSINE, List.of(1), 10, List.of(1), 1, List.of(0L)))
                .measure(
                        vectors(groups(600, 8, 20, 0.7, 3), 60),
                        new Advisor.Candidates(
                                List.of((dimension, most) -> List.of(memory)),
                                dimension -> List.of(),
                                false,
                                one -> true,
                                List.of()),
                        AdviceRequest.Resources.NONE);
        QuantizerResult measured = advice.quantizers().get(0);
        assertThat(measured.code().learned()).isTrue();
        assertThat(measured.at(1).mean()).isLessThan(0.2);
        QuantizerResult.Seen seen = Objects.requireNonNull(measured.seen());
        assertThat(seen.recallOfSeen().get(1)).isGreaterThan(0.99);
        assertThat(seen.recallOfNew().get(1)).isLessThan(0.2);
    }

    /** Of 20 vectors and as many others, three neighbors tell of 60: also where all 40 are searched. */
    @Test
    void allRecallsAreOfOneNumberOfVectors() throws IOException {
        FeatureMatrix all = groups(50, 8, 20, 0.7, 3);
        AdviceData vectors = AdvisorTest.drawn(all, new QuerySampling(10, new Advisor.Division(20, 20), 0, 50), 1000);
        RecallBench bench = new RecallBench(
                new AdviceRequest.Question(Similarity.EUCLIDEAN, List.of(1), 3, List.of(1), 1, List.of(0L)),
                vectors,
                vectors.database(),
                vectors.asked(),
                FloatNeighbors::find,
                Progress.NONE);
        assertThat(bench.scope(true).fullSize).isEqualTo(new RecallExtrapolation(60, 3, 1, 20));
        assertThat(bench.scope(false).fullSize).isEqualTo(new RecallExtrapolation(60, 3, 2, 40));
    }

    /** Copies of a neighbor are as good as it: the vectors themselves find all. */
    @Test
    void ofVectorsWithCopiesFloatsFindAll() throws IOException {
        FeatureMatrix few = groups(100, 16, 100, 1, 4);
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < 1600; i++) {
            rows.add(i % 100);
        }
        FeatureMatrix all = few.select(rows.stream().mapToInt(row -> row).toArray());
        Advice advice = advice(
                all.select(Shuffle.first(new RandomStreams(0).stream("rows"), 1600, 1600)),
                160,
                List.of(64),
                SLOWER,
                true);
        QuantizerResult floats = advice.quantizers().stream()
                .filter(one -> one.name().equals("float32"))
                .findFirst()
                .orElseThrow();
        assertThat(floats.at(1).mean()).isEqualTo(1);
        // Of the 720 searched ones, some have their copies among the others.
        assertThat(advice.diagnosis().duplicates().copies()).isBetween(700, 720);
        assertThat(new AdviceSentences(advice).notes()).anyMatch(note -> note.contains("equal another one"));
    }

    /** Queries of the same clusters are told from queries of others, and not from sampled ones. */
    @Test
    void queriesFromElsewhereAreTold() throws IOException {
        int falseAlarms = 0;
        for (int seed = 0; seed < 20; seed++) {
            FeatureMatrix same = groups(1200, 16, 50, 0.7, seed);
            FeatureMatrix others = groups(200, 16, 50, 0.7, 100 + seed);
            falseAlarms += origin(same, same.part(1000, 200)).elsewhere() ? 1 : 0;
            assertThat(origin(same, others).elsewhere()).as("seed %d", seed).isTrue();
        }
        assertThat(falseAlarms).isLessThanOrEqualTo(1);
    }

    private static Advice.Origin origin(FeatureMatrix all, FeatureMatrix queries) throws IOException {
        AdviceData vectors = AdvisorTest.drawn(
                        all.part(0, 1000), new QuerySampling(100, new Advisor.Division(450, 450), 0, 1000), null)
                .withQueries(queries);
        Advice advice = new Advisor(
                        new AdviceRequest.Question(Similarity.COSINE, List.of(2), 10, List.of(1), 1, List.of(0L)))
                .measure(
                        vectors,
                        new Advisor.Candidates(
                                List.of((dimension, most) -> Quantizers.ALL
                                        .get(0)
                                        .within(dimension, most)
                                        .subList(0, 1)),
                                dimension -> List.of(),
                                false,
                                one -> true,
                                List.of()),
                        AdviceRequest.Resources.NONE);
        assertThat(advice.quantizers().get(0).ofSampled()).containsOnlyKeys(1);
        return Objects.requireNonNull(advice.origin());
    }

    /** Distances with noise, the less the more bytes there are; for queries whose first coordinate is at least this, noise alone. */
    private static final float LOST = 50;

    private static QuantizerSpec.Configured noisy(int size) {
        Quantizer quantizer = (vectors, similarity, random) -> {
            long seed = random.stream("noise").nextLong();
            return new Quantizer.Fitted() {
                @Override
                public int bytes() {
                    return size;
                }

                @Override
                public long modelBytes() {
                    return 1;
                }

                @Override
                public Quantizer.Encoded encode(FeatureMatrix encoded) {
                    long[] hashes = IntStream.range(0, encoded.rows())
                            .mapToLong(code -> encoded.hash(code) * 31)
                            .toArray();
                    return new Quantizer.Encoded(
                            encoded.rows(),
                            queries -> new Quantizer.Estimates(queries.rows(), query -> {
                                long ofQuery = seed ^ queries.hash(query);
                                boolean lost = queries.get(query, 0) >= LOST;
                                return code -> {
                                    double noise = ((ofQuery ^ hashes[code]) * 0x9E3779B97F4A7C15L >>> 40)
                                            / (double) (1 << 24);
                                    double distance = 0;
                                    for (int j = 0; j < encoded.dimension() && !lost; j++) {
                                        double difference = (double) encoded.get(code, j) - queries.get(query, j);
                                        distance += difference * difference;
                                    }
                                    return (float) (lost ? noise : distance + 20 * noise / size);
                                };
                            }));
                }
            };
        };
        return new QuantizerSpec.Configured("noisy", new Options(size), true, false, true, quantizer);
    }

    private static Advice withNoise(FeatureMatrix all, int queries) throws IOException {
        List<QuantizerSpec.Configured> some =
                IntStream.rangeClosed(1, 14).mapToObj(AdvisorChoiceTest::noisy).toList();
        return new Advisor(new AdviceRequest.Question(
                        Similarity.EUCLIDEAN, List.of(14), 10, List.of(1, 3), 3, List.of(0L, 1L)))
                .measure(
                        vectors(all, queries),
                        new Advisor.Candidates(
                                List.of((dimension, most) -> some),
                                dimension -> List.of(),
                                true,
                                one -> true,
                                List.of()),
                        AdviceRequest.Resources.NONE);
    }

    /** The queries that report find nothing; the same is measured, with as many seeds, and the same is chosen. */
    @Test
    void theQueriesThatReportDecideNothing() throws IOException {
        FeatureMatrix all = groups(FEW_ROWS + FEW_QUERIES, 8, 100, 0.7, 1);
        float[] values = all.toArray();
        for (int query = 1; query < FEW_QUERIES; query += 2) {
            values[query * 8] = LOST;
        }
        Advice one = withNoise(all, FEW_QUERIES);
        Advice other = withNoise(FeatureMatrix.owning(all.rows(), 8, values), FEW_QUERIES);
        assertThat(measured(one)).anyMatch(measured -> measured.endsWith(" 2"));
        assertThat(measured(other)).isEqualTo(measured(one));
        for (double target : Advice.TARGETS) {
            assertThat(named(other.target(target))).isEqualTo(named(one.target(target)));
            assertThat(one.target(target).nearest().recall().mean()).isGreaterThan(0.9);
            assertThat(other.target(target).nearest().recall().mean()).isLessThan(0.1);
        }
    }

    /** Returns the measured quantizers with their numbers of seeds. */
    private static List<String> measured(Advice advice) {
        return advice.quantizers().stream()
                .map(one ->
                        one.name() + " " + one.options() + " " + one.effort().seeds())
                .toList();
    }

    private static List<String> named(Targets.Target target) {
        return Stream.concat(Stream.of(target.nearest()), target.alternatives().stream())
                .map(choice -> choice.quantizer().name() + " "
                        + choice.quantizer().options() + " " + choice.oversampling() + "x " + choice.choosing())
                .toList();
    }

    /** Twelve copies of each vector, of which a tenth is searched: of all of them, a code without learning finds every copy. */
    @Test
    void ofAPartWithManyCopiesNothingIsSaidOfAll() throws IOException {
        FeatureMatrix distinct = groups(1000, 32, 300, 0.7, 6);
        int[] rows = Shuffle.first(new RandomStreams(2).stream("rows"), 12_000, 12_000);
        for (int i = 0; i < rows.length; i++) {
            rows[i] %= 1000;
        }
        FeatureMatrix all = distinct.select(rows);
        AdviceData vectors = AdvisorTest.drawn(
                all.part(0, 2900), new QuerySampling(500, new Advisor.Division(1200, 1200), 0, 2900), 11_500);
        List<QuantizerSpec.Configured> signs = Quantizers.ALL.stream()
                .filter(spec -> spec.name().equals("rotated-sign"))
                .flatMap(spec -> spec.within(32, 4).stream())
                .toList();
        Advice advice = new Advisor(
                        new AdviceRequest.Question(Similarity.COSINE, List.of(4), 10, List.of(1, 3), 3, List.of(0L)))
                .measure(
                        vectors,
                        new Advisor.Candidates(List.of(), dimension -> signs, false, one -> true, List.of()),
                        AdviceRequest.Resources.NONE);
        assertThat(advice.blurredByCopies()).isTrue();
        assertThat(advice.target(0.95).reached()).isFalse();
        assertThat(new AdviceSentences(advice).shortfall(0.95)).isEqualTo("not predictable, many copies");
        assertThat(new AdviceSentences(advice).target(0.95))
                .startsWith(
                        "For a recall of 95%: not predictable for 11500 vectors, of which many are copies. The closest: ");
        assertThat(new AdviceSentences(advice).notes())
                .noneMatch(note -> note.contains("near-copies"))
                .anyMatch(note -> note.matches(
                        "[67]\\d% of the queries and [67]\\d% of the searched vectors have exact copies\\. All"
                                + " copies of a vector have one code and count alike, but a part of the vectors contains few of them: recall"
                                + " among 11500 vectors may be much higher than predicted\\. Remove copies, or measure all vectors"
                                + " \\(--max-vectors\\)\\."));
    }
}
