package io.github.linfhash.quantizers.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.FixedVectors;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Samples;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.quantizers.rabitq.RaBitQ;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every registered quantizer makes use of its bytes: a longer code finds no fewer neighbors, and the longest ones order the vectors of the database
 * as the distances of a query do. Correlations go over the database for one query, as an error that all queries share, such as a term of the distance
 * that is left out, does not show over queries.
 */
class QuantizerPropertiesTest {
    private static final List<FixedVectors> SETS = FixedVectors.ALL;
    private static final int NEIGHBORS = 10;

    /** Queries whose distances to all vectors are correlated with those of codes. */
    private static final int ASKED = 10;

    /**
     * How many bytes and seeds are tried.
     *
     * @param sizes ascending; all grids share the shortest and the longest code
     */
    private record Grid(List<Integer> sizes, int seeds) {}

    /** Half a bit for each dimension, one, two, four with side terms, and all. */
    private static final Grid FEW = new Grid(List.of(4, 8, 16, 40, 256), 2);

    /** Sizes at which one quantizer or another has its longest code; of these and the shortest the others are left out. */
    private static final Grid ENDS = new Grid(List.of(4, 8, 12, 16, 32, 40, 64, 72, 256), 1);

    /** Close together where a code has about a bit or two for each dimension. */
    private static final Grid ALL =
            new Grid(List.of(4, 6, 8, 10, 11, 12, 13, 14, 16, 17, 20, 24, 32, 40, 64, 72, 256), 5);

    /** In place of {@link #ALL} where fitting many times takes long. */
    private static final Grid ALL_OF_SLOW = new Grid(List.of(4, 8, 10, 11, 12, 13, 14, 16, 40, 72), 2);

    private static final Grid FEW_OF_SLOW = new Grid(List.of(4, 8, 40, 72), 1);

    /** Those whose option {@code bits} is that of a coordinate and no size. */
    private static final Set<String> BITS_OF_A_COORDINATE = Set.of("rabitq", "osq", "turboquant", "pq");

    /**
     * Signs with nothing beside them approach the angles about the mean. By inner products, and by distances where norms about the
     * mean vary, no number of bits gives the order of the vectors.
     */
    private static final Set<String> ANGLES_ALONE = Set.of("sign", "truncated-sign", "rotated-sign", "itq", "pca-sign");

    /**
     * Without centering, which is the standard of these, the mean of a cone takes most of a code. The first principal components leave most of it out, so that more of
     * them are worse.
     */
    private static final Set<String> NOT_CENTERED = Set.of("turboquant");

    /** The correlation that the longest codes exceed; of 4 bits a coordinate are those of SQ4. */
    private static final double CONSISTENT = 0.97;

    /** Standard errors of a fall that is no chance: of a thousand steps from one size to the next, some fall by two. */
    private static final double CHANCE = 3;

    /** The most by which a correlation falls that does not rise. */
    private static final double STILL = 0.02;

    /** The options of a row with which a code takes at most so many bytes. */
    private record Sized(int bytes, QuantizerSpec.Configured configured) {}

    /** A quantizer with all options but those that say how long a code is, at each size that it can use, ascending. */
    private record Row(String name, List<Sized> sizes) {
        Sized first() {
            return sizes.get(0);
        }

        Sized last() {
            return sizes.get(sizes.size() - 1);
        }
    }

    /**
     * A set as a similarity takes it, with the exact distances of its queries and the codes of its vectors.
     */
    private static final class Prepared {
        private static final Map<List<Object>, Prepared> KNOWN = new HashMap<>();

        private final Similarity similarity;
        private final FeatureMatrix database;
        private final FeatureMatrix queries;
        private final FloatNeighbors nearest;

        /** Of the distances of a query to all vectors. */
        private final double[][] ranks = new double[ASKED][];

        private final Map<List<Object>, Quantizer.Encoded> encoded = new HashMap<>();

        /** By all options but the distance, and the seed. */
        private final Map<List<Object>, Quantizer.Encoded> fittedAlike = new HashMap<>();

        /** Of RaBitQ, by the number of coordinates and the seed, which decide them. */
        private final Map<List<Object>, LinearMap> rotations = new HashMap<>();

        private Prepared(FixedVectors set, Similarity similarity) {
            this.similarity = similarity;
            database = PreparedVectors.of(similarity, set.database(), set.name());
            queries = PreparedVectors.of(similarity, set.queries(), set.name());
            nearest = FloatNeighbors.find(database, queries, NEIGHBORS, similarity);
            for (int query = 0; query < ASKED; query++) {
                int q = query;
                ranks[q] = new NaturalRanking()
                        .rank(IntStream.range(0, database.rows())
                                .mapToDouble(i -> similarity.byInnerProduct()
                                        ? -Samples.product(database, i, queries, q)
                                        : Samples.squaredDistance(database, i, queries, q))
                                .toArray());
            }
        }

        static Prepared of(FixedVectors set, Similarity similarity) {
            return KNOWN.computeIfAbsent(List.of(set.name(), similarity), key -> new Prepared(set, similarity));
        }

