package io.github.linfhash.spark.shards;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.NpyRows;
import io.github.linfhash.spark.blocks.CodeBlock;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.blocks.LabelKind;
import io.github.linfhash.spark.blocks.RowIds;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Packed codes in a folder of .npy files; a code's id is the number of its row. */
public final class ShardCodes implements CodeSource {
    private final JavaSparkContext context;
    private final ShardFolder folder;
    private final List<LabeledShard> shards;
    private final int bits;

    private ShardCodes(JavaSparkContext context, ShardFolder folder, @Nullable ShardFolder labels, int bits) {
        this.context = context;
        this.folder = folder;
        this.shards = LabeledShard.pair(folder, labels);
        this.bits = bits;
    }

    /** Whether a path names .npy files. */
    public static boolean areAt(String path) {
        return ShardFolder.isOne(path);
    }

    /**
     * Codes without labels; looks at the headers of all files.
     *
     * @param bits N
     * @throws InputException if there are none, or they do not fit each other
     */
    public static ShardCodes open(JavaSparkContext context, Path codes, int bits) {
        return new ShardCodes(context, folder(codes, bits), null, bits);
    }

    /**
     * Codes with labels; looks at the headers of all files.
     *
     * @param labels a folder with a label for each code
     * @param kind what these have to be
     * @param bits N
     * @throws InputException if there are none, or they do not fit each other
     */
    public static ShardCodes open(JavaSparkContext context, Path codes, Path labels, LabelKind kind, int bits) {
        ShardFolder truth = ShardFolder.open(labels);
        if (!truth.labelKind().equals(kind)) {
            throw new InputException(
                    labels + ": expected " + kind + " as the queries have, found " + truth.labelKind());
        }
        return new ShardCodes(context, folder(codes, bits), truth, bits);
    }

    private static ShardFolder folder(Path codes, int bits) {
        ShardFolder folder = ShardFolder.open(codes);
        if (folder.dimensions() != 2 || folder.columns() != (bits + 7) / 8) {
            throw new InputException(codes + ": expected packed codes of " + bits + " bits as the queries have, "
                    + (bits + 7) / 8 + " columns, found " + folder.columns());
        }
        return folder;
    }

    @Override
    public String name() {
        return folder.path().toString();
    }

    @Override
    public long rows() {
        return folder.rows();
    }

    @Override
    public JavaRDD<CodeBlock> blocks() {
        int length = bits;
        return context.parallelize(shards, shards.size()).flatMap(shard -> new Blocks(shard, length));
    }

    private static final class Blocks extends ShardBlocks<CodeBlock> {
        private final int bits;

        Blocks(LabeledShard shard, int bits) {
            super(shard, CodeBlock.ROWS);
            this.bits = bits;
        }

        @Override
        CodeBlock block(RowIds ids, NpyRows from, int count, @Nullable Labels truth) {
            return new CodeBlock(ids, CodeArrays.next(from, count, bits), truth);
        }
    }
}
