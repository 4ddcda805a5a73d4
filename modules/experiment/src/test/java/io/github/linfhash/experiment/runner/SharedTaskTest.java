package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.runner.Runner.SharedTask;
import io.github.linfhash.testing.NotedProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedTaskTest {
    private final AtomicLong reached = new AtomicLong();

    @Test
    void movesTheCommonTaskByItsShareWhateverARunAnnounces() {
        try (SharedTask share = new SharedTask(Progress.NONE, reached::addAndGet)) {
            Progress.Task training = share.begin("training", 200);
            training.advance(50);
            assertThat(reached).hasValue(SharedTask.SHARE / 4);
            training.advance(1_000_000);
            assertThat(reached).hasValue(SharedTask.SHARE);
        }
        assertThat(reached).hasValue(SharedTask.SHARE);
    }

    @Test
    void completesTheShareOfARunThatAnnouncesNothing() {
        new SharedTask(Progress.NONE, reached::addAndGet).close();
        assertThat(reached).hasValue(SharedTask.SHARE);
    }

    @Test
    void neverMovesBack() {
        SharedTask share = new SharedTask(Progress.NONE, reached::addAndGet);
        share.begin("first", 10).advance(8);
        share.begin("second", 10).advance(1);
        assertThat(reached).hasValue(800);
    }

    @Test
    void saysWhatARunNotes() {
        List<String> notes = new ArrayList<>();
        new SharedTask(new NotedProgress(notes), steps -> {}).note("it starts from the beginning");
        assertThat(notes).containsExactly("it starts from the beginning");
    }
}