        Quantizer.Encoded encode(QuantizerSpec.Configured one, long seed) {
            List<Object> alike = List.of(one.name(), one.options().toString().replaceAll("distance=\\w+", ""), seed);
            return encoded.computeIfAbsent(
                    List.of(one.name(), one.options(), seed),
                    key -> Optional.ofNullable(fittedAlike.get(alike))
                            .flatMap(known -> known.comparedBy(one))
                            .orElseGet(() -> {
                                Quantizer.Encoded codes = fit(one, seed).encode(database);
                                fittedAlike.put(alike, codes);
                                return codes;
                            }));
        }

        private Quantizer.Fitted fit(QuantizerSpec.Configured one, long seed) {
            RandomStreams random = new RandomStreams(seed);
            if (one.options() instanceof RaBitQ.Options options) {
                // The rotation is all that is fitted.
                LinearMap rotation = rotations.computeIfAbsent(List.of(options.dimensions(), seed), key -> {
                    Quantizer.Fitted fitted = one.quantizer().fit(database, similarity, random);
                    return ((RaBitQ.Fitted) fitted).rotation();
                });
                return new RaBitQ.Fitted(options, similarity, rotation);
            }
            return one.quantizer().fit(database, similarity, random);
        }
    }

    private static boolean isNotCentered(String name, Row row) {
        return NOT_CENTERED.contains(name) && row.name.contains("centered=false");
    }

    /** Whether fitting many times takes long. */
    private static boolean isSlow(QuantizerSpec<?> spec) {
        return spec.slow() || spec.name().equals("pq");
    }

    private static String rowOf(QuantizerSpec.Configured one) {
        String size = BITS_OF_A_COORDINATE.contains(one.name()) ? "dimensions|parts" : "bits|bytes|dimensions|parts";
        return one.name() + one.options().toString().replaceAll("\\b(" + size + ")=\\d+(, )?", "");
    }

