package io.github.linfhash.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the program as a user would, in a project folder of its own with one small data set. */
abstract class ProgramOnTinyHome {
    @TempDir
    protected Path root;

    protected final StringWriter out = new StringWriter();
    protected final StringWriter err = new StringWriter();
    private String realHome = "";

    @BeforeEach
    void makeHome() throws IOException {
        realHome = System.getProperty("linfhash.home");
        TinyHome.create(root);
        System.setProperty("linfhash.home", root.toString());
        System.setProperty("linfhash.cache", root.resolve("cache").toString());
    }

    @AfterEach
    void restoreHome() {
        System.setProperty("linfhash.home", realHome);
        System.clearProperty("linfhash.cache");
    }

    /** The folder of the real project. */
    protected Path realHome() {
        return Path.of(realHome);
    }

    /** Runs one command; what it prints goes to {@link #out} and {@link #err}. */
    protected int run(String... words) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return Main.run(line, words);
    }
}
