package io.github.linfhash.shell;

import io.github.linfhash.core.errors.PlainText;
import io.github.linfhash.core.progress.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Progress on standard error: a bar with the time left on a terminal, otherwise lines.
 *
 * <p>Control characters in names of files and data sets are replaced, so that they cannot change the terminal.
 */
public final class ConsoleProgress implements Progress {
    /** The option that turns progress off. */
    public static final String QUIET = "--quiet";

    private final PrintStream err;
    private final boolean bars;

    ConsoleProgress(PrintStream err, boolean bars) {
        this.err = err;
        this.bars = bars;
    }

    /**
     * Returns the progress of a command: none with {@code --quiet}, otherwise bars or lines.
     *
     * <p>Bars are shown if standard error is a terminal (the launcher sets the system property {@code linfhash.terminal})
     * and the environment variable CI is not set.
     */
    public static Progress of(CommandSpec command) {
        if (command.commandLine().getParseResult().hasMatchedOption(QUIET)) {
            return Progress.NONE;
        }
        boolean watched = Boolean.getBoolean("linfhash.terminal") && System.getenv("CI") == null;
        return new ConsoleProgress(System.err, watched);
    }

    @Override
    public Task begin(String name, long steps) {
        String plain = PlainText.line(name);
        return bars ? new Bar(plain, steps) : new Line(plain, steps);
    }

    @Override
    public void note(String sentence) {
        err.println("linfhash: " + PlainText.line(sentence));
    }

    /** Sets the text about what remains, such as "ksh 6, nnh 3". */
    private static String words(Map<String, Integer> parts) {
        return parts.entrySet().stream()
                .map(part -> PlainText.line(part.getKey()) + " " + part.getValue())
                .collect(Collectors.joining(", "));
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
        public void left(Map<String, Integer> parts) {
            bar.setExtraMessage(words(parts));
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** Prints a line when a task begins, every {@value #PERIOD_SECONDS} seconds, and at its end with the time it took. */
    private final class Line implements Task {
        private static final long PERIOD_SECONDS = 30;

        private final String name;
        private final long steps;
        private final long start = System.nanoTime();
        private long done;
        private long nextWord = PERIOD_SECONDS;
        private String left = "";

        Line(String name, long steps) {
            this.name = name;
            this.steps = Math.max(1, steps);
            err.println(name + " ...");
        }

        @Override
        public synchronized void advance(long more) {
            done += more;
            double seconds = seconds();
            if (seconds >= nextWord && done > 0) {
                nextWord = (long) seconds + PERIOD_SECONDS;
                err.printf(
                        Locale.ROOT,
                        "%s: %d%%, about %.0f s left%s%n",
                        name,
                        100 * done / steps,
                        seconds * (steps - done) / done,
                        left);
            }
        }

        @Override
        public synchronized void left(Map<String, Integer> parts) {
            left = parts.isEmpty() ? "" : " (" + words(parts) + ")";
        }

        private double seconds() {
            return (System.nanoTime() - start) / 1e9;
        }

        @Override
        public void close() {
            err.printf(Locale.ROOT, "%s: %.1f s%n", name, seconds());
        }
    }
}
