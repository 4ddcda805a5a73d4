package io.github.linfhash.cli;

import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine;

/** Uses the classes that a quick command needs, so that the launcher can have Java keep them in an archive; prints nothing. */
final class StartTraining {
    private static final List<List<String>> COMMANDS =
            List.of(List.of("--help"), List.of("run", "--help"), List.of("list"), List.of("list", "datasets"));

    private StartTraining() {}

    public static void main(String[] args) throws IOException {
        for (List<String> words : COMMANDS) {
            CommandLine program = Main.commandLine();
            try (PrintWriter nowhere = new PrintWriter(Writer.nullWriter())) {
                int code = program.setOut(nowhere).execute(words.toArray(String[]::new));
                if (code != ExitCodes.OK) {
                    System.exit(code);
                }
            }
        }
    }
}
