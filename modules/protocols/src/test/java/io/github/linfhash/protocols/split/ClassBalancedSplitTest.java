package io.github.linfhash.protocols.split;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.protocols.split.SplitRule.TrainingRows;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassBalancedSplitTest {
    /** Classes 0..3 in no particular order, at least 9 rows each. */
    private static ClassLabels labels() {
        return ClassLabels.of(
                IntStream.range(0, 60).map(i -> (i * i + i / 7) % 13 % 4).toArray());
    }

    private static final int CLASSES = 4;

    /** Another seed of the same protocol. */
    private static final long OTHER = 31;

    /** A split by plain loops over lists, with its own shuffle and its own serialization. */
    private static final class PlainSplit {
        private final List<Integer> training = new ArrayList<>();
        private final List<Integer> query = new ArrayList<>();
        private final List<Integer> database = new ArrayList<>();
        private final int rows;

        PlainSplit(ClassLabels labels, ClassBalancedSplit rule, long seed) {
            rows = labels.size();
            List<Integer> ofAnySeed = new ArrayList<>();
            for (long other : new long[] {seed, OTHER}) {
                ofAnySeed.addAll(drawn(labels, List.of(), rule.queriesPerClass(), other, "split"));
            }
            query.addAll(drawn(labels, List.of(), rule.queriesPerClass(), seed, "split"));
            training.addAll(drawn(labels, ofAnySeed, rule.trainingPerClass(), seed, "split/training"));
            Collections.sort(query);
            Collections.sort(training);
            for (int row = 0; row < rows; row++) {
                boolean searched = rule.trainingRows() == TrainingRows.IN_DATABASE || !training.contains(row);
                if (!query.contains(row) && searched) {
                    database.add(row);
                }
            }
        }

        /** Equally many rows of each class that are not among some. */
        private static List<Integer> drawn(
                ClassLabels labels, List<Integer> leftOut, int count, long seed, String stream) {
            UniformRandomProvider random = new RandomStreams(seed).stream(stream);
            List<Integer> all = new ArrayList<>();
            for (int wanted = 0; wanted < CLASSES; wanted++) {
                List<Integer> own = new ArrayList<>();
                for (int row = 0; row < labels.size(); row++) {
                    if (labels.get(row) == wanted && !leftOut.contains(row)) {
                        own.add(row);
                    }
                }
                for (int last = own.size() - 1; last >= Math.max(1, own.size() - count); last--) {
                    Collections.swap(own, last, random.nextInt(last + 1));
                }
                all.addAll(own.subList(own.size() - count, own.size()));
            }
            return all;
        }

        String hash() throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            writeInt(bytes, rows);
            for (List<Integer> part : List.of(training, query, database)) {
                writeInt(bytes, part.size());
                part.forEach(row -> writeInt(bytes, row));
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        }

        private static void writeInt(ByteArrayOutputStream bytes, int value) {
            for (int shift = 0; shift < 32; shift += 8) {
                bytes.write(value >> shift);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 3, IN_DATABASE, 0",
        "2, 3, OUTSIDE_DATABASE, 0",
        "1, 1, IN_DATABASE, 7",
        "3, 3, OUTSIDE_DATABASE, -1",
        "2, 5, IN_DATABASE, 123456789012",
    })
    void equalsASplitMadeByPlainLoops(int queries, int training, TrainingRows rule, long seed) throws Exception {
        ClassBalancedSplit balanced = new ClassBalancedSplit(queries, training, rule);
        Split split = Splits.keepingDuplicates(balanced, List.of(seed, OTHER), labels())
                .draw(seed);
        PlainSplit plain = new PlainSplit(labels(), balanced, seed);
        assertThat(split.query()).containsExactly(plain.query.toArray(new Integer[0]));
        assertThat(split.training()).containsExactly(plain.training.toArray(new Integer[0]));
        assertThat(split.database()).containsExactly(plain.database.toArray(new Integer[0]));
        assertThat(split.sha256()).isEqualTo(plain.hash());
    }

    @Test
    void hasThePapersSizesOnSixtyThousandImages() {
        ClassLabels labels =
                ClassLabels.of(IntStream.range(0, 60_000).map(i -> i % 10).toArray());
        Split split = OneSeed.draw(new ClassBalancedSplit(100, 200, TrainingRows.IN_DATABASE), labels, 0);
        assertThat(split.query()).hasSize(1000).isSorted();
        assertThat(split.training()).hasSize(2000).isSorted();
        assertThat(split.database()).hasSize(59_000).isSorted();
        assertThat(IntStream.of(split.training()).filter(row -> Arrays.binarySearch(split.database(), row) < 0))
                .isEmpty();
        for (int wanted = 0; wanted < 10; wanted++) {
            assertThat(countOf(wanted, labels, split.query())).isEqualTo(100);
            assertThat(countOf(wanted, labels, split.training())).isEqualTo(200);
        }
    }

    private static long countOf(int wanted, ClassLabels labels, int[] rows) {
        return IntStream.of(rows).filter(row -> labels.get(row) == wanted).count();
    }

    @Test
    void anotherSeedGivesAnotherSplit() {
        ClassBalancedSplit rule = new ClassBalancedSplit(2, 3, TrainingRows.IN_DATABASE);
        String first = OneSeed.draw(rule, labels(), 0).sha256();
        assertThat(OneSeed.draw(rule, labels(), 1).sha256()).isNotEqualTo(first);
        assertThat(OneSeed.draw(rule, labels(), 0).sha256()).isEqualTo(first);
    }

    @Test
    void everyImageOfAClassIsDrawnAboutEquallyOften() {
        ClassLabels labels = ClassLabels.of(new int[10]);
        int[] drawn = new int[10];
        for (int seed = 0; seed < 2000; seed++) {
            Split split = OneSeed.draw(new ClassBalancedSplit(3, 2, TrainingRows.IN_DATABASE), labels, seed);
            for (int row : split.query()) {
                drawn[row]++;
            }
        }
        // Binomial with mean 600 and deviation 20.5: five deviations.
        for (int count : drawn) {
            assertThat(count).isBetween(497, 703);
        }
    }

    @Test
    void refusesAClassWithTooFewImages() {
        ClassLabels labels = ClassLabels.of(0, 0, 0, 0, 1, 1, 1);
        assertOneSentence(
                () -> OneSeed.draw(new ClassBalancedSplit(2, 2, TrainingRows.IN_DATABASE), labels, 0),
                "class 1",
                "at least 2",
                "query of no seed",
                "found 1");
    }

    @Test
    void refusesASplitThatLeavesNoDatabase() {
        ClassLabels labels = ClassLabels.of(0, 0, 0);
        assertOneSentence(
                () -> OneSeed.draw(new ClassBalancedSplit(1, 2, TrainingRows.OUTSIDE_DATABASE), labels, 0),
                "no database");
    }

    @Test
    void refusesASplitWithoutQueries() {
        assertOneSentence(
                () -> new ClassBalancedSplit(0, 2, TrainingRows.IN_DATABASE),
                "queriesPerClass: expected a whole number of at least 1, found 0");
    }
}
