package io.github.linfhash.experiment.tuning;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.tuning.HeldOutJudge.HeldOutNeighbors;
import io.github.linfhash.protocols.protocol.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.Protocol.Neighbors;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.quantizers.PreparedVectors;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.jspecify.annotations.Nullable;

/**
 * The vectors on which options may be chosen: labeled ones, or, if neighbors decide, database vectors without their labels.
 *
 * @param plain the images as they are, and the unlabeled set: other rows of the database, or, where there are none, the images
 * @param mirrored the same images mirrored, in the same order, or null where the protocol does not add them
 * @param database rows of the protocol's database, of which nothing else is known
 * @param near by what images are near each other, where neighbors decide; else null
 */
public record TuningData(
        TrainingSet plain,
        @Nullable FeatureMatrix mirrored,
        int database,
        @Nullable Near near) {
    /** The most rows of a database that neighbors decide on, and that methods learn from without labels. */
    public static final int MOST_ROWS = 5000;

    /**
     * By what images are near each other.
     *
     * @param vectors of the images, as {@link PreparedVectors#of} gives them, without the preprocessing of hashing methods
     * @param similarity of the protocol
     * @param count how many of an image's nearest are its neighbors
     */
    public record Near(FeatureMatrix vectors, Similarity similarity, int count) {
        HeldOutNeighbors among(int[] rows) {
            return HeldOutNeighbors.of(vectors.select(rows), similarity, count);
        }
    }

    /** Labeled images. */
    public TuningData(TrainingSet plain, @Nullable FeatureMatrix mirrored, int database) {
        this(plain, mirrored, database, null);
    }

    /**
     * The training set of some of the images, by their places, with what remains of the unlabeled set where that consists of the labeled
     * images. A mirrored image is trained on where its original is.
     */
    TrainingSet training(int[] places) {
        FeatureMatrix labeled = plain.labeled().select(places);
        boolean labeledAlone = plain.unlabeled().equals(plain.labeled());
        TrainingSet some =
                new TrainingSet(labeled, plain.labels().select(places), labeledAlone ? labeled : plain.unlabeled());
        return mirrored == null ? some : some.withCopies(mirrored.select(places));
    }

    /** SHA-256 over features and labels, and what is near. */
    public String hash() {
        String labeled = String.join(
                "/",
                plain.labeled().sha256(),
                mirrored == null ? "plain" : mirrored.sha256(),
                String.valueOf(plain.labels().hashCode()),
                plain.unlabeled().sha256());
        return Digests.sha256(
                near == null
                        ? labeled
                        : String.join("/", labeled, near.vectors().sha256(), near.similarity() + "/" + near.count()));
    }

    /**
     * The training images of one seed's split, preprocessed with what is learned from them alone, and at most {@value #MOST_ROWS} other
     * rows of those that may be learned from without labels, sampled from the stream "tuning.unlabeled". None of them is a query of any
     * seed, so that what is chosen on them may serve all seeds.
     *
     * <p>The other rows matter: anchors of a kernel are rows without labels. Were they drawn among the labeled ones, a narrow kernel would
     * know these by heart, and the search would prefer wider ones than are good in a run.
     *
     * @param seed any, also one that is not the protocol's
     */
    public static TuningData of(Protocol protocol, FeatureData data, long seed) {
        Splits splits = data.splits(protocol);
        Split split = splits.drawForTuning(seed);
        int[] rows = split.training();
        Preprocessor preprocessor = Preprocessor.fit(protocol.preprocessing(), data.raw(), rows);
        FeatureMatrix features = preprocessor.apply(data.raw(), rows);
        BitSet taken = queries(protocol, splits);
        Arrays.stream(rows).forEach(taken::set);
        int[] others = sample(split, taken, seed, "tuning.unlabeled");
        return new TuningData(
                new TrainingSet(
                        features,
                        data.trainingLabels(protocol, rows),
                        others.length == 0 ? features : preprocessor.apply(data.raw(), others)),
                data.mirrored() == null ? null : preprocessor.apply(data.mirrored(), rows),
                split.database().length);
    }

    /** The rows that are a query of any seed. */
    private static BitSet queries(Protocol protocol, Splits splits) {
        BitSet queries = new BitSet();
        protocol.seeds().forEach(one -> Arrays.stream(splits.draw(one).query()).forEach(queries::set));
        return queries;
    }

    /** Rows that may be learned from without labels and are not taken, in ascending order. */
    private static int[] sample(Split split, BitSet taken, long seed, String stream) {
        int[] allowed =
                Arrays.stream(split.unlabeled()).filter(row -> !taken.get(row)).toArray();
        return allowed.length == 0
                ? allowed
                : IntStream.of(new PermutationSampler(
                                        new RandomStreams(seed).stream(stream),
                                        allowed.length,
                                        Math.min(MOST_ROWS, allowed.length))
                                .sample())
                        .map(place -> allowed[place])
                        .sorted()
                        .toArray();
    }

    /**
     * Rows that may be learned from without labels under one seed, at most {@value #MOST_ROWS} of them, sampled from the stream
     * "tuning.rows", preprocessed with what is learned from them alone; all of one class. None of them is a query of any seed.
     *
     * @param seed any, also one that is not the protocol's
     * @throws InputException if the protocol has no neighbors, or every row is a query
     */
    public static TuningData withNeighbors(Protocol protocol, FeatureData data, long seed) {
        Neighbors neighbors = protocol.neighbors();
        if (neighbors == null) {
            throw new InputException("protocol " + protocol.name() + ": " + Criterion.NEIGHBOR_RECALL.key()
                    + " needs a protocol with neighbors, such as clinc150-minilm; choose other --criteria");
        }
        Splits splits = data.splits(protocol);
        Split split = splits.drawForTuning(seed);
        int[] rows = sample(split, queries(protocol, splits), seed, "tuning.rows");
        if (rows.length == 0) {
            throw new InputException("protocol " + protocol.name()
                    + ": expected vectors that are not a query under any seed, found none");
        }
        Preprocessor preprocessor = Preprocessor.fit(protocol.preprocessing(), data.raw(), rows);
        FeatureMatrix features = preprocessor.apply(data.raw(), rows);
        Similarity similarity = neighbors.similarity();
        FeatureMatrix vectors = PreparedVectors.of(similarity, data.raw(), "protocol " + protocol.name());
        return new TuningData(
                new TrainingSet(features, ClassLabels.of(new int[rows.length]), features),
                null,
                split.database().length,
                new Near(vectors.select(rows), similarity, neighbors.count()));
    }
}
