package io.github.linfhash.data.manifest;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLocatorTest {
    @TempDir
    Path folder;

    private DataLocator locator;
    private DatasetManifest cifar10;
    private DatasetManifest fashion;

    @BeforeEach
    void readManifests() throws IOException {
        locator = new DataLocator(Home.path(), folder);
        cifar10 = locator.manifest("cifar10");
        fashion = locator.manifest("fashion-mnist");
    }

    @Test
    void saysWhatToFetchFromWhereWithWhichChecksumAndWhereToPutIt() {
        assertOneSentence(
                () -> locator.locate(cifar10, Optional.empty()),
                folder.resolve("datasets/cifar10").toString(),
                "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
                "170052171 bytes",
                "MD5 c32a1d4ab5d03f1284b67883e8d87530",
                "--data");
    }

    @Test
    void findsEitherLayoutInTheCache() throws IOException {
        Path cached = Files.createDirectories(folder.resolve("datasets/cifar10"));
        Files.createFile(cached.resolve("cifar-10-binary.tar.gz"));
        assertThat(locator.locate(cifar10, Optional.empty())).isEqualTo(cached);
        Files.delete(cached.resolve("cifar-10-binary.tar.gz"));
        Files.createDirectory(cached.resolve("cifar-10-batches-bin"));
        assertThat(locator.locate(cifar10, Optional.empty())).isEqualTo(cached);
    }

    @Test
    void findsTheEmbeddedDataSetWhereTheCacheHoldsOnlyHalfOfIt() throws IOException {
        Path cached = Files.createDirectories(folder.resolve("datasets/fashion-mnist"));
        Files.createFile(cached.resolve("labels-idx1-ubyte.gz"));
        assertThat(locator.locate(fashion, Optional.empty()))
                .isEqualTo(Home.path().resolve("datasets/fashion-mnist"));
    }

    @Test
    void aFolderThatTheUserNamesIsTheOnlyPlace() {
        assertThat(locator.locate(fashion, Optional.of(folder))).isEqualTo(folder);
        assertOneSentence(() -> locator.locate(fashion, Optional.of(folder.resolve("none"))), "none", "Fashion-MNIST");
    }

    @Test
    void refusesADataSetWithoutAManifest() {
        assertOneSentence(
                () -> locator.manifest("unknown"), "expected as data set one of banking77, ", "found 'unknown'");
        assertOneSentence(() -> locator.manifest("cifar-10"), "'cifar-10' (did you mean 'cifar10'?)");
    }
}
