package io.github.linfhash.data.nuswide.synthetic;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.nuswide.NusWideLayout;
import io.github.linfhash.io.files.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/** Writes the files of a stand-in: into a hidden folder beside the wanted one, which is then renamed. */
record StandInFolder(SyntheticNusWide data) {
    /** The rows that one random stream generates; a part of what the seed means. */
    private static final int BLOCK = 512;

    void write(Path wanted, Progress progress) throws IOException {
        requireEmpty(wanted);
        Path folder = Files.exists(wanted) ? wanted.toRealPath() : wanted.toAbsolutePath();
        Path temporary = folder.resolveSibling("." + folder.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            AtomicFiles.makeFolders(temporary);
            writeAll(temporary, progress);
            AtomicFiles.move(temporary, folder);
        } finally {
            if (Files.exists(temporary)) {
                PathUtils.deleteDirectory(temporary);
            }
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
                throw new InputException(wanted + ": expected a new or an empty folder, found one with files in it");
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
            AtomicFiles.write(labels.resolve(NusWideLayout.labels(concepts.get(concept))), out -> out.write(column));
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
