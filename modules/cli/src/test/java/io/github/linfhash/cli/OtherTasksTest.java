package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.advisor.command.ExitCodes;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks of protocols that are other than most: files of one's own, no labels, several labels, unseen classes. */
class OtherTasksTest extends ProgramOnTinyHome {
    private static final int ROWS = 400;
    private static final int DIMENSION = 16;

    private Path protocol = Path.of("");
    private Path task = Path.of("");
    private Path submission = Path.of("");

    @BeforeEach
    void writeVectors() throws IOException {
        protocol = root.resolve("my.yaml");
        task = root.resolve("task");
        submission = root.resolve("submission");
        ZigguratSampler.NormalizedGaussian normal =
                ZigguratSampler.NormalizedGaussian.of(new RandomStreams(3).stream("points"));
        float[] values = new float[ROWS * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) normal.sample();
        }
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.owning(ROWS, DIMENSION, values));
    }

    private void init(String... more) {
        String[] words = {"init", "--vectors", root.resolve("x.npy").toString(), "--out", protocol.toString()};
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        assertThat(run(all)).as(err.toString()).isZero();
        handOut(protocol.toString());
    }

    private void handOut(String named) {
        succeed("task create --protocol %s --seeds=0 --bits=16 --out=%s", named, task);
        err.getBuffer().setLength(0);
    }

    private FeatureMatrix handedOut(String part) {
        return FeatureArrays.read(task.resolve("0/" + part + "_features.npy"));
    }

    /** The signs of the features, 16 of them. */
    private void submit() throws IOException {
        for (String part : new String[] {"query", "database"}) {
            FeatureMatrix rows = handedOut(part);
            CodeArrays.write(
                    submission.resolve("codes/0/16/" + part + ".npy"),
                    BinaryCodes.ofSigns(rows.rows(), DIMENSION, rows.toArray()));
        }
        Files.writeString(submission.resolve("submission.yaml"), """
                schema: linfhash-submission/1
                name: signs
                authors: [A. Author]
                code: https://example.org/signs
                license: MIT
                """);
    }

    private int score(String... more) {
        String[] words = {"task", "score", submission.toString(), "--task=" + task, "--out=" + root.resolve("result")};
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return run(all);
    }

    @Test
    void vectorsOfOnesOwnWithoutLabels() throws IOException {
        init("--relevance", "neighbors");
        assertThat(task.resolve("0/train_labels.npy")).doesNotExist();
        submit();

        assertThat(score()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString())
                .isEqualTo("linfhash: There is no protocol 'my'; expected one of tiny, or the path of a .yaml file.\n");
        assertThat(score("--protocol=" + protocol)).as(err.toString()).isZero();
        assertThat(ResultsJson.read(root.resolve("result/results.json")).runs())
                .singleElement()
                .satisfies(run -> assertThat(run.metrics()).containsKeys("neighborRecall@1", "map"));
    }

    @Test
    void severalLabelsARow() throws IOException {
        boolean[] carried = new boolean[ROWS * 3];
        for (int row = 0; row < ROWS; row++) {
            carried[3 * row + row % 3] = true;
            carried[3 * row + (row / 3) % 3] = true;
        }
        LabelArrays.write(root.resolve("y.npy"), LabelSets.of(ROWS, 3, carried));
        init("--labels", root.resolve("y.npy").toString());
        Labels ofTraining = LabelArrays.read(task.resolve("0/train_labels.npy"));
        assertThat(ofTraining).isInstanceOf(LabelSets.class);
        assertThat(ofTraining.size()).isEqualTo(handedOut("train").rows());
        submit();
        assertThat(score("--protocol=" + protocol)).as(err.toString()).isZero();
    }

    @Test
    void methodsWithoutLabelsLearnFromSeenClasses() throws IOException {
        int[] classes = new int[ROWS];
        Arrays.setAll(classes, row -> row % 5);
        LabelArrays.write(root.resolve("y.npy"), ClassLabels.of(classes));
        Files.writeString(protocol, """
                schema: linfhash-protocol/1
                title: Unseen
                description: For a test.
                data: {features: x.npy, labels: y.npy}
                preprocessing: {center: training-mean, normalize: l2}
                split: {kind: unseen-classes, unseen: 2, queriesPerClass: 5, trainingPerClass: 20}
                evaluation: {relevance: same-class, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
                bits: [16]
                seeds: [0]
                methods: [{name: lsh}]
                quick: {bits: [16], seeds: [0]}
                """);
        handOut(protocol.toString());
        Task read = Task.read(task);
        assertThat(read.sizesOf(0)).isEqualTo(new Task.Sizes(60, 10, 150, 240));
        assertThat(handedOut("unlabeled").rows()).isEqualTo(240);
        ClassLabels labels = (ClassLabels) LabelArrays.read(task.resolve("0/train_labels.npy"));
        assertThat(IntStream.of(labels.toArray()).distinct().count()).isEqualTo(3);
        assertThat(read.files()).containsKey("0/unlabeled_features.npy").hasSize(5);
        submit();
        assertThat(score("--protocol=" + protocol)).as(err.toString()).isZero();
    }
}
