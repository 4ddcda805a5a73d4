package io.github.linfhash.formats.vectors;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnVectorsTest {
    private static final FeatureMatrix FEATURES = FeatureMatrix.copyOf(new float[][] {{1, 2}, {3, 0.5f}});

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path features(String name) throws IOException {
        Path file = folder.resolve(name);
        switch (name.substring(name.indexOf('.'))) {
            case ".npy" -> FeatureArrays.write(file, FEATURES);
            case ".fvecs" ->
                Files.write(file, HexFormat.of().parseHex("020000000000803f0000004002000000000040400000003f"));
            case ".bvecs" -> Files.write(file, HexFormat.of().parseHex("020000000102020000000300"));
            case ".libsvm", ".svm" -> write(name, "4 1:1 2:2\n5 1:3 2:0.5\n");
            case ".csv" -> write(name, "1,2\n3,.5\n");
            case ".tsv" -> write(name, "1\t2\n3\t.5\n");
            default -> throw new IllegalArgumentException(name);
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.npy", "a.fvecs", "a.libsvm", "a.svm", "a.csv", "a.tsv"})
    void theEndingSaysTheFormatOfFeatures(String name) throws IOException {
        AtomicLong announced = new AtomicLong();
        AtomicLong done = new AtomicLong();
        Progress progress = (what, steps) -> {
            announced.addAndGet(steps);
            return done::addAndGet;
        };
        assertThat(FeatureFiles.read(features(name), progress)).isEqualTo(FEATURES);
        assertThat(done.get()).isPositive().isEqualTo(announced.get());
    }

    @Test
    void bytesAreFeatures() throws IOException {
        assertThat(FeatureFiles.read(features("a.bvecs"), Progress.NONE)).isEqualTo(FeatureMatrix.copyOf(new float[][] {
            {1, 2}, {3, 0}
        }));
    }

    @Test
    void featuresAndLabelsMayBeOneFile() throws IOException {
        Path file = features("a.libsvm");
        LabeledFeatures data = LabeledFeatures.read(file, file, TableForm.PLAIN, Progress.NONE);
        assertThat(data.features()).isEqualTo(FEATURES);
        assertThat(data.labels()).isEqualTo(ClassLabels.of(0, 1));
        assertThat(data.labelNames()).containsExactly("4", "5");
        assertThat(data.synthetic()).isFalse();
    }

    @Test
    void labelsMayBeOfAnotherFormat() throws IOException {
        Path features = features("a.fvecs");
        assertThat(LabeledFeatures.read(features, write("l.txt", "b\na\n"), TableForm.PLAIN, Progress.NONE)
                        .labels())
                .isEqualTo(ClassLabels.of(1, 0));
        assertThat(LabeledFeatures.read(features, write("l.csv", "b\na\n"), TableForm.PLAIN, Progress.NONE)
                        .labels())
                .isEqualTo(ClassLabels.of(1, 0));
        LabelArrays.write(folder.resolve("l.npy"), ClassLabels.of(7, 9));
        assertThat(LabeledFeatures.read(features, folder.resolve("l.npy"), TableForm.PLAIN, Progress.NONE)
                        .labels())
                .isEqualTo(ClassLabels.of(7, 9));
    }

    @Test
    void refusesLabelsOfOtherRows() throws IOException {
        Path features = features("a.npy");
        Path labels = write("l.txt", "a\nb\nc\n");
        assertOneSentence(
                () -> LabeledFeatures.read(features, labels, TableForm.PLAIN, Progress.NONE),
                "l.txt",
                "a.npy",
                "2 rows",
                "3");
    }

    @Test
    void refusesOtherEndings() {
        assertOneSentence(() -> FeatureFiles.read(folder.resolve("a.mat"), Progress.NONE), "a.mat", ".fvecs");
        assertOneSentence(() -> FeatureFiles.read(folder.resolve("a.txt"), Progress.NONE), "a.txt", ".csv");
        assertOneSentence(() -> LabelFiles.read(folder.resolve("a.fvecs"), Progress.NONE), "a.fvecs", ".txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.npy", "a.npz", "a.npz:x", "a.fvecs", "a.bvecs", "a.libsvm", "a.csv"})
    void refusesWhatIsNotThere(String name) {
        assertOneSentence(() -> FeatureFiles.read(folder.resolve(name), Progress.NONE), "a.", "missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.npy", "a.fvecs", "a.bvecs", "a.libsvm", "a.csv", "a.tsv"})
    void aFileThatIsCutAnywhereIsReadOrRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(features(name));
        cutEverywhere(whole, name, file -> FeatureFiles.read(file, Progress.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.libsvm", "a.csv", "a.txt"})
    void labelsThatAreCutAnywhereAreReadOrRefused(String name) throws IOException {
        byte[] whole = "5,7 1:1\n8 1:3\n\"a\",\"b\"\n1,0".getBytes(StandardCharsets.UTF_8);
        cutEverywhere(whole, name, file -> LabelFiles.read(file, Progress.NONE));
    }

    private void cutEverywhere(byte[] whole, String name, Consumer<Path> reader) throws IOException {
        Path file = folder.resolve("cut-" + name);
        int refused = 0;
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try {
                reader.accept(file);
            } catch (InputException e) {
                refused++;
                assertThat(e.getMessage()).contains("expected", "found").doesNotContain("\n");
            }
        }
        assertThat(refused).isPositive();
    }
}
