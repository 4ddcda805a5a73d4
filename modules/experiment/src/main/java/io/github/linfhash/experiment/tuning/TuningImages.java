package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.tuning.HeldOutJudge.HeldOutNeighbors;
import io.github.linfhash.protocols.protocol.Neighbors;
import io.github.linfhash.protocols.protocol.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.quantizers.Similarity;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.jspecify.annotations.Nullable;

/**
 * The images that options may be chosen on: labeled ones, or, where neighbors decide, rows of the database without their labels.
 *
 * @param plain the images as they are; they are the unlabeled set too
 * @param mirrored the same images mirrored, in the same order, or null where the protocol does not add them
 * @param database rows of the protocol's database, of which nothing else is known
 * @param near by what images are near each other, where neighbors decide; else null
 */
public record TuningImages(
        TrainingSet plain,
        @Nullable FeatureMatrix mirrored,
        int database,
        @Nullable Near near) {
    /** The most rows of a database that neighbors decide on. */
    public static final int MOST_ROWS = 5000;

    /**
     * By what images are near each other.
     *
     * @param vectors of the images, as {@link Similarity#prepare} gives them, without the preprocessing of hashing methods
     * @param similarity of the protocol
     * @param count how many of an image's nearest are its neighbors
     */
    public record Near(FeatureMatrix vectors, Similarity similarity, int count) {
        HeldOutNeighbors among(int[] rows) {
            return HeldOutNeighbors.of(vectors.select(rows), similarity, count);
        }
    }

    /** Labeled images. */
    public TuningImages(TrainingSet plain, @Nullable FeatureMatrix mirrored, int database) {
        this(plain, mirrored, database, null);
    }

    /** SHA-256 over features and labels, and what is near. */
    public String hash() {
        String labeled = String.join(
                "/",
                plain.labeled().sha256(),
                mirrored == null ? "plain" : mirrored.sha256(),
                String.valueOf(plain.labels().hashCode()));
        return Digests.sha256(
                near == null
                        ? labeled
                        : String.join("/", labeled, near.vectors().sha256(), near.similarity() + "/" + near.count()));
    }

    /**
     * The training images of one seed's split, preprocessed with what is learned from them alone. None of them is a query of
     * any seed, so that what is chosen on them may serve all seeds.
     *
     * @param seed one of the protocol's
     */
    public static TuningImages of(Protocol protocol, FeatureData data, long seed) {
        Split split = data.splits(protocol).draw(seed);
        int[] rows = split.training();
        Preprocessor preprocessor = Preprocessor.fit(protocol.preprocessing(), data.raw(), rows);
        FeatureMatrix features = preprocessor.apply(data.raw(), rows);
        Labels truth = protocol.split().truth(data.labels());
        return new TuningImages(
                new TrainingSet(features, truth.select(rows), features),
                data.mirrored() == null ? null : preprocessor.apply(data.mirrored(), rows),
                split.database().length);
    }

    /**
     * Rows that may be learned from without labels under one seed, at most {@value #MOST_ROWS} of them, sampled from the stream
     * "tuning.rows", preprocessed with what is learned from them alone; all of one class. None of them is a query of any seed.
     *
     * @param seed one of the protocol's
     * @throws InputException if the protocol has no neighbors, or every row is a query
     */
    public static TuningImages withNeighbors(Protocol protocol, FeatureData data, long seed) {
        Neighbors neighbors = protocol.neighbors();
        if (neighbors == null) {
            throw new InputException("protocol " + protocol.name() + ": " + Criterion.NEIGHBOR_RECALL.key()
                    + " needs a protocol with neighbors, such as clinc150-minilm; choose other --criteria");
        }
        Splits splits = data.splits(protocol);
        BitSet queries = new BitSet();
        protocol.seeds().forEach(one -> Arrays.stream(splits.draw(one).query()).forEach(queries::set));
        Split split = splits.draw(seed);
        int[] allowed = Arrays.stream(split.unlabeled())
                .filter(row -> !queries.get(row))
                .toArray();
        if (allowed.length == 0) {
            throw new InputException(
                    "protocol " + protocol.name() + ": expected rows that are no query of any seed, found none");
        }
        int[] rows = IntStream.of(new PermutationSampler(
                                new RandomStreams(seed).stream("tuning.rows"),
                                allowed.length,
                                Math.min(MOST_ROWS, allowed.length))
                        .sample())
                .map(place -> allowed[place])
                .sorted()
                .toArray();
        Preprocessor preprocessor = Preprocessor.fit(protocol.preprocessing(), data.raw(), rows);
        FeatureMatrix features = preprocessor.apply(data.raw(), rows);
        Similarity similarity = Similarity.valueOf(neighbors.similarity().name());
        FeatureMatrix vectors = similarity.prepare(data.raw(), "protocol " + protocol.name());
        return new TuningImages(
                new TrainingSet(features, ClassLabels.of(new int[rows.length]), features),
                null,
                split.database().length,
                new Near(vectors.select(rows), similarity, neighbors.count()));
    }
}
