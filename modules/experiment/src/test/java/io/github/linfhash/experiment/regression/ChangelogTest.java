package io.github.linfhash.experiment.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ChangelogTest {
    private static final Path PATH = Path.of("CHANGELOG.md");

    @Test
    void anEntryGoesToTheEndOfWhatIsNotReleased() {
        Changelog log = new Changelog(PATH, "# Changelog\n\n## Unreleased\n\n- One.\n\n## 0.1\n\n- Zero.\n");
        assertThat(log.with("- Two.\n").text())
                .isEqualTo("# Changelog\n\n## Unreleased\n\n- One.\n- Two.\n\n## 0.1\n\n- Zero.\n");
    }

    @Test
    void theSectionMayBeTheLastOneOrEmpty() {
        assertThat(new Changelog(PATH, "## Unreleased\n\n- One.\n")
                        .with("- Two.\n")
                        .text())
                .isEqualTo("## Unreleased\n\n- One.\n- Two.\n");
        assertThat(new Changelog(PATH, "## Unreleased\n\n## 0.1\n")
                        .with("- Two.\n")
                        .text())
                .isEqualTo("## Unreleased\n\n- Two.\n\n## 0.1\n");
    }

    @Test
    void aFileWithoutTheSectionIsRefused() {
        assertThatThrownBy(() -> new Changelog(PATH, "# Changelog\n"))
                .isInstanceOf(InputException.class)
                .hasMessage("CHANGELOG.md: expected a section '## Unreleased', found none");
    }
}
