package io.github.linfhash.data.manifest;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.vectors.LabeledTexts;
import java.nio.file.Path;

/** How files of texts of one class each are written. */
public enum TextFormat {
    /** A table with the columns {@code text} and {@code category}, which the layout names. */
    TEXT_TABLE {
        @Override
        LabeledTexts read(DatasetManifest manifest, Path location, Progress progress) {
            Path file = location.resolve(manifest.files().layouts().get(0).get(0));
            return LabeledTexts.read(file, "text", "category", progress);
        }
    };

    abstract LabeledTexts read(DatasetManifest manifest, Path location, Progress progress);
}
