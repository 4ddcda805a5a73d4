package io.github.linfhash.data.manifest;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.data.readers.Cifar10Reader;
import io.github.linfhash.data.readers.IdxReader;
import java.nio.file.Path;
import java.util.List;

/** How files of images are written. */
public enum ImageFormat {
    /** The binary version of CIFAR-10, see {@link Cifar10Reader}. */
    CIFAR10 {
        @Override
        LabeledImages read(DatasetManifest manifest, ImageContent content, Path location, Progress progress) {
            return Cifar10Reader.read(location, progress);
        }
    },
    /** A pair of IDX files, see {@link IdxReader}; the first layout names the images and then the labels. */
    IDX {
        @Override
        LabeledImages read(DatasetManifest manifest, ImageContent content, Path location, Progress progress) {
            List<String> pair = manifest.files().layouts().get(0);
            try (Progress.Task task = progress.begin("reading " + manifest.title(), 1)) {
                LabeledImages images =
                        IdxReader.read(location.resolve(pair.get(0)), location.resolve(pair.get(1)), content.classes());
                task.advance(1);
                return images;
            }
        }

        @Override
        int pathsPerLayout() {
            return 2;
        }
    };

    abstract LabeledImages read(DatasetManifest manifest, ImageContent content, Path location, Progress progress);

    /** How many paths a layout lists. */
    int pathsPerLayout() {
        return 1;
    }
}
