package io.github.linfhash.data.manifest;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.nuswide.NusWideReader;
import io.github.linfhash.data.readers.Corel16kReader;
import io.github.linfhash.data.vectors.LabeledFeatures;
import java.nio.file.Path;

/** How files of feature vectors with sets of labels are written. */
public enum FeatureFormat {
    /** The official files of NUS-WIDE, see {@link NusWideReader}. */
    NUS_WIDE {
        @Override
        LabeledFeatures read(Path location, Progress progress) {
            return NusWideReader.read(location, progress);
        }
    },
    /** Lists of indices of words and labels, see {@link Corel16kReader}. */
    COREL16K {
        @Override
        LabeledFeatures read(Path location, Progress progress) {
            return Corel16kReader.read(location, progress);
        }
    };

    abstract LabeledFeatures read(Path location, Progress progress);
}
