package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.gist.Gist;
import io.github.linfhash.data.images.GrayImages;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.data.readers.IdxFiles;
import io.github.linfhash.experiment.OnTinyHome;
import io.github.linfhash.experiment.tuning.TuningData;
import io.github.linfhash.protocols.protocol.ImageFeatures;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.testing.TinyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A protocol that adds mirrored training images. */
class MirroredImagesTest extends OnTinyHome {
    private static final String PUBLISHED = "published: {table: T2, sameData: false}";

    private final List<String> tasks = new ArrayList<>();

    /** Keeps the names of what was computed. */
    private final Progress watch = (name, steps) -> {
        tasks.add(name);
        return Progress.Task.SILENT;
    };

    /** Two protocols without a printed table that differ in the mirrored images alone. */
    @BeforeEach
    void writeProtocols() throws IOException {
        Path folder = root.resolve("protocols");
        String tiny = Files.readString(folder.resolve("tiny.yaml")).replace("seeds: [0, 1]", "seeds: [0]");
        Files.writeString(
                folder.resolve("plain.yaml"),
                tiny.replace("name: tiny", "name: plain").replace(PUBLISHED + "\n", ""));
        Files.writeString(
                folder.resolve("mirrored.yaml"),
                tiny.replace("name: tiny", "name: mirrored").replace(PUBLISHED, "augment: mirror"));
    }

    private FeatureData prepare(String name) throws IOException {
        return prepare(name, watch);
    }

    private FeatureMatrix mirrored() throws IOException {
        return Objects.requireNonNull(prepare("mirrored").mirrored());
    }

    private static float[] row(FeatureMatrix matrix, int index) {
        float[] row = new float[matrix.dimension()];
        matrix.copyRow(index, row);
        return row;
    }

    @Test
    void mirroredFeaturesAreThoseOfTheMirroredPixels() throws IOException {
        requireGistOfMirroredPixels(0, TinyHome.SIDE);
    }

    /** Where the border cannot be even, it is wider on the right of mirrored images too. */
    @Test
    void aMirroredImageLiesOnItsCanvasAsOthersDo() throws IOException {
        Path file = root.resolve("protocols").resolve("mirrored.yaml");
        Files.writeString(file, Files.readString(file).replace("{set: stripes}", "{set: stripes, padTo: 19}"));
        requireGistOfMirroredPixels(1, 19);
    }

    private void requireGistOfMirroredPixels(int corner, int canvas) throws IOException {
        Path stripes = root.resolve("datasets").resolve("stripes");
        LabeledImages images = IdxFiles.read(
                stripes.resolve("images.gz"), stripes.resolve("labels.gz"), List.of("across", "down", "diagonal"));
        Gist gist = new Gist(((ImageFeatures.OfGist)
                        Objects.requireNonNull(protocol("mirrored").features()))
                .options());
        FeatureMatrix mirrored = mirrored();
        assertThat(mirrored.rows()).isEqualTo(images.size());
        for (int i = 0; i < images.size(); i += 7) {
            float[] gray = new float[canvas * canvas];
            for (int y = 0; y < TinyHome.SIDE; y++) {
                for (int x = 0; x < TinyHome.SIDE; x++) {
                    gray[(corner + y) * canvas + corner + x] = images.value(i, 0, TinyHome.SIDE - 1 - x, y);
                }
            }
            assertThat(row(mirrored, i))
                    .containsExactly(gist.extract(new OneImage(gray, canvas), Progress.NONE)
                            .toArray());
        }
    }

    @Test
    void featuresOfBothKindsAreKeptAndComputedOnce() throws IOException {
        FeatureData first = prepare("mirrored");
        assertThat(tasks.stream().filter("GIST"::equals)).hasSize(2);
        try (Stream<Path> kept = Files.list(root.resolve("cache").resolve("features"))) {
            assertThat(kept.filter(file -> file.toString().endsWith(".npy"))).hasSize(2);
        }
        tasks.clear();
        FeatureData second = prepare("mirrored");
        FeatureData plain = prepare("plain");
        assertThat(tasks).doesNotContain("GIST");
        assertThat(second.mirrored()).isEqualTo(first.mirrored());
        assertThat(second.features()).isEqualTo(first.features());
        assertThat(plain.mirrored()).isNull();
        assertThat(plain.raw()).isEqualTo(first.raw());
    }

    @Test
    void aTrialLearnsFromMirroredImagesAndIsMeasuredAsWithoutThem() throws IOException {
        PreparedSplit plain = PreparedSplit.of(protocol("plain"), prepare("plain"), 0);
        FeatureData data = prepare("mirrored");
        PreparedSplit prepared = PreparedSplit.of(protocol("mirrored"), data, 0);
        Split split = data.splits(protocol("mirrored")).draw(0);
        FeatureMatrix labeled = prepared.training().labeled();
        FeatureMatrix copies = plain.preprocessor().apply(mirrored(), split.training());
        ClassLabels labels = (ClassLabels) prepared.training().labels();
        int n = plain.training().labeled().rows();

        assertThat(labeled.rows()).isEqualTo(2 * n).isEqualTo(120);
        for (int i = 0; i < n; i++) {
            assertThat(row(labeled, i)).containsExactly(row(plain.training().labeled(), i));
            assertThat(row(labeled, n + i)).containsExactly(row(copies, i)).isNotEqualTo(row(labeled, i));
            int label = ((ClassLabels) data.labels()).get(split.training()[i]);
            assertThat(labels.get(i)).isEqualTo(label);
            assertThat(labels.get(n + i)).isEqualTo(label);
        }
        assertThat(prepared.training().unlabeled()).isEqualTo(plain.training().unlabeled());
        assertThat(prepared.queries()).isEqualTo(plain.queries());
        assertThat(prepared.database()).isEqualTo(plain.database());
        assertThat(prepared.queryLabels()).isEqualTo(plain.queryLabels());
        assertThat(prepared.databaseLabels()).isEqualTo(plain.databaseLabels());
        assertThat(prepared.splitHash()).isEqualTo(plain.splitHash());
    }

    @Test
    void optionsAreChosenOnMirroredImagesToo() throws IOException {
        TuningData plain = TuningData.of(protocol("plain"), prepare("plain"), 0);
        FeatureData data = prepare("mirrored");
        TuningData images = TuningData.of(protocol("mirrored"), data, 0);

        assertThat(plain.mirrored()).isNull();
        assertThat(images.plain().labeled()).isEqualTo(plain.plain().labeled());
        // With one seed no training image is any seed's query, so that all of them may choose options.
        FeatureMatrix labeled =
                PreparedSplit.of(protocol("mirrored"), data, 0).training().labeled();
        int n = images.plain().labeled().rows();
        assertThat(images.mirrored())
                .isEqualTo(labeled.select(IntStream.range(n, 2 * n).toArray()));
        assertThat(images.hash()).isNotEqualTo(plain.hash());
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record OneImage(float[] pixels, int side) implements GrayImages {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public int width() {
            return side;
        }

        @Override
        public int height() {
            return side;
        }

        @Override
        public void gray(int index, float[] target) {
            System.arraycopy(pixels, 0, target, 0, pixels.length);
        }
    }
}
