package io.github.linfhash.advisor.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuerySamplingTest {
    private static int predicted(int vectors, int searched, int database, int neighbors) {
        QuerySampling sampling = QuerySampling.of(vectors, true, searched, neighbors, 0);
        Optional<RecallExtrapolation> prediction =
                RecallExtrapolation.of(sampling.division().searched(), database, neighbors);
        return prediction.map(RecallExtrapolation::predictedRows).orElse(database);
    }

    /** 50,000 are fitted to, and 1,000 become queries. */
    @ParameterizedTest
    @CsvSource({
        "1000000, 10, 151000, 100000",
        "3000000, 10, 351000, 300000",
        "3000000, 100, 61000, 30000",
        "20000, 10, 4445, 2000"
    })
    void theNeededSamplePredictsForAllAndOneOfThreeFewerDoesNot(
            int database, int neighbors, int vectors, int searched) {
        QuerySampling.Needed needed = QuerySampling.Needed.of(database, neighbors);
        assertThat(needed).isEqualTo(new QuerySampling.Needed(vectors, searched));
        assertThat(predicted(vectors, searched, database, neighbors)).isEqualTo(database);
        assertThat(predicted(vectors - 3, searched, database, neighbors)).isLessThan(database);
        assertThat(predicted(vectors, searched - 1, database, neighbors)).isLessThan(database);
        assertThat(needed.request())
                .isEqualTo("Repeat the command with --max-vectors " + searched + " and a file of at least " + vectors
                        + " random vectors");
    }

    /** With two neighbors, all vectors are needed, and there are no more. */
    @ParameterizedTest
    @CsvSource({"300, 2, 300", "300, 1, 300"})
    void aSampleIsNotLargerThanItsDatabase(int database, int neighbors, int vectors) {
        assertThat(QuerySampling.Needed.of(database, neighbors).vectors()).isEqualTo(vectors);
    }

    @Test
    void validVectorsAreNumberedWithoutTheInvalidOnes() {
        BitSet invalid = new BitSet();
        new Random(7).ints(400, 0, 1000).forEach(invalid::set);
        invalid.set(0);
        invalid.set(999);
        QuerySampling.ValidRows valid =
                new QuerySampling.ValidRows(1000, invalid.stream().boxed().toList());
        assertThat(IntStream.range(0, valid.size()).map(valid::row).toArray())
                .containsExactly(IntStream.range(0, 1000)
                        .filter(row -> !invalid.get(row))
                        .toArray());
    }
}
