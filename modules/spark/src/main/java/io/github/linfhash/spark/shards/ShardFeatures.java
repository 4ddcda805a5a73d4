package io.github.linfhash.spark.shards;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.NpyRows;
import io.github.linfhash.spark.blocks.FeatureBlock;
import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.blocks.LabelKind;
import io.github.linfhash.spark.blocks.RowIds;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Features in a folder of .npy files, n_i x d each; a row's id is its number. */
public final class ShardFeatures implements FeatureSource {
    private final JavaSparkContext context;
    private final ShardFolder folder;
    private final @Nullable ShardFolder labels;
    private final List<LabeledShard> shards;

    private ShardFeatures(JavaSparkContext context, ShardFolder folder, @Nullable ShardFolder labels) {
        this.context = context;
        this.folder = folder;
        this.labels = labels;
        this.shards = LabeledShard.pair(folder, labels);
    }

    /** Whether a path names .npy files. */
    public static boolean areAt(String path) {
        return ShardFolder.isOne(path);
    }

    /**
     * Looks at the headers of all files.
     *
     * @param labels a folder with a label for each row
     * @throws InputException if there are none, or they do not fit each other
     */
    public static ShardFeatures open(JavaSparkContext context, Path features, @Nullable Path labels) {
        ShardFolder folder = ShardFolder.open(features);
        if (folder.dimensions() != 2) {
            throw new InputException(features + ": expected features, a matrix in each file, found one dimension");
        }
        return new ShardFeatures(context, folder, labels == null ? null : ShardFolder.open(labels));
    }

    /** The labels that are read along; null for none. */
    public @Nullable LabelKind labelKind() {
        return labels == null ? null : labels.labelKind();
    }

    @Override
    public String name() {
        return folder.path().toString();
    }

    @Override
    public int dimension() {
        return folder.columns();
    }

    @Override
    public long rows() {
        return folder.rows();
    }

    @Override
    public JavaRDD<FeatureBlock> blocks() {
        int rows = FeatureSource.rowsOfBlock(dimension());
        return context.parallelize(shards, shards.size()).flatMap(shard -> new Blocks(shard, rows));
    }

    private static final class Blocks extends ShardBlocks<FeatureBlock> {
        Blocks(LabeledShard shard, int rowsOfBlock) {
            super(shard, rowsOfBlock);
        }

        @Override
        FeatureBlock block(RowIds ids, NpyRows from, int count, @Nullable Labels truth) {
            return new FeatureBlock(ids, FeatureArrays.next(from, count), truth);
        }
    }
}
