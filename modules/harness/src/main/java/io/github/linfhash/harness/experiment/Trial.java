package io.github.linfhash.harness.experiment;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.protocols.features.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Split;
import java.util.Arrays;

/**
 * The data of one seed: what methods learn from, and what they are measured on.
 *
 * @param training what a method may see
 * @param queries preprocessed features of the queries
 * @param database preprocessed features of the database
 * @param queryLabels ground truth of the queries
 * @param databaseLabels ground truth of the database
 * @param splitHash SHA-256 of the split
 * @param preprocessor what was done to raw features
 */
public record Trial(
        TrainingSet training,
        FeatureMatrix queries,
        FeatureMatrix database,
        Labels queryLabels,
        Labels databaseLabels,
        String splitHash,
        Preprocessor preprocessor) {

    /**
     * Draws the split of a seed and preprocesses the features; the mean comes from the training images alone. Database
     * and unlabelled images share one matrix unless training images are outside the database.
     */
    public static Trial of(Protocol protocol, FeatureData data, long seed) {
        Split split = protocol.split().draw(data.labels(), new RandomStreams(seed));
        Labels truth = protocol.split().truth(data.labels());
        Preprocessor preprocessor = Preprocessor.fit(protocol.preprocessing(), data.raw(), split.training());
        FeatureMatrix database = preprocessor.apply(data.raw(), split.database());
        int[] unlabelled = split.searchableOrTraining();
        TrainingSet training = new TrainingSet(
                preprocessor.apply(data.raw(), split.training()),
                truth.select(split.training()),
                Arrays.equals(unlabelled, split.database()) ? database : preprocessor.apply(data.raw(), unlabelled));
        return new Trial(
                training,
                preprocessor.apply(data.raw(), split.query()),
                database,
                truth.select(split.query()),
                truth.select(split.database()),
                split.sha256(),
                preprocessor);
    }

    public Relevance relevance() {
        return Relevance.bySimilarLabels(queryLabels, databaseLabels);
    }
}
