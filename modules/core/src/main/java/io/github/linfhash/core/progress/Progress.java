package io.github.linfhash.core.progress;

import java.util.Map;
import java.util.function.Consumer;

/** Where a long computation says how far it is; safe for use by several threads. */
@FunctionalInterface
public interface Progress {
    /** Shows nothing. */
    Progress NONE = (name, steps) -> Task.SILENT;

    /** Shows nothing of tasks, and hands on what the user should know. */
    static Progress notes(Consumer<String> notes) {
        return new Progress() {
            @Override
            public Task begin(String name, long steps) {
                return Task.SILENT;
            }

            @Override
            public void note(String sentence) {
                notes.accept(sentence);
            }
        };
    }

    /**
     * Announces a task.
     *
     * @param name what is being done, for the user
     * @param steps how many steps it will take
     * @return the task, to be closed when it ends
     */
    Task begin(String name, long steps);

    /** Says what the user should know and no result shows, such as that something damaged is computed again. */
    default void note(String sentence) {}

    /** A task under way. */
    @FunctionalInterface
    interface Task extends AutoCloseable {
        /** Shows nothing. */
        Task SILENT = steps -> {};

        /** Says that so many more steps are done. */
        void advance(long steps);

        /** Says how many parts of each name are left. */
        default void left(Map<String, Integer> parts) {}

        @Override
        default void close() {}
    }
}
