package io.github.linfhash.tasks.fuzz;

import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.results.schema.SubmissionCard;
import io.github.linfhash.tasks.Task;
import io.github.linfhash.testing.fuzz.NullChecks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NullInTasksTest {
    @TempDir
    Path folder;

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("f.yaml"), text);
    }

    private static String yaml(String target) throws IOException {
        return new String(NullChecks.seed(new TasksTargets(), target, "small"), StandardCharsets.UTF_8);
    }

    @Test
    void inATaskAndInASubmission() throws IOException {
        NullChecks.everywhere(yaml("task-yaml"), text -> StrictReader.read(written(text), Task.class));
        NullChecks.everywhere(
                yaml("submission-yaml"), text -> StrictReader.readTexts(written(text), SubmissionCard.class));
    }
}
