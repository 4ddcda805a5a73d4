package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.protocols.protocol.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Splits;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The labeled images that options may be chosen on.
 *
 * @param plain the images as they are; they are the unlabeled set too
 * @param mirrored the same images mirrored, in the same order, or null where the protocol does not add them
 * @param database rows of the protocol's database, of which nothing else is known
 */
public record TuningImages(TrainingSet plain, @Nullable FeatureMatrix mirrored, int database) {

    /**
     * The rows of the training images of one seed's split, without those that are a query under any seed of the
     * protocol: options serve all seeds, so no seed's queries may have a part in choosing them.
     *
     * @param seed whose training images are taken
     * @throws InputException if nothing is left
     */
    static int[] rows(Protocol protocol, Splits splits, long seed) {
        BitSet queries = new BitSet();
        for (long other : protocol.seeds()) {
            Arrays.stream(splits.draw(other).query()).forEach(queries::set);
        }
        int[] training = splits.draw(seed).training();
        int[] left = Arrays.stream(training).filter(row -> !queries.get(row)).toArray();
        if (left.length == 0) {
            throw new InputException("--seed " + seed + ": expected training rows that are a query under no seed of "
                    + "the protocol, found none");
        }
        return left;
    }

    /** SHA-256 over features and labels. */
    public String hash() {
        return Digests.sha256(String.join(
                "/",
                plain.labeled().sha256(),
                mirrored == null ? "plain" : mirrored.sha256(),
                String.valueOf(plain.labels().hashCode())));
    }

    /** Those images, preprocessed with what is learned from them alone, as they are. */
    public static TuningImages of(Protocol protocol, FeatureData data, long seed) {
        Splits splits = Splits.of(protocol.split(), data.raw(), data.labels());
        int[] rows = rows(protocol, splits, seed);
        Preprocessor preprocessor = Preprocessor.fit(protocol.preprocessing(), data.raw(), rows);
        FeatureMatrix features = preprocessor.apply(data.raw(), rows);
        Labels truth = protocol.split().truth(data.labels());
        return new TuningImages(
                new TrainingSet(features, truth.select(rows), features),
                data.mirrored() == null ? null : preprocessor.apply(data.mirrored(), rows),
                splits.draw(seed).database().length);
    }
}
