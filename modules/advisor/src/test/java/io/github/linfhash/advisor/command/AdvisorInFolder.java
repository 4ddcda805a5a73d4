package io.github.linfhash.advisor.command;

import io.github.linfhash.testing.ProgramInFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import picocli.CommandLine;

/** Runs the program that only advises, quantizes and measures, with a cache of its own. */
abstract class AdvisorInFolder extends ProgramInFolder {
    @BeforeEach
    void makeCache() {
        System.setProperty("linfhash.cache", root.resolve("cache").toString());
    }

    @AfterEach
    void forgetCache() {
        System.clearProperty("linfhash.cache");
    }

    @Override
    protected CommandLine program() {
        return AdvisorMain.commandLine();
    }
}
