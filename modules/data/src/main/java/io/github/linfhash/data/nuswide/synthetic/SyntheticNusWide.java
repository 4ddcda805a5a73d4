package io.github.linfhash.data.nuswide.synthetic;

import io.github.linfhash.codes.files.Temporary;
import io.github.linfhash.codes.files.WholeFile;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.nuswide.NusWideLabels;
import io.github.linfhash.data.nuswide.NusWideLayout;
import io.github.linfhash.io.files.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** Writes the files of a stand-in: into a hidden folder beside the wanted one, which is then renamed. */
    private record StandInFolder(SyntheticNusWide data) {
        /** The rows that one random stream generates; a part of what the seed means. */
        private static final int BLOCK = 512;

        void write(Path wanted, Progress progress) throws IOException {
            requireEmpty(wanted);
            Path folder = Files.exists(wanted) ? wanted.toRealPath() : wanted.toAbsolutePath();
            Path part = folder.resolveSibling("." + folder.getFileName() + "." + UUID.randomUUID() + ".part");
            try (Temporary temporary = new Temporary(part)) {
                AtomicFiles.makeFolders(part);
                writeAll(part, progress);
                temporary.moveTo(folder);
                WholeFile.flushNames(folder.resolveSibling("."));
            }
        }

        private static void requireEmpty(Path wanted) throws IOException {
            if (!Files.exists(wanted)) {
                return;
            }
            if (!Files.isDirectory(wanted)) {
                throw new InputException(wanted + ": expected a new or an empty folder, found a file");
            }
            try (Stream<Path> entries = Files.list(wanted)) {
                if (entries.findAny().isPresent()) {
                    throw new InputException(
                            wanted + ": expected a new or an empty folder, found one with files in it");
                }
            }
        }

        private void writeAll(Path folder, Progress progress) throws IOException {
            AtomicFiles.write(folder.resolve(NusWideLayout.SYNTHETIC_MARKER), marker());
            List<String> concepts = data.truth().concepts();
            AtomicFiles.write(
                    folder.resolve(NusWideLayout.CONCEPTS_FOLDER).resolve(NusWideLayout.CONCEPTS),
                    String.join("\n", concepts) + "\n");
            Path labels = folder.resolve(NusWideLayout.GROUND_TRUTH_FOLDER).resolve(NusWideLayout.ALL_LABELS_FOLDER);
            for (int concept = 0; concept < concepts.size(); concept++) {
                byte[] column = column(concept);
                AtomicFiles.write(
                        labels.resolve(NusWideLayout.labels(concepts.get(concept))), out -> out.write(column));
            }
            AtomicFiles.write(
                    folder.resolve(NusWideLayout.FEATURES_FOLDER).resolve(NusWideLayout.FEATURES),
                    out -> writeFeatures(out, progress));
        }

        private byte[] column(int concept) {
            LabelSets labels = data.truth().labels();
            byte[] lines = new byte[2 * labels.size()];
            for (int row = 0; row < labels.size(); row++) {
                lines[2 * row] = (byte) (labels.has(row, concept) ? '1' : '0');
                lines[2 * row + 1] = '\n';
            }
            return lines;
        }

        private void writeFeatures(OutputStream out, Progress progress) throws IOException {
            RandomStreams streams = new RandomStreams(data.seed());
            VisualWords words = VisualWords.of(data.truth().labels().labels(), streams);
            int blocks = (data.rows() + BLOCK - 1) / BLOCK;
            int atOnce = 2 * Runtime.getRuntime().availableProcessors();
            try (Progress.Task task = progress.begin("generating visual words", data.rows())) {
                for (int from = 0; from < blocks; from += atOnce) {
                    List<byte[]> texts = IntStream.range(from, Math.min(blocks, from + atOnce))
                            .parallel()
                            .mapToObj(block -> block(words, streams, block))
                            .toList();
                    for (byte[] text : texts) {
                        out.write(text);
                    }
                    task.advance(Math.min(data.rows(), (from + atOnce) * BLOCK) - from * BLOCK);
                }
            }
        }

        private byte[] block(VisualWords words, RandomStreams streams, int block) {
            int first = block * BLOCK;
            int count = Math.min(BLOCK, data.rows() - first);
            int[] counts = words.draw(data.truth().labels(), first, count, streams.stream("visual-words-" + block));
            StringBuilder text = new StringBuilder(count * (2 * VisualWords.WORDS + 32));
            for (int i = 0; i < counts.length; i++) {
                text.append(counts[i]).append((i + 1) % VisualWords.WORDS == 0 ? '\n' : ' ');
            }
            return text.toString().getBytes(StandardCharsets.US_ASCII);
        }

        private String marker() {
            String labels = data.real()
                    ? "The labels are those of the ground truth of NUS-WIDE."
                    : "The labels were drawn from the concepts' frequencies in NUS-WIDE; they are those of no images.";
            return "SYNTHETIC: the visual words in this folder were generated by linfhash; no image was looked at.\n"
                    + labels + "\n"
                    + "Results on them test programs and say nothing about images or methods.\n"
                    + "While this file is here, linfhash marks every such result as SYNTHETIC.\n\n"
                    + "seed: " + data.seed() + "\nrows: " + data.rows() + "\n";
        }
    }
}
