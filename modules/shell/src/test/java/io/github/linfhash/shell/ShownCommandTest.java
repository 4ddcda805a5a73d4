package io.github.linfhash.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShownCommandTest {
    @Test
    void replacesPathsOfThisMachine() {
        List<String> words =
                List.of("run", "--protocol", "cifar10", "--data", "/home/a/b", "--out=/tmp/x", "--bits", "48");
        assertThat(ShownCommand.withoutPaths(words)).isEqualTo(" --protocol cifar10 --data DIR --out=DIR --bits 48");
    }

    @Test
    void namesAllRunsInsteadOfSome() {
        List<String> words = List.of("run", "--methods", "ksh", "--bits=48", "--protocol", "p", "--seeds", "0");
        assertThat(ShownCommand.without(words, Set.of("--methods", "--bits", "--seeds")))
                .containsExactly("run", "--protocol", "p");
    }

    @Test
    void ofCodesMadeElsewhereOnlyTheNameIsShown() {
        List<String> words =
                List.of("run", "--external", "mine=/home/a=b", "--quick", "--external=yours=/tmp/y", "--data", "/d");
        assertThat(ShownCommand.withoutPaths(words))
                .isEqualTo(" --external mine=DIR --quick --external=yours=DIR --data DIR");
    }

    @Test
    void vectorsLabelsAndModelsAreFiles() {
        List<String> words =
                List.of("train", "--vectors", "/a/f.npy", "--labels=/a/l.npy", "--bits", "8", "--out", "/a/m.linfhash");
        assertThat(ShownCommand.withoutPaths(words)).isEqualTo(" --vectors FILE --labels=FILE --bits 8 --out FILE");
    }

    @Test
    void aNetworkThatMakesFeaturesIsAFile() {
        List<String> words =
                List.of("tune", "--protocol", "cifar10-mobilenet", "--network", "/a/m.onnx", "--trials", "5");
        assertThat(ShownCommand.withoutPaths(words))
                .isEqualTo(" --protocol cifar10-mobilenet --network FILE --trials 5");
    }

    @Test
    void filesAreNamedWithoutTheirFolders() {
        List<String> words = List.of(
                "advise", "--vectors", "/home/a/my v.npy", "--queries=q's.npy", "--out", "/tmp/x/", "--labels", "/");
        assertThat(ShownCommand.shown(words, ShownCommand::name))
                .isEqualTo(" --vectors 'my v.npy' --queries='q'\\''s.npy' --out x --labels FILE");
        assertThat(ShownCommand.shown(
                        List.of("measure", "--database", "postgresql://me:secret@host/shop"), ShownCommand::name))
                .isEqualTo(" --database URL");
    }
}
