package io.github.linfhash.data.manifest;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.random.StratifiedSample;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.data.manifest.DatasetContent.ImageContent;
import io.github.linfhash.data.readers.IdxFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The recipe of the data set that comes with linfhash: 1,200 images of each class of Fashion-MNIST (Xiao, Rasul and
 * Vollgraf, 2017).
 *
 * <p>The 70,000 images are those of the training files followed by those of the test files. {@link StratifiedSample}
 * draws from them with the stream "fashion-mnist-subset" of seed 0, and the rows drawn are written in ascending order.
 */
public final class FashionMnistSubset {
    static final String STREAM = "fashion-mnist-subset";
    static final int PER_CLASS = 1200;

    private FashionMnistSubset() {}

    /**
     * Makes the subset.
     *
     * @param arguments the manifest, the folder with the four files of Fashion-MNIST, and the folder to write to
     * @throws InputException if the arguments are not three, or a file is not the one that the manifest lists
     * @throws IOException if the result cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new InputException("the recipe needs a manifest, a source folder and a target folder: expected 3 "
                    + "arguments, found " + arguments.length);
        }
        write(DatasetManifest.read(Path.of(arguments[0])), Path.of(arguments[1]), Path.of(arguments[2]));
    }

    /** Makes the subset and writes its two files. */
    static void write(DatasetManifest manifest, Path source, Path target) throws IOException {
        LabeledImages subset = make(manifest, source);
        List<String> pair = manifest.files().layouts().get(0);
        IdxFiles.write(subset, target.resolve(pair.get(0)), target.resolve(pair.get(1)));
    }

    /** Reads the sources, which must be those of the manifest, and draws the subset. */
    static LabeledImages make(DatasetManifest manifest, Path source) {
        manifest.files().sources().forEach(file -> requireContent(file, source));
        LabeledImages training = part(manifest, source, "train");
        LabeledImages all = training.followedBy(part(manifest, source, "t10k"));
        return draw(all);
    }

    private static LabeledImages part(DatasetManifest manifest, Path source, String part) {
        return IdxFiles.read(
                source.resolve(part + "-images-idx3-ubyte.gz"),
                source.resolve(part + "-labels-idx1-ubyte.gz"),
                images(manifest).classes());
    }

    private static ImageContent images(DatasetManifest manifest) {
        if (manifest.content() instanceof ImageContent images) {
            return images;
        }
        throw new InputException(manifest.name() + ": expected a manifest of images, found one of something else");
    }

    private static LabeledImages draw(LabeledImages all) {
        List<int[]> samples = StratifiedSample.draw(all.labels(), PER_CLASS, new RandomStreams(0).stream(STREAM));
        return all.select(StratifiedSample.ascending(samples, 0, PER_CLASS));
    }

    /** Compares what is in a gzip file, since the same content comes in differently compressed files. */
    private static void requireContent(DatasetFile file, Path folder) {
        Path path = folder.resolve(file.path());
        String found = FileIdentity.unpackedSha256(path);
        if (!found.equals(file.checksums().unpackedSha256())) {
            throw new InputException(path + " is another file: expected unpacked content with SHA-256 "
                    + file.checksums().unpackedSha256() + ", found " + found);
        }
    }
}
