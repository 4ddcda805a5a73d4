package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.linfhash.engines.pgvector.MadePgvector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Growth by laws that are known. */
class GrowthTest {
    private static final IndexType TYPE = MadePgvector.type("hnsw-bit");

    private static List<Growth.Size> sizes(IntToDoubleFunction effort, IntToDoubleFunction bytes) {
        return IntStream.of(1_000, 2_000, 4_000, 8_000)
                .mapToObj(rows -> new Growth.Size(rows, new Growth.Needed(effort.applyAsDouble(rows), 50, false), (long)
                        bytes.applyAsDouble(rows)))
                .toList();
    }

    /** An effort that grows with the fourth root of the rows doubles from 8,000 to 128,000. */
    @Test
    void powersOfTheRowsAreContinued() {
        Growth growth = Growth.of(128_000, TYPE, sizes(rows -> Math.pow(rows, 0.25), rows -> 350.0 * rows));
        assertThat(growth.refused()).isEmpty();
        Growth.Predicted effort = Objects.requireNonNull(growth.effort());
        assertThat(effort.value()).isCloseTo(2 * Math.pow(8_000, 0.25), within(1e-6));
        assertThat(effort.low()).isCloseTo(effort.value(), within(1e-3));
        assertThat(Objects.requireNonNull(growth.indexBytes()).value()).isCloseTo(350.0 * 128_000, within(1.0));
        assertThat(Objects.requireNonNull(growth.candidates()).value()).isCloseTo(50, within(1e-6));
    }

    /** The predicted effort is 18.9; a table that is larger does not need less than what was measured. */
    @Test
    void aLargerTableIsSearchedAsPredicted() {
        Growth growth = Growth.of(128_000, TYPE, sizes(rows -> Math.pow(rows, 0.25), rows -> 350.0 * rows));
        IndexSpec index = new IndexSpec(TYPE, Map.of("m", 16, "ef_construction", 64));
        assertThat(growth.of(new OperatingPoint(index, 10, 50))).isEqualTo(new OperatingPoint(index, 19, 50));
        assertThat(growth.of(new OperatingPoint(index, 20, 60))).isEqualTo(new OperatingPoint(index, 20, 60));
        Growth refused = Growth.of(64_000, TYPE, sizes(rows -> rows == 8_000 ? 100 : 20, rows -> 350.0 * rows));
        assertThat(refused.of(new OperatingPoint(index, 10, 50))).isEqualTo(new OperatingPoint(index, 10, 50));
    }

    /** With noise the interval is wider the farther away the table is. */
    @Test
    void intervalsGrowWithTheDistance() {
        List<Growth.Size> noisy = sizes(rows -> Math.pow(rows, 0.25) * (rows == 2_000 ? 1.1 : 1), rows -> 350.0 * rows);
        Growth.Predicted near =
                Objects.requireNonNull(Growth.of(16_000, TYPE, noisy).effort());
        Growth.Predicted far =
                Objects.requireNonNull(Growth.of(64_000, TYPE, noisy).effort());
        assertThat(near.low()).isLessThan(near.value());
        assertThat(far.high() / far.low()).isGreaterThan(near.high() / near.low());
    }

    @Test
    void contradictionsAreRefused() {
        Growth jump = Growth.of(64_000, TYPE, sizes(rows -> rows == 8_000 ? 100 : 20, rows -> 350.0 * rows));
        assertThat(jump.effort()).isNull();
        assertThat(Objects.requireNonNull(jump.indexBytes()).value()).isCloseTo(350.0 * 64_000, within(1.0));
        assertThat(jump.refused())
                .startsWith("smaller parts predict 20.00 as the effort for 8000 rows, and 100.0 was measured.");
        assertThat(Growth.of(64_000, TYPE, sizes(rows -> 20, rows -> rows == 8_000 ? 370.0 * rows : 350.0 * rows))
                        .refused())
                .contains("size of the index");
    }

    /** Whether a small part reaches the target says nothing about how many bytes its index takes. */
    @Test
    void bytesAreToldWhereTheTargetIsNotReached() {
        List<Growth.Size> sizes = new ArrayList<>(sizes(rows -> 20, rows -> 350.0 * rows));
        sizes.set(0, new Growth.Size(1_000, null, 350_000));
        Growth growth = Growth.of(64_000, TYPE, sizes);
        assertThat(growth.effort()).isNull();
        assertThat(Objects.requireNonNull(growth.indexBytes()).value()).isCloseTo(350.0 * 64_000, within(1.0));
        assertThat(growth.refused()).isEqualTo("the target was reached for 3 of 4 sizes. ");
    }

    /** Ten rows are the least that HNSW looks at for ten neighbors: an effort that cannot be lower does not grow. */
    @Test
    void theLeastEffortOfSmallPartsPredictsNothing() {
        List<Growth.Size> sizes = new ArrayList<>(sizes(rows -> 10, rows -> 350.0 * rows));
        sizes.set(0, new Growth.Size(1_000, new Growth.Needed(10, 50, true), 350_000));
        Growth growth = Growth.of(64_000, TYPE, sizes);
        assertThat(growth.effort()).isNull();
        assertThat(growth.candidates()).isNull();
        assertThat(Objects.requireNonNull(growth.indexBytes()).value()).isCloseTo(350.0 * 64_000, within(1.0));
        assertThat(growth.refused()).startsWith("for 1 of 4 sizes, the least that was tried reaches the target");
    }

    /** pg_relation_size of PostgreSQL 17 with pgvector 0.8.0, of HNSW over bits of 384 dimensions with m = 8. */
    @Test
    void pagesThatEachIndexHasAreNoPartOfItsGrowth() {
        List<Growth.Size> sizes = List.of(
                new Growth.Size(500, null, 139_264),
                new Growth.Size(1_000, null, 262_144),
                new Growth.Size(2_000, null, 516_096),
                new Growth.Size(4_000, null, 1_015_808));
        Growth.Predicted bytes =
                Objects.requireNonNull(Growth.of(20_000, TYPE, sizes).indexBytes());
        assertThat(bytes.value()).isCloseTo(5_029_888, withinPercentage(1));
        assertThat(5_029_888.0).isBetween(bytes.low(), bytes.high());
    }

    /** An effort that falls by the fourth root of the rows is a fourth at 256 times as many, which no graph does. */
    @Test
    void noLargerTableNeedsLess() {
        Growth growth = Growth.of(2_048_000, TYPE, sizes(rows -> 800 / Math.pow(rows, 0.25), rows -> 350.0 * rows));
        assertThat(growth.effort()).isNull();
        assertThat(growth.refused()).isEqualTo("the effort would be 21.15, less than the 84.59 of 8000 rows. ");
    }

    @Test
    void moreThanPgvectorAllowsIsRefused() {
        Growth growth = Growth.of(10_000_000, TYPE, sizes(rows -> rows / 20.0, rows -> 350.0 * rows));
        assertThat(growth.refused())
                .startsWith("hnsw.ef_search would be 500000")
                .endsWith("at most 1000 is possible. ");
    }
}
