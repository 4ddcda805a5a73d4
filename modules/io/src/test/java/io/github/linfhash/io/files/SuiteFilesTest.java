package io.github.linfhash.io.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteFilesTest {
    @TempDir
    private Path folder;

    @Test
    void partsOfSeveralJarsAndFoldersAreOneFolder() throws IOException {
        Path classes = folder.resolve("classes");
        Path claims = classes.resolve(SuiteFiles.FOLDER).resolve("reports/claims.yaml");
        Files.createDirectories(claims.getParent());
        Files.writeString(claims, "claims");
        Path suite = unpacked(jar("a b.jar", "protocols/p.yaml", "p"), jar("b.jar", "datasets/d/x.gz", "d"), classes);
        assertThat(suite).startsWith(cache().resolve("suite"));
        assertThat(suite.resolve("protocols/p.yaml")).hasContent("p");
        assertThat(suite.resolve("datasets/d/x.gz")).hasContent("d");
        assertThat(suite.resolve("reports/claims.yaml")).hasContent("claims");
        try (Stream<Path> all = Files.walk(suite)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(3);
        }
    }

    @Test
    void whatIsDamagedIsLaidOutAgainAndTheRestIsLeft() throws IOException {
        Path jar = jar("a.jar", "protocols/p.yaml", "p");
        Path other = jar("b.jar", "datasets/d.yaml", "d");
        Path suite = unpacked(jar, other);
        Files.writeString(suite.resolve("protocols/p.yaml"), "q");
        Object untouched = Files.readAttributes(suite.resolve("datasets/d.yaml"), "unix:ino");
        assertThat(unpacked(jar, other)).isEqualTo(suite);
        assertThat(suite.resolve("protocols/p.yaml")).hasContent("p");
        assertThat(Files.readAttributes(suite.resolve("datasets/d.yaml"), "unix:ino"))
                .isEqualTo(untouched);
    }

    @Test
    void otherContentIsAnotherFolder() throws IOException {
        Path suite = unpacked(jar("a.jar", "protocols/p.yaml", "p"));
        Path next = unpacked(jar("b.jar", "protocols/p.yaml", "q"));
        assertThat(next).isNotEqualTo(suite);
        assertThat(suite.resolve("protocols/p.yaml")).hasContent("p");
        assertThat(next.resolve("protocols/p.yaml")).hasContent("q");
    }

    @Test
    void aClassPathWithoutThemIsRefused() {
        assertThatThrownBy(this::unpacked)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected protocols and data sets in linfhash's jars")
                .hasMessageContaining("found none");
    }

    private Path unpacked(Path... jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            return SuiteFiles.unpacked(loader, cache());
        }
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    /** As Maven packs it: with entries for the folders. */
    private Path jar(String name, String file, String content) throws IOException {
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            String full = SuiteFiles.FOLDER + "/" + file;
            for (int slash = full.indexOf('/'); slash >= 0; slash = full.indexOf('/', slash + 1)) {
                out.putNextEntry(new JarEntry(full.substring(0, slash + 1)));
            }
            out.putNextEntry(new JarEntry(full));
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
