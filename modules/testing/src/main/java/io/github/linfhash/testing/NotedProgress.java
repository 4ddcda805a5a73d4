package io.github.linfhash.testing;

import io.github.linfhash.core.progress.Progress;
import java.util.List;

/**
 * Shows nothing, and keeps what the user would be told.
 *
 * @param notes where the sentences go, in their order
 */
public record NotedProgress(List<String> notes) implements Progress {
    @Override
    public Task begin(String name, long steps) {
        return Task.SILENT;
    }

    @Override
    public void note(String sentence) {
        notes.add(sentence);
    }
}
