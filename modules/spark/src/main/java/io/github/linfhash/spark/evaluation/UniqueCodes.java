package io.github.linfhash.spark.evaluation;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.spark.blocks.CodeBlock;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.blocks.PackedCodes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Counts the different codes of a database exactly: equal codes meet in one of many buckets, and each bucket is counted
 * by itself. A code goes to its bucket once for each block that it is in, so that a database of few codes stays small.
 *
 * @param buckets how many
 */
record UniqueCodes(int bits, int buckets) implements Serializable {
    private static final int CODES_OF_BUCKET = 1 << 20;

    static UniqueCodes of(CodeSource database, int bits) {
        return new UniqueCodes(bits, Math.toIntExact(database.rows() / CODES_OF_BUCKET + 1));
    }

    int count(JavaRDD<CodeBlock> blocks) {
        return blocks.flatMapToPair(this::parts)
                .groupByKey(buckets)
                .map(bucket -> PackedCodes.concatenated(bits, bucket._2()).unique())
                .reduce(Math::addExact);
    }

    /** The different codes of a block by bucket. */
    private Iterator<Tuple2<Integer, PackedCodes>> parts(CodeBlock block) {
        BinaryCodes different = block.codes().select(block.codes().firstOccurrences());
        int[][] rows = new int[buckets][different.size() / buckets + 1];
        int[] sizes = new int[buckets];
        for (int row = 0; row < different.size(); row++) {
            int bucket = bucket(different, row);
            if (sizes[bucket] == rows[bucket].length) {
                rows[bucket] = Arrays.copyOf(rows[bucket], 2 * sizes[bucket]);
            }
            rows[bucket][sizes[bucket]++] = row;
        }
        List<Tuple2<Integer, PackedCodes>> parts = new ArrayList<>();
        for (int bucket = 0; bucket < buckets; bucket++) {
            if (sizes[bucket] > 0) {
                int[] chosen = Arrays.copyOf(rows[bucket], sizes[bucket]);
                parts.add(new Tuple2<>(bucket, PackedCodes.of(different.select(chosen))));
            }
        }
        return parts.iterator();
    }

    private int bucket(BinaryCodes codes, int row) {
        long mixed = 0;
        for (int w = 0; w < codes.words(); w++) {
            mixed = (mixed ^ codes.word(row, w)) * 0x9e3779b97f4a7c15L;
            mixed ^= mixed >>> 32;
        }
        return (int) Long.remainderUnsigned(mixed, buckets);
    }
}