    private static List<Row> rows(QuantizerSpec<?> spec, int dimension, Grid grid) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (int bytes : grid.sizes) {
            for (QuantizerSpec.Configured one : spec.within(dimension, bytes)) {
                Row row = rows.computeIfAbsent(rowOf(one), name -> new Row(name, new ArrayList<>()));
                boolean longer = row.sizes.stream()
                        .noneMatch(sized -> sized.configured.options().equals(one.options()));
                if (longer) {
                    assertThat(row.sizes).as("others of %s", row.name).noneMatch(sized -> sized.bytes == bytes);
                    row.sizes.add(new Sized(bytes, one));
                }
            }
        }
        return List.copyOf(rows.values());
    }

    static Stream<Arguments> all() {
        return Quantizers.ALL.stream().flatMap(spec -> SETS.stream().map(set -> Arguments.of(spec.name(), spec, set)));
    }

    /** Whether it is in the fast run: what takes long to fit, on one set. */
    private static boolean isFast(QuantizerSpec<?> spec, FixedVectors set) {
        return !isSlow(spec) || set.name().equals("clothes");
    }

    static Stream<Arguments> fast() {
        return Quantizers.ALL.stream()
                .flatMap(spec -> SETS.stream()
                        .filter(set -> isFast(spec, set))
                        .map(set -> Arguments.of(spec.name(), spec, set)));
    }

    /** Recall of the nearest without oversampling, by seed and query. */
    private static double[][] recall(QuantizerSpec.Configured one, Prepared set, int seeds) {
        double[][] found = new double[one.random() ? seeds : 1][];
        for (int seed = 0; seed < found.length; seed++) {
            Quantizer.Encoded codes = set.encode(one, seed + 1);
            found[seed] = new NeighborRecall(List.of(1)).of(set.nearest, codes, codes.estimates(set.queries))[0];
        }
        return found;
    }

    /** The mean gain in standard errors, about other queries and other seeds. */
    private static double standardized(double[][] before, double[][] after) {
        int seeds = Math.max(before.length, after.length);
        int queries = before[0].length;
        double[] ofSeeds = new double[seeds];
        double[] ofQueries = new double[queries];
        for (int s = 0; s < seeds; s++) {
            for (int q = 0; q < queries; q++) {
                double gain = after[s % after.length][q] - before[s % before.length][q];
                ofSeeds[s] += gain / queries;
                ofQueries[q] += gain / seeds;
            }
        }
        double variance =
                StatUtils.variance(ofQueries) / queries + (seeds == 1 ? 0 : StatUtils.variance(ofSeeds) / seeds);
        double mean = StatUtils.mean(ofQueries);
        return mean == 0 ? 0 : mean / Math.sqrt(variance);
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("fast")
    void moreBytesFindNoFewerNeighbors(String name, QuantizerSpec<?> spec, FixedVectors set) {
        assertMoreBytesFindNoFewer(spec, set, isSlow(spec) ? FEW_OF_SLOW : FEW);
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("all")
    @Tag("slow")
    void moreBytesFindNoFewerNeighborsAtEachSize(String name, QuantizerSpec<?> spec, FixedVectors set) {
        assertMoreBytesFindNoFewer(spec, set, isSlow(spec) ? ALL_OF_SLOW : ALL);
    }

    private static void assertMoreBytesFindNoFewer(QuantizerSpec<?> spec, FixedVectors set, Grid grid) {
        String name = spec.name();
        Prepared prepared = Prepared.of(set, set.similarity());
        double worst = 0;
        double worstNotCentered = 0;
        String where = "";
        for (Row row : rows(spec, set.database().dimension(), grid)) {
            // Queries of 8 bits find what full-precision ones find.
            if (row.name.contains("queryBits=8")) {
                continue;
            }
            double[][] before = recall(row.first().configured, prepared, grid.seeds);
            for (int s = 1; s < row.sizes.size(); s++) {
                double[][] after = recall(row.sizes.get(s).configured, prepared, grid.seeds);
                double gain = standardized(before, after);
                if (isNotCentered(name, row) && set.name().equals("cone")) {
                    worstNotCentered = Math.min(worstNotCentered, gain);
                } else if (gain < worst) {
                    worst = gain;
                    where = row.name + " at " + row.sizes.get(s).bytes;
                }
                before = after;
            }
        }
        if (NOT_CENTERED.contains(name) && set.name().equals("cone")) {
            assertThat(worstNotCentered).isLessThan(-CHANCE);
        }
        assertThat(worst).as(where).isGreaterThan(-CHANCE);
    }

    private static Stream<Arguments> bySimilarity(Similarities asked) {
        return Quantizers.ALL.stream()
                .flatMap(spec -> SETS.stream()
                        .flatMap(set -> Stream.of(Similarity.values())
                                .filter(similarity -> asked.of(spec, set, similarity))
                                .map(similarity -> Arguments.of(spec.name(), spec, set, similarity))));
    }

    @FunctionalInterface
    private interface Similarities {
        boolean of(QuantizerSpec<?> spec, FixedVectors set, Similarity similarity);
    }

    /** Each set by one similarity, which are all of them together; the cone by each, for codes of signs. */
    static Stream<Arguments> allBySimilarity() {
        return bySimilarity((spec, set, similarity) -> isFast(spec, set)
                && (similarity == set.similarity()
                        || (set.name().equals("cone") && ANGLES_ALONE.contains(spec.name()))));
    }

    static Stream<Arguments> allByEachSimilarity() {
        return bySimilarity((spec, set, similarity) -> true);
    }

    /** Spearman's correlation over the database of the estimates for a query with its distances, the mean over a few queries. */
    private static double correlation(QuantizerSpec.Configured one, Prepared set) {
        Quantizer.Encoded codes = set.encode(one, 1);
        Quantizer.Estimates estimates = codes.estimates(set.queries);
        double sum = 0;
        for (int q = 0; q < ASKED; q++) {
            double[] estimated = new double[codes.size()];
            Distances of = estimates.forQuery(q);
            Arrays.setAll(estimated, of::to);
            sum += new PearsonsCorrelation().correlation(new NaturalRanking().rank(estimated), set.ranks[q]);
        }
        return sum / ASKED;
    }

    @ParameterizedTest(name = "{0}, {2}, {3}")
    @MethodSource("allBySimilarity")
    void longCodesOrderAsDistancesDo(String name, QuantizerSpec<?> spec, FixedVectors set, Similarity similarity) {
        assertLongCodesOrder(spec, set, similarity, isSlow(spec) ? FEW_OF_SLOW : ENDS);
    }

    @ParameterizedTest(name = "{0}, {2}, {3}")
    @MethodSource("allByEachSimilarity")
    @Tag("slow")
    void longCodesOrderAsDistancesDoByEachSimilarity(
            String name, QuantizerSpec<?> spec, FixedVectors set, Similarity similarity) {
        assertLongCodesOrder(spec, set, similarity, isSlow(spec) ? ALL_OF_SLOW : ALL);
    }

    private static void assertLongCodesOrder(
            QuantizerSpec<?> spec, FixedVectors set, Similarity similarity, Grid grid) {
        String name = spec.name();
        Prepared prepared = Prepared.of(set, similarity);
        boolean cone = set.name().equals("cone");
        double best = -1;
        for (Row row : rows(spec, set.database().dimension(), grid)) {
            // Queries of 8 bits order as full-precision ones do, and are in the slow run.
            if (grid.equals(ENDS) && row.name.contains("queryBits=8")) {
                continue;
            }
            double first = correlation(row.first().configured, prepared);
            double last = correlation(row.last().configured, prepared);
            boolean mean = isNotCentered(name, row) && cone;
            if (!mean) {
                best = Math.max(best, last);
            }
            boolean rises = !mean && !(ANGLES_ALONE.contains(name) && similarity.byInnerProduct());
            if (rises) {
                assertThat(last).as(row.name).isGreaterThan(first - STILL);
            }
        }
        if (ANGLES_ALONE.contains(name)) {
            if (cone && similarity.byInnerProduct()) {
                assertThat(best).isLessThan(0.5);
            } else if (cone) {
                assertThat(best).isLessThan(0.9);
            }
            return;
        }
        assertThat(best).isGreaterThan(CONSISTENT);
    }
}
