package io.github.linfhash.harness.progress;

import io.github.linfhash.core.progress.Progress;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress on standard error: a bar with the time left where somebody watches, otherwise a line when a task ends.
 *
 * <p>Standard output is left to data.
 */
public final class ConsoleProgress implements Progress {
    private final PrintStream err;
    private final boolean bars;

    private ConsoleProgress(PrintStream err, boolean bars) {
        this.err = err;
        this.bars = bars;
    }

    /**
     * Bars if standard error is a terminal, which the launcher says by the system property {@code linfhash.terminal},
     * and CI is not set; lines otherwise.
     */
    public static Progress standard() {
        boolean watched = Boolean.getBoolean("linfhash.terminal") && System.getenv("CI") == null;
        return new ConsoleProgress(System.err, watched);
    }

    /** A line for each task that ends. */
    public static Progress lines(PrintStream err) {
        return new ConsoleProgress(err, false);
    }

    @Override
    public Task begin(String name, long steps) {
        return bars ? new Bar(name, steps) : new Line(name);
    }

    private static final class Bar implements Task {
        private final ProgressBar bar;

        Bar(String name, long steps) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(steps)
                    .setUpdateIntervalMillis(500)
                    .setStyle(ProgressBarStyle.ASCII)
                    .build();
        }

        @Override
        public void advance(long steps) {
            bar.stepBy(steps);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    private final class Line implements Task {
        private final String name;
        private final long start = System.nanoTime();

        Line(String name) {
            this.name = name;
        }

        @Override
        public void advance(long steps) {}

        @Override
        public void close() {
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            err.printf("%s: %.1f s%n", name, taken.toMillis() / 1000.0);
        }
    }
}
