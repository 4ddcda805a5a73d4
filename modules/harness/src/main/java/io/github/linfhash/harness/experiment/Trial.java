package io.github.linfhash.harness.experiment;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.protocols.features.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.protocols.split.TrainingRows;

/**
 * The data of one seed: what methods learn from, and what they are measured on.
 *
 * @param training what a method may see
 * @param queries preprocessed features of the queries
 * @param database preprocessed features of the database
 * @param queryLabels ground truth of the queries
 * @param databaseLabels ground truth of the database
 * @param splitHash SHA-256 of the split
 */
public record Trial(
        TrainingSet training,
        FeatureMatrix queries,
        FeatureMatrix database,
        Labels queryLabels,
        Labels databaseLabels,
        String splitHash) {

    /** Draws the split of a seed and preprocesses the features; the mean comes from the training images alone. */
    public static Trial of(Protocol protocol, ImageFeatures data, long seed) {
        Split split = protocol.split().draw(data.labels(), new RandomStreams(seed));
        Preprocessor preprocessor =
                Preprocessor.fit(protocol.preprocessing(), data.raw().select(split.training()));
        FeatureMatrix features = preprocessor.apply(data.raw());
        FeatureMatrix database = features.select(split.database());
        TrainingSet training = new TrainingSet(
                features.select(split.training()),
                data.labels().select(split.training()),
                protocol.split().trainingRows() == TrainingRows.IN_DATABASE
                        ? database
                        : features.select(split.searchableOrTraining()));
        return new Trial(
                training,
                features.select(split.query()),
                database,
                data.labels().select(split.query()),
                data.labels().select(split.database()),
                split.sha256());
    }

    public Relevance relevance() {
        return Relevance.bySimilarLabels(queryLabels, databaseLabels);
    }
}
