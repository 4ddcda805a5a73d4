package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.gist.Gist;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.data.readers.IdxFiles;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Preparation;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.experiment.tuning.TuningData;
import io.github.linfhash.protocols.protocol.ImageFeatures;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.results.schema.ProtocolSummary.FeatureSummary;
import io.github.linfhash.results.schema.ResultsJson;
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

/** A protocol that adds mirrored training images, from its file to its page. */
class MirroredImagesTest extends ProgramOnTinyHome {
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

    private Protocol protocol(String name) throws IOException {
        return new ProtocolFiles(root.resolve("protocols")).read(name);
    }

    private FeatureData prepare(String name) throws IOException {
        ProjectHome home = ProjectHome.find();
        return new Preparation(home, home.protocols(), watch).prepare(protocol(name), null);
    }

    private FeatureMatrix mirrored() throws IOException {
        return Objects.requireNonNull(prepare("mirrored").mirrored());
    }

    private static float[] row(FeatureMatrix matrix, int index) {
        float[] row = new float[matrix.dimension()];
        matrix.copyRow(index, row);
        return row;
    }

    private void refused(String said, String command, Object... arguments) {
        assertThat(badInput(command, arguments)).contains(said).doesNotContain("\tat ");
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
            assertThat(row(mirrored, i)).containsExactly(gist.extract(gray, canvas, canvas));
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
        PreparedSplit trial = PreparedSplit.of(protocol("mirrored"), data, 0);
        Split split = data.splits(protocol("mirrored")).draw(0);
        FeatureMatrix labeled = trial.training().labeled();
        FeatureMatrix copies = plain.preprocessor().apply(mirrored(), split.training());
        ClassLabels labels = (ClassLabels) trial.training().labels();
        int n = plain.training().labeled().rows();

        assertThat(labeled.rows()).isEqualTo(2 * n).isEqualTo(120);
        for (int i = 0; i < n; i++) {
            assertThat(row(labeled, i)).containsExactly(row(plain.training().labeled(), i));
            assertThat(row(labeled, n + i)).containsExactly(row(copies, i)).isNotEqualTo(row(labeled, i));
            int label = ((ClassLabels) data.labels()).get(split.training()[i]);
            assertThat(labels.get(i)).isEqualTo(label);
            assertThat(labels.get(n + i)).isEqualTo(label);
        }
        assertThat(trial.training().unlabeled()).isEqualTo(plain.training().unlabeled());
        assertThat(trial.queries()).isEqualTo(plain.queries());
        assertThat(trial.database()).isEqualTo(plain.database());
        assertThat(trial.queryLabels()).isEqualTo(plain.queryLabels());
        assertThat(trial.databaseLabels()).isEqualTo(plain.databaseLabels());
        assertThat(trial.splitHash()).isEqualTo(plain.splitHash());
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

    @Test
    void resultsSayItAndAreJoinedWithNoPlainOnes() throws IOException {
        String options = " --methods ksh --bits 8 --seeds 0";
        assertThat(succeed("run --protocol plain" + options)).doesNotContainIgnoringCase("mirror");
        succeed("run --protocol mirrored" + options);
        assertThat(err.toString()).contains("supervised methods were also trained on mirror images");
        Path results = root.resolve("reports/out/mirrored/results.json");
        Path others = root.resolve("reports/out/plain/results.json");
        FeatureSummary features = ResultsJson.read(others).protocol().features();
        assertThat(ResultsJson.read(results).protocol().features().hash())
                .isEqualTo(Digests.sha256(features.hash() + "/" + mirrored().sha256()));
        assertThat(ResultsJson.read(results).protocol().conventions()).containsEntry("augment", "mirror");
        assertThat(ResultsJson.read(others).protocol().conventions()).doesNotContainKey("augment");
        assertThat(ResultsJson.read(results).protocol().sizes())
                .isEqualTo(ResultsJson.read(others).protocol().sizes());
        assertThat(ResultsJson.read(results).runs().get(0).codesHash())
                .isNotEqualTo(ResultsJson.read(others).runs().get(0).codesHash());
        assertThat(Files.readString(results.resolveSibling("index.html")))
                .contains("Supervised methods were also trained on mirror images: ", "Convention: augment");

        refused(
                "expected results of the protocol mirrored or none, found those of plain",
                "run --protocol mirrored --out F/reports/out/plain" + options);
        refused("expected the same hash of the protocol", "results compare %s %s", others, results);
        refused("expected the same hash of the protocol", "paper claims %s %s", others, results);
        succeed("results accept --protocol plain --methods=ksh --bits=8 --seeds=0");
        refused(
                "expected results of the protocol plain, found mirrored",
                "results check --protocol plain --results %s",
                results);
    }
}
