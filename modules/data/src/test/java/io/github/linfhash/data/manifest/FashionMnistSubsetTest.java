package io.github.linfhash.data.manifest;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.ImageShape;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.data.manifest.DatasetContent.ImageContent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistSubsetTest {
    private static final Path MANIFEST = Home.path().resolve("datasets/fashion-mnist.yaml");
    private static final Path FOLDER = Home.path().resolve("datasets/fashion-mnist");

    @TempDir
    Path folder;

    private static LabeledImages embedded() {
        DatasetManifest manifest = DatasetManifest.read(MANIFEST);
        return ((ImageContent) manifest.content()).read(manifest, FOLDER, Progress.NONE);
    }

    @Test
    void theCommittedFilesAreThoseOfTheManifest() throws IOException {
        for (DatasetFile file : DatasetManifest.read(MANIFEST).files().files()) {
            Path path = FOLDER.resolve(file.path());
            assertThat(Files.size(path)).isEqualTo(file.size());
            assertThat(Digests.sha256(path)).isEqualTo(file.checksums().sha256());
            assertThat(FileIdentity.unpackedSha256(path))
                    .isEqualTo(file.checksums().unpackedSha256());
        }
    }

    @Test
    void theCommittedImagesAreTwelveHundredOfEachClass() {
        LabeledImages images = embedded();
        assertThat(images.size()).isEqualTo(12_000);
        assertThat(images.shape()).isEqualTo(new ImageShape(28, 28, 1));
        int[] sizes = new int[10];
        for (int i = 0; i < images.size(); i++) {
            sizes[images.labels().get(i)]++;
        }
        assertThat(sizes).containsOnly(1200);
    }

    @Test
    void theLicenseIsBesideTheImages() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("LICENSE"))).contains("MIT", "Zalando SE", "WITHOUT WARRANTY");
    }

    @Test
    void theRecipeGivesTheCommittedImages() {
        String source = System.getenv().getOrDefault("LINFHASH_FASHION_MNIST", "");
        assumeTrue(!source.isEmpty(), "skipped: LINFHASH_FASHION_MNIST names no folder with the four original files");
        DatasetManifest manifest = DatasetManifest.read(MANIFEST);
        LabeledImages made = FashionMnistSubset.make(manifest, Path.of(source));
        assertThat(made.sha256()).isEqualTo(embedded().sha256());
    }

    @Test
    void theRecipeRefusesOtherSources() throws IOException {
        Path source = folder.resolve("train-images-idx3-ubyte.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(source))) {
            out.write(7);
        }
        DatasetManifest manifest = DatasetManifest.read(MANIFEST);
        assertOneSentence(() -> FashionMnistSubset.make(manifest, folder), source.toString(), "SHA-256");
    }

    @Test
    void theRecipeNeedsThreeArguments() {
        assertOneSentence(() -> FashionMnistSubset.main(new String[] {"one"}), "found 1");
    }
}
