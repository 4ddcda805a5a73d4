package io.github.linfhash.quantizers.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.FixedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Samples;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every registered quantizer owes its bytes: a longer code finds no fewer neighbors, and the longest ones order the vectors of the
 * database as the distances of a query do. Correlations go over the database for one query, as an error that all queries share, such as
 * a term of the distance that is left out, does not show over queries.
 */
class QuantizerPropertiesTest {
    private static final List<FixedVectors> SETS = FixedVectors.all();
    private static final int NEIGHBORS = 10;
    private static final int SEEDS = 5;
    private static final int SLOW_SEEDS = 2;

    /** Close together where a code has about a bit or two for each dimension. */
    private static final List<Integer> SIZES =
            List.of(4, 6, 8, 10, 11, 12, 13, 14, 16, 17, 20, 24, 32, 40, 64, 72, 256);

    private static final List<Integer> SLOW_SIZES = List.of(4, 8, 10, 11, 12, 13, 14, 16, 40, 72);

    /** Those whose option {@code bits} is that of a coordinate and no size. */
    private static final Set<String> BITS_OF_A_COORDINATE = Set.of("rabitq", "osq", "turboquant");

    /**
     * Signs with nothing beside them approach the angles about the mean. By inner products, and by distances where norms about the
     * mean vary, no number of bits gives the order of the vectors.
     */
    private static final Set<String> ANGLES_ALONE = Set.of("sign", "truncated-sign", "rotated-sign", "itq", "pca-sign");

    /**
     * Without centering, which is the standard of these, the mean of a cone takes most of a code. The first principal components leave most of it out, so that more of
     * them are worse, and four bits of all coordinates are not enough.
     */
    private static final Set<String> NOT_CENTERED = Set.of("turboquant");

    /** What the longest codes reach; of 4 bits a coordinate are those of SQ4. */
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

    private static boolean isNotCentered(String name, Row row) {
        return NOT_CENTERED.contains(name) && row.name.contains("centered=false");
    }

    /** Whether fitting many times takes long. */
    private static boolean isSlow(String name, boolean slow) {
        return slow || name.equals("pq");
    }

    private static String rowOf(QuantizerSpec.Configured one) {
        String size = BITS_OF_A_COORDINATE.contains(one.name()) ? "dimensions|parts" : "bits|dimensions|parts";
        return one.name() + one.options().toString().replaceAll("\\b(" + size + ")=\\d+(, )?", "");
    }

    private static List<Row> rows(QuantizerSpec<?> spec, int dimension) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (int bytes : isSlow(spec.name(), spec.slow()) ? SLOW_SIZES : SIZES) {
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

    private static Quantizer.Encoded encode(
            QuantizerSpec.Configured one, FeatureMatrix database, Similarity similarity, long seed) {
        return one.quantizer()
                .fit(database, similarity, new RandomStreams(seed))
                .encode(database);
    }

    /** Recall of the nearest without oversampling, by seed and query. */
    private static double[][] recall(QuantizerSpec.Configured one, FixedVectors set) {
        Similarity similarity = set.similarity();
        FeatureMatrix database = similarity.prepare(set.database(), set.name());
        FeatureMatrix queries = similarity.prepare(set.queries(), set.name());
        FloatNeighbors truth = FloatNeighbors.find(database, queries, NEIGHBORS, similarity);
        double[][] found = new double[one.random() ? isSlow(one.name(), one.slow()) ? SLOW_SEEDS : SEEDS : 1][];
        for (int seed = 0; seed < found.length; seed++) {
            Quantizer.Encoded codes = encode(one, database, similarity, seed);
            found[seed] = new NeighborRecall(List.of(1)).of(truth, codes, codes.estimates(queries))[0];
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
    @MethodSource("all")
    void moreBytesFindNoFewerNeighbors(String name, QuantizerSpec<?> spec, FixedVectors set) {
        double worst = 0;
        double worstNotCentered = 0;
        String where = "";
        for (Row row : rows(spec, set.database().dimension())) {
            // Queries of 8 bits find what full-precision ones find.
            if (row.name.contains("queryBits=8")) {
                continue;
            }
            double[][] before = recall(row.first().configured, set);
            for (int s = 1; s < row.sizes.size(); s++) {
                double[][] after = recall(row.sizes.get(s).configured, set);
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

    static Stream<Arguments> allBySimilarity() {
        return all().flatMap(of -> Stream.of(Similarity.values()).map(similarity -> {
            Object[] known = of.get();
            return Arguments.of(known[0], known[1], known[2], similarity);
        }));
    }

    /** Spearman's correlation over the database of the estimates for a query with its distances, the mean over a few queries. */
    private static double correlation(QuantizerSpec.Configured one, FixedVectors set, Similarity similarity) {
        FeatureMatrix database = similarity.prepare(set.database(), set.name());
        FeatureMatrix queries = similarity.prepare(set.queries(), set.name());
        Quantizer.Encoded codes = encode(one, database, similarity, 1);
        Quantizer.Estimates estimates = codes.estimates(queries);
        int asked = 10;
        double sum = 0;
        for (int q = 0; q < asked; q++) {
            Quantizer.OfQuery of = estimates.of(q);
            double[] estimated = new double[database.rows()];
            double[] exact = new double[database.rows()];
            for (int i = 0; i < exact.length; i++) {
                estimated[i] = of.to(i);
                exact[i] = similarity.byInnerProduct()
                        ? -Samples.product(database, i, queries, q)
                        : Samples.squaredDistance(database, i, queries, q);
            }
            sum += new SpearmansCorrelation().correlation(estimated, exact);
        }
        return sum / asked;
    }

    @ParameterizedTest(name = "{0}, {2}, {3}")
    @MethodSource("allBySimilarity")
    void longCodesOrderAsDistancesDo(String name, QuantizerSpec<?> spec, FixedVectors set, Similarity similarity) {
        boolean cone = set.name().equals("cone");
        double best = -1;
        double bestNotCentered = -1;
        for (Row row : rows(spec, set.database().dimension())) {
            double first = correlation(row.first().configured, set, similarity);
            double last = correlation(row.last().configured, set, similarity);
            boolean mean = isNotCentered(name, row) && cone;
            if (mean) {
                bestNotCentered = Math.max(bestNotCentered, last);
            } else {
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
        if (NOT_CENTERED.contains(name) && cone && !similarity.byInnerProduct()) {
            assertThat(bestNotCentered).isLessThan(0.95);
        }
    }
}
