package io.github.linfhash.data.nuswide.synthetic;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.nuswide.NusWideLabels;
import io.github.linfhash.data.nuswide.NusWideReader;
import io.github.linfhash.formats.vectors.LabeledFeatures;
import io.github.linfhash.testing.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticNusWideTest {
    @TempDir
    private Path root;

    private static SyntheticNusWide drawn(int rows, long seed) {
        return SyntheticNusWide.of(Optional.empty(), OptionalInt.of(rows), seed);
    }

    @Test
    void theOfficialReaderReadsWhatIsWritten() throws IOException {
        SyntheticNusWide data = drawn(700, 3);
        data.write(root.resolve("standin"), Progress.NONE);
        LabeledFeatures found = NusWideReader.read(root.resolve("standin"), Progress.NONE);
        assertThat(found.synthetic()).isTrue();
        assertThat(found.labels()).isEqualTo(data.truth().labels());
        assertThat(found.labelNames()).isEqualTo(data.truth().concepts()).hasSize(81);
        RandomStreams streams = new RandomStreams(3);
        int[] second =
                VisualWords.of(81, streams).draw(data.truth().labels(), 512, 188, streams.stream("visual-words-1"));
        for (int i = 0; i < second.length; i++) {
            assertThat(found.features().get(512 + i / 500, i % 500)).isEqualTo(second[i]);
        }
        assertThat(Files.readString(root.resolve("standin/SYNTHETIC.txt"))).contains("seed: 3", "rows: 700", "drawn");
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void dependsOnTheSeedAndNotOnTheThreads() throws Exception {
        drawn(1500, 1).write(root.resolve("a"), Progress.NONE);
        ForkJoinPool one = new ForkJoinPool(1);
        try {
            one.submit(() -> {
                        drawn(1500, 1).write(root.resolve("b"), Progress.NONE);
                        return true;
                    })
                    .get();
        } finally {
            one.shutdown();
        }
        drawn(1500, 2).write(root.resolve("c"), Progress.NONE);
        assertThat(words("a")).isEqualTo(words("b")).isNotEqualTo(words("c"));
    }

    private String words(String folder) throws IOException {
        return Files.readString(root.resolve(folder).resolve("Low_Level_Features/BoW_int.dat"));
    }

    @Test
    void takesLabelsFromAFolderAndSomeOfItsRows() throws IOException {
        drawn(300, 5).write(root.resolve("labels"), Progress.NONE);
        Optional<Path> source = Optional.of(root.resolve("labels"));
        LabelSets all = drawn(300, 5).truth().labels();
        SyntheticNusWide whole = SyntheticNusWide.of(source, OptionalInt.empty(), 6);
        assertThat(whole.real()).isTrue();
        assertThat(whole.truth().labels()).isEqualTo(all);
        LabelSets some =
                SyntheticNusWide.of(source, OptionalInt.of(120), 6).truth().labels();
        int at = 0;
        for (int row = 0; row < some.size(); row++) {
            while (!some.select(new int[] {row}).equals(all.select(new int[] {at}))) {
                at++;
            }
            at++;
        }
        assertThat(at).isBetween(200, 300);
        assertOneSentence(() -> SyntheticNusWide.of(source, OptionalInt.of(301), 6), "at most the 300 images");
        assertOneSentence(() -> SyntheticNusWide.of(source, OptionalInt.of(0), 6), "at least 1");
    }

    @Test
    void refusesAFolderWithFiles() throws IOException {
        Files.writeString(root.resolve("mine.txt"), "x");
        assertOneSentence(() -> drawn(5, 0).write(root, Progress.NONE), "a new or an empty folder");
        assertOneSentence(() -> drawn(5, 0).write(root.resolve("mine.txt"), Progress.NONE), "found a file");
        Path empty = Files.createDirectory(root.resolve("empty"));
        drawn(5, 0).write(empty, Progress.NONE);
        assertThat(empty.resolve("SYNTHETIC.txt")).exists();
    }

    @Test
    void drawnLabelsHaveTheFrequenciesOfTheTree() {
        int rows = 40_000;
        ConceptTree tree = ConceptTree.ofNusWide();
        assertThat(tree.nodes()).hasSize(81);
        LabelSets labels = tree.draw(rows, new RandomStreams(0).stream("labels"));
        int[] counts = labels.counts();
        List<String> names = tree.concepts();
        for (ConceptTree.Node node : tree.nodes()) {
            double share = (double) node.count() / tree.images();
            // Five standard deviations of a count, and 81 counts.
            double deviation = Math.sqrt(rows * share * (1 - share));
            assertThat((double) counts[names.indexOf(node.concept())])
                    .as(node.concept())
                    .isCloseTo(rows * share, within(5 * deviation + 1));
        }
        int both = 0;
        for (int row = 0; row < rows; row++) {
            both += labels.has(row, names.indexOf("sky")) && labels.has(row, names.indexOf("clouds")) ? 1 : 0;
        }
        assertThat(both / (double) rows).isCloseTo(45_347 / 269_648.0, within(0.01));
    }

    @Test
    void learnsTheTreeOfAChain() {
        // Label 1 equals label 0, label 2 follows label 1 in three of four rows, label 0 is the most frequent.
        boolean[] rows = {
            true, true, true, true, true, true, true, true, true, true, true, false,
            false, false, false, false, false, false, false, false, false, true, false, false
        };
        ConceptTree tree = LearnedTree.of(LabelSets.of(8, 3, rows), List.of("a", "b", "c"));
        assertThat(LearnedTree.toCsv(tree)).isEqualTo("concept,images,parent,both\na,5,,0\nb,4,a,4\nc,3,b,3\n");
    }

    @Test
    void theTreeIsThatOfTheRealLabels() {
        String folder = System.getenv().getOrDefault("LINFHASH_NUS_WIDE", "");
        assumeTrue(!folder.isEmpty(), "skipped: the environment variable LINFHASH_NUS_WIDE names no NUS-WIDE folder");
        NusWideLabels truth = NusWideLabels.read(Path.of(folder));
        assertThat(ConceptTree.ofNusWide()).isEqualTo(LearnedTree.of(truth.labels(), truth.concepts()));
        assertThat(ConceptTree.ofNusWide().concepts()).isEqualTo(truth.concepts());
    }

    @Test
    void nearVectorsShareLabelsMoreOftenThanOthersAndNotAlways() {
        LabelSets labels = drawn(3000, 0).truth().labels();
        int[] counts =
                VisualWords.of(81, new RandomStreams(0)).draw(labels, 0, 3000, new RandomStreams(0).stream("words"));
        double chance = 0;
        double near = 0;
        for (int query = 0; query < 100; query++) {
            double[] cosines = cosines(counts, query);
            double[] sorted = cosines.clone();
            Arrays.sort(sorted);
            double bound = sorted[sorted.length - 51];
            for (int other = 0; other < 3000; other++) {
                double similar = other != query && labels.similar(query, labels, other) ? 1 : 0;
                chance += similar / (100.0 * 2999);
                near += other != query && cosines[other] >= bound ? similar / (100.0 * 50) : 0;
            }
        }
        assertThat(near).isBetween(1.2 * chance, 0.8);
    }

    private static double[] cosines(int[] counts, int query) {
        double[] cosines = new double[counts.length / 500];
        for (int other = 0; other < cosines.length; other++) {
            double product = 0;
            double norm = 0;
            for (int w = 0; w < 500; w++) {
                product += (double) counts[query * 500 + w] * counts[other * 500 + w];
                norm += (double) counts[other * 500 + w] * counts[other * 500 + w];
            }
            cosines[other] = product / Math.sqrt(norm);
        }
        return cosines;
    }

    @Test
    void theFolderIsWholeAfterAPowerFailureOrNotThere(@TempDir Path real) throws IOException {
        ForgetfulDisk disk = new ForgetfulDisk(real);
        drawn(20, 3).write(disk.root().resolve("nus-wide"), Progress.NONE);

        Map<String, String> whole = disk.afterPowerFailure();
        assertThat(whole).hasSize(84).allSatisfy((name, content) -> {
            assertThat(name).startsWith("nus-wide/");
            assertThat(content).isNotEmpty();
        });
        assertThat(disk.afterPowerFailures())
                .filteredOn(left -> left.keySet().stream().anyMatch(name -> name.startsWith("nus-wide/")))
                .containsOnly(whole);
    }
}
