package io.github.linfhash.experiment.regression;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.experiment.home.ProjectHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReproductionLogTest {
    @Test
    void theLogInThisRepositoryIsTheOneThatTheDataGive() throws IOException {
        Path root = Path.of(System.getProperty("linfhash.home"));
        assertThat(Files.readString(root.resolve("docs/reproduction-log.md")))
                .as("docs/reproduction-log.md is stale; ./linfhash reproduction-log > docs/reproduction-log.md")
                .isEqualTo(ReproductionLogSource.text(new ProjectHome(root, root)));
    }
}
