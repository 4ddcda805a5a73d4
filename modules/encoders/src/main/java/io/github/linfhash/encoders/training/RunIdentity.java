package io.github.linfhash.encoders.training;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.Network;
import java.util.Arrays;

/**
 * What tells one training from another, apart from its data and seed.
 *
 * @param method its name
 * @param options all its options; records write themselves out in full
 * @param network whose size is the code length
 */
record RunIdentity(String method, Record options, Network network) {
    /** SHA-256, in hex, of all that decides how the training ends. */
    String key(TrainingSet training, long seed) {
        return Digests.sha256(String.join(
                "\n",
                "siamese training",
                method,
                options.toString(),
                network.outputs() + " bits",
                "seed " + seed,
                training.labelled().sha256(),
                text(training.labels())));
    }

    private static String text(Labels labels) {
        if (labels instanceof ClassLabels classes) {
            return Arrays.toString(classes.toArray());
        }
        LabelSets sets = (LabelSets) labels;
        StringBuilder text = new StringBuilder("sets of " + sets.labels());
        for (int row = 0; row < sets.size(); row++) {
            text.append('\n');
            for (int label = 0; label < sets.labels(); label++) {
                text.append(sets.has(row, label) ? '1' : '0');
            }
        }
        return text.toString();
    }
}
