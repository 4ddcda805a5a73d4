package io.github.linfhash.shell;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The base of all commands: prints data on standard output, and messages and progress on standard error. */
@Command(mixinStandardHelpOptions = true, footerHeading = "%nExamples:%n")
public abstract class BaseCommand implements Callable<Integer> {
    @Option(
            names = {"-q", ConsoleProgress.QUIET},
            description = "Print only the answer and errors.")
    private boolean quiet;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    protected final CommandSpec spec() {
        return spec;
    }

    /**
     * Checks the files that the command reads, before it begins.
     *
     * @throws InputException if one does not exist or cannot be read
     */
    protected void requireFiles() {
        NamedFiles.require(spec);
    }

    /** Prints data on standard output. */
    protected final void print(String data) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(data);
        out.flush();
    }

    /** Prints a line on standard error, unless {@code --quiet} is given. */
    protected final void say(String line) {
        err().println(line);
    }

    /** Prints a problem on standard error, after the name of the program. */
    protected final void note(String sentence) {
        spec.commandLine().getErr().println("linfhash: " + sentence);
    }

    /** Returns a writer on standard error for notes; it prints nothing with {@code --quiet}. */
    protected final PrintWriter err() {
        return quiet ? new PrintWriter(Writer.nullWriter()) : spec.commandLine().getErr();
    }

    /** Returns the progress on standard error; silent with {@code --quiet}. */
    protected final Progress progress() {
        return ConsoleProgress.of(spec);
    }
}
