package io.github.linfhash.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.spark.program.DrawnCodes;
import io.github.linfhash.spark.program.OnLocalSpark;
import io.github.linfhash.spark.program.Shards;
import io.github.linfhash.spark.shards.ShardCodes;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniqueCodesTest extends OnLocalSpark {
    @TempDir
    private Path folder;

    // 6 bits: fewer codes than rows, the same ones in every file. 130 bits: no code twice.
    @ParameterizedTest
    @CsvSource({"6, 1", "6, 7", "6, 200", "130, 7"})
    void equalCodesOfDifferentFilesMeetInOneBucket(int bits, int buckets) throws IOException {
        BinaryCodes codes = DrawnCodes.draw(1, 400, bits, true).database();
        ShardCodes database = ShardCodes.open(context(), Shards.codes(folder.resolve("c"), codes, 90, 200), bits);
        assertThat(new UniqueCodes(bits, buckets).count(database.blocks())).isEqualTo(codes.unique());
    }
}
