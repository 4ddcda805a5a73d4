package io.github.linfhash.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows of two classes with one feature; the classes overlap, so that the feature is wrong for one row in five. */
class LabelKnowledgeTest {
    private static final int QUERIES = 300;
    private static final int ROWS = 2000;

    private final UniformRandomProvider random = new RandomStreams(7).stream("rows");
    private final int[] queryClasses = classes(QUERIES);
    private final int[] rowClasses = classes(ROWS);
    private final int[] queryFeature = features(queryClasses);
    private final int[] rowFeature = features(rowClasses);
    private final boolean[] byFeatures = new boolean[QUERIES];

    LabelKnowledgeTest() {
        for (int q = 0; q < QUERIES; q++) {
            byFeatures[q] = queryFeature[q] == queryClasses[q];
        }
    }

    private int[] classes(int n) {
        return IntStream.range(0, n).map(i -> random.nextInt(2)).toArray();
    }

    private int[] features(int[] classes) {
        return Arrays.stream(classes)
                .map(c -> random.nextInt(5) == 0 ? 1 - c : c)
                .toArray();
    }

    /** Eight bits that say one of two things, each bit wrong in one of ten rows. */
    private BinaryCodes codes(int n, IntUnaryOperator said) {
        byte[] bytes = new byte[n];
        for (int row = 0; row < n; row++) {
            int code = said.applyAsInt(row) == 1 ? 0xff : 0;
            for (int bit = 0; bit < 8; bit++) {
                code ^= random.nextInt(10) == 0 ? 1 << bit : 0;
            }
            bytes[row] = (byte) code;
        }
        return BinaryCodes.ofBytes(n, 8, bytes);
    }

    private double beyond(BinaryCodes queries, BinaryCodes rows) {
        return LabelKnowledge.beyondFeatures(
                queries, rows, ClassLabels.of(queryClasses), ClassLabels.of(rowClasses), byFeatures);
    }

    @Test
    void codesOfFeaturesKnowNoMoreThanFeatures() {
        double errors = beyond(codes(QUERIES, q -> queryFeature[q]), codes(ROWS, row -> rowFeature[row]));
        assertThat(errors).isBetween(-3.0, 3.0);
    }

    @Test
    void codesOfLabelsWithNoiseKnowMore() {
        // One label in ten is wrong.
        double errors = beyond(
                codes(QUERIES, q -> random.nextInt(10) == 0 ? 1 - queryClasses[q] : queryClasses[q]),
                codes(ROWS, row -> random.nextInt(10) == 0 ? 1 - rowClasses[row] : rowClasses[row]));
        assertThat(errors).isGreaterThan(4);
    }

    @Test
    void theVoteTakesAllRowsOfTheRingThatReachesEnough() {
        // Distance 0: nine rows of class 1; distance 1: twelve of class 0. Together class 0 has more votes.
        byte[] rows = new byte[21];
        Arrays.fill(rows, 9, 21, (byte) 1);
        int[] labels = IntStream.range(0, 21).map(row -> row < 9 ? 1 : 0).toArray();
        BinaryCodes query = BinaryCodes.ofBytes(1, 8, new byte[1]);
        BinaryCodes database = BinaryCodes.ofBytes(21, 8, rows);
        assertThat(LabelKnowledge.beyondFeatures(
                        query, database, ClassLabels.of(0), ClassLabels.of(labels), new boolean[] {false}))
                .isEqualTo(1);
        assertThat(LabelKnowledge.beyondFeatures(
                        query, database, ClassLabels.of(1), ClassLabels.of(labels), new boolean[] {true}))
                .isEqualTo(-1);
        assertThat(LabelKnowledge.beyondFeatures(
                        query, database, ClassLabels.of(0), ClassLabels.of(labels), new boolean[] {true}))
                .isZero();
    }

    private double ofOtherSeeds(BinaryCodes rows, boolean[] elsewhere) {
        return LabelKnowledge.ofOtherSeeds(
                codes(QUERIES, q -> queryFeature[q]),
                ClassLabels.of(queryClasses),
                rows,
                ClassLabels.of(rowClasses),
                elsewhere,
                rowClasses);
    }

    /** Over many draws the statistic has mean 0 and variance 1, as rows that are labeled elsewhere are drawn at random. */
    @Test
    void withoutLabelsOfOtherSeedsTheStatisticIsStandardNormal() {
        assertIsStandardNormal(100);
    }

    @Test
    @Tag("slow")
    void overManyDrawsTheStatisticIsStandardNormalToLess() {
        assertIsStandardNormal(400);
    }

    private void assertIsStandardNormal(int draws) {
        BinaryCodes rows = codes(ROWS, row -> rowFeature[row]);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            boolean[] elsewhere = new boolean[ROWS];
            for (int row = 0; row < ROWS; row++) {
                elsewhere[row] = random.nextInt(6) == 0;
            }
            double z = ofOtherSeeds(rows, elsewhere);
            sum += z;
            squares += z * z;
        }
        // Five standard errors.
        assertThat(sum / draws).isCloseTo(0, within(5 / Math.sqrt(draws)));
        assertThat(squares / draws).isCloseTo(1, within(5 * Math.sqrt(2.0 / draws)));
    }

    @Test
    void labelsOfOtherSeedsAreSeen() {
        boolean[] elsewhere = new boolean[ROWS];
        for (int row = 0; row < ROWS; row++) {
            elsewhere[row] = random.nextInt(6) == 0;
        }
        BinaryCodes rows = codes(ROWS, row -> elsewhere[row] ? rowClasses[row] : rowFeature[row]);
        assertThat(ofOtherSeeds(rows, elsewhere)).isGreaterThan(4);
    }

    @Test
    void equalCodesAndRowsOfOneKindSayNothing() {
        BinaryCodes equal = BinaryCodes.ofBytes(ROWS, 8, new byte[ROWS]);
        boolean[] all = new boolean[ROWS];
        Arrays.fill(all, true);
        assertThat(ofOtherSeeds(equal, new boolean[ROWS])).isZero();
        assertThat(ofOtherSeeds(codes(ROWS, row -> rowFeature[row]), all)).isZero();
    }
}
