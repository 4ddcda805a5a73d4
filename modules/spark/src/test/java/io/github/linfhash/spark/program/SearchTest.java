package io.github.linfhash.spark.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.HammingNeighbors;
import io.github.linfhash.codes.HammingSearch;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.parquet.ParquetCodes;
import io.github.linfhash.spark.search.DistributedSearch;
import io.github.linfhash.spark.shards.ShardCodes;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Neighbors that are found in parts and merged must be those that are found in all, equally distant codes by ascending id. */
class SearchTest extends OnLocalSpark {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"6, 500", "64, 500", "70, 90", "9, 70001"})
    void neighborsAreThoseOfOneMachine(int bits, int rows) throws IOException {
        DrawnCodes drawn = DrawnCodes.draw(9, rows, bits, true);
        Path codes = Shards.codes(folder.resolve("codes"), drawn.database(), 3, 0, 50);
        ShardCodes shards = ShardCodes.open(context, codes, bits);
        String table = folder.resolve("table").toString();
        // The order of Parquet's rows is nobody's promise: here it is by code.
        ParquetCodes.table(session, shards.blocks(), null, bits)
                .repartition(4, functions.col("code"))
                .write()
                .parquet(table);
        CodeSource parquet = ParquetCodes.open(session, table, null, bits);
        for (int k : new int[] {1, 20, 90}) {
            HammingNeighbors one = HammingSearch.nearest(drawn.queries(), drawn.database(), k);
            requireSame(one, DistributedSearch.nearest(context, drawn.queries(), shards, k));
            requireSame(one, DistributedSearch.nearest(context, drawn.queries(), parquet, k));
        }
    }

    @Test
    void anIdThatTwoCodesHaveIsRefused() throws IOException {
        DrawnCodes drawn = DrawnCodes.draw(2, 30, 16, true);
        ShardCodes shards = ShardCodes.open(context, Shards.codes(folder.resolve("codes"), drawn.database(), 20), 16);
        Dataset<Row> rows = ParquetCodes.table(session, shards.blocks(), null, 16);
        for (int parts : new int[] {1, 2}) {
            String table = folder.resolve("twice" + parts).toString();
            rows.union(rows).repartition(parts).write().parquet(table);
            CodeSource twice = ParquetCodes.open(session, table, null, 16);
            assertThatThrownBy(() -> DistributedSearch.nearest(context, drawn.queries(), twice, 60))
                    .hasRootCauseInstanceOf(RuntimeException.class)
                    .hasStackTraceContaining("expected an id of its own for each row of the database, found one twice");
        }
    }

    private static void requireSame(HammingNeighbors one, HammingNeighbors many) {
        assertThat(many.perQuery()).isEqualTo(one.perQuery());
        assertThat(many.toDistances()).isEqualTo(one.toDistances());
        assertThat(many.toIds()).isEqualTo(one.toIds());
    }
}
