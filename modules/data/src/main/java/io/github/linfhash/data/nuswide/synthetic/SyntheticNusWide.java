package io.github.linfhash.data.nuswide.synthetic;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.nuswide.NusWideLabels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.CombinationSampler;

/**
 * A stand-in for NUS-WIDE whose visual words are generated from labels, real or drawn ones.
 *
 * <p>It is for testing programs at the real size where the official features are not at hand; what is measured on it says
 * nothing about images. All of it follows from the labels, the number of rows and the seed, whatever the number of threads.
 *
 * @param truth the labels, of which {@code real} says whether they are those of images
 * @param seed of all random choices
 */
public record SyntheticNusWide(NusWideLabels truth, boolean real, long seed) {
    /**
     * Reads or draws the labels.
     *
     * @param source a folder with the official ground truth; without it, labels are drawn with the frequencies of NUS-WIDE
     * @param rows how many images, drawn from those of the source; without it, all of them, or as many as NUS-WIDE has
     * @throws InputException if there are fewer images in the source, or a file there is not right
     */
    public static SyntheticNusWide of(Optional<Path> source, OptionalInt rows, long seed) {
        if (rows.isPresent() && rows.getAsInt() < 1) {
            throw new InputException("rows: expected at least 1, found " + rows.getAsInt());
        }
        RandomStreams streams = new RandomStreams(seed);
        if (source.isEmpty()) {
            ConceptTree tree = ConceptTree.ofNusWide();
            int count = rows.orElse(ConceptTree.NUS_WIDE_IMAGES);
            NusWideLabels drawn =
                    new NusWideLabels(tree.draw(count, streams.stream("nus-wide-labels")), tree.concepts());
            return new SyntheticNusWide(drawn, false, seed);
        }
        NusWideLabels all = NusWideLabels.read(source.get());
        int available = all.labels().size();
        if (rows.orElse(0) > available) {
            throw new InputException("rows: expected at most the " + available + " images that " + source.get()
                    + " has labels of, found " + rows.getAsInt());
        }
        return new SyntheticNusWide(sample(all, rows.orElse(available), streams), true, seed);
    }

    /** Some of the images, in their order: those of a folder come sorted, so that the first ones are all alike. */
    private static NusWideLabels sample(NusWideLabels all, int rows, RandomStreams streams) {
        int available = all.labels().size();
        if (rows == available) {
            return all;
        }
        UniformRandomProvider random = streams.stream("nus-wide-rows");
        int[] chosen = IntStream.of(new CombinationSampler(random, available, rows).sample())
                .sorted()
                .toArray();
        return new NusWideLabels(all.labels().select(chosen), all.concepts());
    }

    /** The number of images. */
    public int rows() {
        return truth.labels().size();
    }

    /** About how many bytes the files take. */
    public long estimatedBytes() {
        return (2L * VisualWords.WORDS + 20 + 2L * truth.concepts().size()) * rows();
    }

    /**
     * Generates the features and writes all files of the official layout, and a marker that says what they are.
     *
     * @param folder must be empty or not exist; it appears with all files or not at all
     * @throws InputException if the folder is not empty
     * @throws IOException if a file cannot be written
     */
    public void write(Path folder, Progress progress) throws IOException {
        new StandInFolder(this).write(folder, progress);
    }
}
