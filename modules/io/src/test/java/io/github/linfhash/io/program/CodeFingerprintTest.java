package io.github.linfhash.io.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An edit of code that decides a run changes the fingerprint; an edit of code that shows results does not. */
class CodeFingerprintTest {
    private static final List<String> DECIDING = List.of("core", "data", "encoders", "experiment");

    @TempDir
    private Path folder;

    private static String hashWith(Path entry) {
        return CodeFingerprint.of(DECIDING, "no-such.jar" + File.pathSeparator + entry);
    }

    /** The fingerprint of a program is that of the class path that it was started with. */
    @Test
    void theProgramsOwnHashIsThatOfItsClassPath() {
        String own = System.getProperty("java.class.path");
        assertThat(CodeFingerprint.of(List.of("io"))).isEqualTo(CodeFingerprint.of(List.of("io"), own));
        assertThat(CodeFingerprint.of(List.of("io")))
                .isNotEqualTo(
                        CodeFingerprint.of(List.of("io"), own.substring(own.indexOf(File.pathSeparatorChar) + 1)));
    }

    private static void jar(Path file, String entry, String content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }

    /** Whether the hash changes with the content of an entry of a jar or a folder of classes. */
    private boolean moves(String jar, String entry) throws IOException {
        Path file = folder.resolve(jar);
        jar(file, entry, "1");
        String one = hashWith(file);
        jar(file, entry, "2");
        boolean inJar = !hashWith(file).equals(one);
        Path classes = folder.resolve("classes");
        Path member = classes.resolve(entry);
        Files.createDirectories(member.getParent());
        Files.writeString(member, "1");
        String other = hashWith(classes);
        Files.writeString(member, "2");
        assertThat(!hashWith(classes).equals(other)).isEqualTo(inJar);
        return inJar;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/github/linfhash/reports/page/page.css",
                "io/github/linfhash/reports/charts/LineChart.class",
                "io/github/linfhash/cli/Main.class",
                "io/github/linfhash/results/tables/Summary.class",
                "io/github/linfhash/protocols/suite/cifar10.yaml",
                "META-INF/MANIFEST.MF"
            })
    void whatShowsResultsComputesNothingAnew(String entry) throws IOException {
        assertThat(moves("linfhash-x.jar", entry)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/github/linfhash/core/evaluation/HammingScan.class",
                "io/github/linfhash/data/gist/Gist.class",
                "io/github/linfhash/encoders/training/InBatchLoss.class",
                "io/github/linfhash/experiment/runner/Run.class"
            })
    void whatDecidesARunComputesItAnew(String entry) throws IOException {
        assertThat(moves("linfhash-x.jar", entry)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.github.linfhash.core.method.MethodProvider",
                "io.github.linfhash.quantizers.QuantizerProvider"
            })
    void aJarOfMethodsOrQuantizersFromElsewhereIsKnownByItsContent(String provider) throws IOException {
        Path file = folder.resolve("mine.jar");
        String none = hashWith(file);
        jarOf(provider, file, "1");
        String one = hashWith(file);
        assertThat(one).isNotEqualTo(none);
        jarOf(provider, file, "2");
        assertThat(hashWith(file)).isNotEqualTo(one);
    }

    private static void jarOf(String provider, Path file, String content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("META-INF/services/" + provider));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("org/example/Mine.class"));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }

    @Test
    void anotherLibraryIsKnownByItsName() throws IOException {
        assertThat(moves("library-1.0.jar", "org/example/A.txt")).isFalse();
        Path file = folder.resolve("library-1.0.jar");
        Path newer = Files.copy(file, folder.resolve("library-1.1.jar"));
        assertThat(hashWith(newer)).isNotEqualTo(hashWith(file));
    }
}
