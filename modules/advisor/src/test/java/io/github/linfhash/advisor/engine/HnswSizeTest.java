package io.github.linfhash.advisor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HnswSizeTest {
    /**
     * Sizes as pg_relation_size of PostgreSQL 17.12 with pgvector 0.8.0 has them, of indexes with the default m: over 10,000 random vectors of up to
     * 768 dimensions, and 4,000 of more.
     */
    @ParameterizedTest
    @CsvSource({
        "12, 319.488",
        "192, 503.808",
        "48, 349.7984",
        "768, 1171.456",
        "96, 398.1312",
        "1536, 2048.8192",
        "128, 436.224",
        "2048, 2734.08",
        "192, 503.808",
        "3072, 4098.048",
        "384, 696.32",
        "6144, 8194.048"
    })
    void isThatOfPostgres(int code, double bytesPerRow) {
        assertThat(HnswSize.bytesPerRow(code)).isCloseTo(bytesPerRow, withPercentage(2));
    }

    /** From 5,509 rows on, pgvector says that the graph of bits of 384 dimensions does not fit into 4 MB. */
    @ParameterizedTest
    @CsvSource("48, 5509, 4194304")
    void aBuildTakesMoreThanItsIndex(int code, int rows, double memory) {
        assertThat(rows * HnswSize.buildBytesPerRow(code)).isCloseTo(memory, withPercentage(2));
    }
}
