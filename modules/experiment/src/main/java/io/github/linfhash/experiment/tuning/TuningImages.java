package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.protocols.protocol.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Split;
import org.jspecify.annotations.Nullable;

/**
 * The labeled images that options may be chosen on.
 *
 * @param plain the images as they are; they are the unlabeled set too
 * @param mirrored the same images mirrored, in the same order, or null where the protocol does not add them
 * @param database rows of the protocol's database, of which nothing else is known
 */
public record TuningImages(TrainingSet plain, @Nullable FeatureMatrix mirrored, int database) {
    /** SHA-256 over features and labels. */
    public String hash() {
        return Digests.sha256(String.join(
                "/",
                plain.labeled().sha256(),
                mirrored == null ? "plain" : mirrored.sha256(),
                String.valueOf(plain.labels().hashCode())));
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
}
