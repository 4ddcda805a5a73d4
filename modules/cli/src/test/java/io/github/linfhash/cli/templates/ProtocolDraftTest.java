package io.github.linfhash.cli.templates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.images.ImageShape;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.formats.vectors.LabeledFeatures;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.testing.Filled;
import io.github.linfhash.testing.InputErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolDraftTest {
    private static final int ROWS = 120;
    private static final int DIMENSION = 20;
    private static final ClassLabels CLASSES =
            ClassLabels.of(IntStream.range(0, ROWS).map(i -> 5 + i % 2).toArray());

    @TempDir
    private Path folder;

    /** Two clouds of 60 points around corners of a cube. */
    private static FeatureMatrix clouds() {
        UniformRandomProvider random = new RandomStreams(3).stream("clouds");
        return FeatureMatrix.owning(
                ROWS,
                DIMENSION,
                Filled.floats(
                        ROWS * DIMENSION, i -> random.nextDouble() + (i % DIMENSION < 10 ? i / DIMENSION % 2 : 0)));
    }

    private static ProtocolDraft draft(FeatureMatrix rows, Labels labels) {
        return new ProtocolDraft(
                List.of("features: x.npy", "labels: y.npy"),
                List.of(),
                DataSketch.of("x.npy", new LabeledFeatures(rows, labels, List.of(), false)));
    }

    /** Returns the split of the first seed, once the file was read back. */
    private Split split(ProtocolDraft draft, FeatureMatrix rows, Labels labels) throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), draft.toYaml());
        Protocol protocol = new ProtocolFiles(folder.resolve("others")).read(file.toString());
        return Splits.of(protocol.split(), protocol.seeds(), rows, labels).draw(0);
    }

    @Test
    void classesGiveABalancedSplitAndLengthsThatTheFeaturesAllow() throws IOException {
        ProtocolDraft draft = draft(clouds(), CLASSES);
        assertThat(draft.data().title()).isEqualTo("x.npy, 120 vectors of dimension 20");
        assertThat(draft.sizes())
                .isEqualTo("2 classes of 60 (5) to 60 vectors. There are no exact or near duplicates.");
        assertThat(draft.toYaml())
                .startsWith("# A protocol for your own data")
                .contains(
                        "kind: class-balanced",
                        "queriesPerClass: 10",
                        "trainingPerClass: 20",
                        "bits: [12, 16]",
                        "  duplicates: keep\n",
                        "Use at least 5 seeds",
                        "\nseeds: [0, 1, 2, 3, 4]\n",
                        "preprocessing:\n  center:")
                .containsPattern("training(\\n#)? vectors\\.")
                .doesNotContain("image", "hellinger");
        Split split = split(draft, clouds(), CLASSES);
        assertThat(split.query()).hasSize(20);
        assertThat(split.training()).hasSize(40);
        assertThat(split.database()).hasSize(100);
    }

    /** As the borders of scanned digits are. */
    @Test
    void featuresThatAreTheSameInAllRowsDoNotCountForLengths() {
        FeatureMatrix rows = clouds();
        float[] padded = Filled.floats(ROWS * 30, i -> i % 30 < 13 ? rows.get(i / 30, i % 30) : 1);
        assertThat(draft(FeatureMatrix.owning(ROWS, 30, padded), CLASSES).toYaml())
                .contains("bits: [8, 12]");
    }

    /** 120 rows that are 60 different ones, each there twice. */
    @Test
    void duplicatesAreCountedAndDrawnInGroups() throws IOException {
        FeatureMatrix twice =
                clouds().select(IntStream.range(0, ROWS).map(i -> i % 60).toArray());
        ProtocolDraft draft = draft(twice, CLASSES);
        assertThat(draft.sizes())
                .startsWith(
                        "2 classes of 30 (5) to 30 different vectors. Duplicates: 120 rows are 60 groups of exact or"
                                + " near duplicates; with 'keep', of 20 queries, ")
                .containsPattern("\\d+ to \\d+ have an exact duplicate in the database");
        assertThat(draft.toYaml()).contains("queriesPerClass: 5", "  duplicates: group\n");
        Split split = split(draft, twice, CLASSES);
        assertThat(split.query()).hasSize(10);
        assertThat(split.database()).hasSize(100);
    }

    @Test
    void countsAreToBeTakenAsSharesAndOtherValuesAreNot() {
        UniformRandomProvider random = new RandomStreams(4).stream("counts");
        float[] counts = Filled.floats(ROWS * DIMENSION, i -> random.nextInt(i / 20 % 2 == i % 2 ? 9 : 3));
        assertThat(draft(FeatureMatrix.owning(ROWS, DIMENSION, counts), CLASSES).toYaml())
                .contains("preprocessing:\n  rows: hellinger\n  center: training-mean\n  normalize: l2");
        float[] flags = Filled.floats(counts.length, i -> Math.min(1, counts[i]));
        assertThat(draft(FeatureMatrix.owning(ROWS, DIMENSION, flags), CLASSES).toYaml())
                .doesNotContain("hellinger");
    }

    @Test
    void rowsWithSeveralLabelsGiveALabelBalancedSplit() throws IOException {
        boolean[] carried = new boolean[3 * ROWS];
        for (int row = 0; row < ROWS; row++) {
            carried[3 * row + row % 2] = true;
            carried[3 * row + 2] = row % 3 == 0;
        }
        LabelSets labels = LabelSets.of(ROWS, 3, carried);
        ProtocolDraft draft = draft(clouds(), labels);
        assertThat(draft.toYaml())
                .contains("kind: label-balanced", "mostFrequent: 3", "queriesPerLabel: 4", "relevance: shared-label");
        assertThat(split(draft, clouds(), labels).query()).hasSize(12);
    }

    @Test
    void imagesHaveLinesOfTheirFeatures() {
        byte[] pixels = new byte[ROWS * 4];
        LabeledImages images = LabeledImages.owning(
                new ImageShape(2, 2, 1),
                pixels,
                ClassLabels.of(IntStream.range(0, ROWS).map(i -> i % 2).toArray()),
                List.of("a", "b"));
        ProtocolDraft draft = new ProtocolDraft(
                List.of("images: photos"), List.of("convention: lmgist"), DataSketch.of("photos", images, clouds()));
        assertThat(draft.data().title()).isEqualTo("photos, 120 images, GIST-20");
        assertThat(draft.sizes()).startsWith("2 classes of 60 ('a') to 60 vectors.");
        assertThat(draft.toYaml()).contains("data:\n  images: photos\n", "features:\n  convention: lmgist\n");
    }

    @Test
    void dataThatAllowNoComparisonAreRefused() {
        ClassLabels alone = ClassLabels.of(IntStream.range(0, ROWS).toArray());
        InputErrors.assertOneSentence(
                () -> draft(clouds(), alone).toYaml(),
                "expected at least 2 classes of at least 2 rows each, found 120");
        FeatureMatrix constant = FeatureMatrix.owning(ROWS, 3, new float[3 * ROWS]);
        InputErrors.assertOneSentence(
                () -> draft(constant, CLASSES).toYaml(), "expected at least 2 that differ between vectors, found 0");
    }
}
