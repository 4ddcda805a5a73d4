package io.github.linfhash.engines.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM that runs Lucene, of folders that look like JDKs. */
class LuceneJavaTest {
    private static final Path OWN = Path.of("own");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private Path jdk(String version) throws IOException {
        Path program = Files.createDirectories(folder.resolve(version + "/bin")).resolve("java");
        Files.writeString(program, "");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve(version + "/release"), "JAVA_VERSION=\"" + version + "\"\n");
        return folder.resolve(version);
    }

    @Test
    void anOldJavaNamesTheVariable() {
        assertThatThrownBy(() -> LuceneJava.find(17, OWN, Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "Lucene needs Java 21 or newer, and this is Java 17: set LINFHASH_LUCENE_JAVA to the folder of a"
                                + " JDK 21 or newer");
    }

    @Test
    void aNewJavaRunsLuceneItself() throws IOException {
        assertThat(LuceneJava.find(21, OWN, Map.of())).isEqualTo(OWN.resolve("bin/java"));
    }

    @Test
    void theVariableComesFirst() throws IOException {
        Path newer = jdk("25.0.1");
        assertThat(LuceneJava.find(17, OWN, Map.of(LuceneJava.VARIABLE, newer.toString())))
                .isEqualTo(newer.resolve("bin/java"));
        assertThat(LuceneJava.find(21, OWN, Map.of(LuceneJava.VARIABLE, newer.toString())))
                .isEqualTo(newer.resolve("bin/java"));
    }

    @Test
    void othersAreRefused() throws IOException {
        Path old = jdk("20.0.2");
        assertThatThrownBy(() -> LuceneJava.find(17, OWN, Map.of(LuceneJava.VARIABLE, old.toString())))
                .isInstanceOf(InputException.class)
                .hasMessage("LINFHASH_LUCENE_JAVA: expected a JDK 21 or newer, found Java 20 in " + old);
        assertThatThrownBy(() -> LuceneJava.find(25, OWN, Map.of(LuceneJava.VARIABLE, "/nowhere")))
                .isInstanceOf(InputException.class)
                .hasMessage("LINFHASH_LUCENE_JAVA: expected a folder with bin/java, found /nowhere");
    }
}
