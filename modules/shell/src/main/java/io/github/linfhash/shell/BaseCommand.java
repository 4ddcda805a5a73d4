package io.github.linfhash.shell;

import io.github.linfhash.core.progress.Progress;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command: its help, its data on standard output, and everything else on standard error. */
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

    /** Prints data on standard output. */
    protected final void print(String data) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(data);
        out.flush();
    }

    /** Prints a line on standard error, unless the user wants none. */
    protected final void say(String line) {
        err().println(line);
    }

    /** Prints what is wrong on standard error as a sentence of the program. */
    protected final void note(String sentence) {
        spec.commandLine().getErr().println("linfhash: " + sentence);
    }

    /** Standard error for what is worth knowing; nothing is printed if the user wants none of it. */
    protected final PrintWriter err() {
        return quiet ? new PrintWriter(Writer.nullWriter()) : spec.commandLine().getErr();
    }

    /** Progress on standard error, unless the user wants none. */
    protected final Progress progress() {
        return ConsoleProgress.of(spec);
    }
}
