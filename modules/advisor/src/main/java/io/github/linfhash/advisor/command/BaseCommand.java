package io.github.linfhash.advisor.command;

import io.github.linfhash.core.progress.Progress;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command: its help, its data on standard output, and everything else on standard error. */
@Command(mixinStandardHelpOptions = true, footerHeading = "%nExamples:%n")
public abstract class BaseCommand implements Callable<Integer> {
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

    /** Prints a line on standard error. */
    protected final void say(String line) {
        err().println(line);
    }

    /** Prints a sentence of the program on standard error, marked as such. */
    protected final void note(String sentence) {
        say("linfhash: " + sentence);
    }

    /** Standard error. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Progress on standard error. */
    protected static Progress progress() {
        return ConsoleProgress.standard();
    }
}
