package io.github.linfhash.shell;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Tells the launcher whether a command needs another program of linfhash, instead of running the command.
 *
 * <p>The launcher asks by the system property {@value #ASKED}. If this program has all that the command needs, the exit code is 0. Otherwise, the
 * exit code is {@link ExitCodes#OTHER_PROGRAM}, and standard output has one line with the name of the module whose program has it, such as
 * {@code embeddings}. After any other exit code, the launcher starts the command here, which then says what is wrong.
 */
public final class NeededProgram implements IExecutionStrategy {
    static final String ASKED = "linfhash.ask";

    @Override
    public int execute(ParseResult parsed) {
        CommandLine root = parsed.commandSpec().root().commandLine();
        CommandLine command =
                parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
        try {
            for (Object part : parts(command.getCommandSpec()).toList()) {
                String module = part instanceof MayNeedProgram needing ? needing.neededProgram() : "";
                if (!module.isEmpty()) {
                    root.getOut().println(module);
                    return ExitCodes.OTHER_PROGRAM;
                }
            }
        } catch (InputException | IOException e) {
            throw new ExecutionException(command, "what the command needs cannot be read", e);
        }
        return ExitCodes.OK;
    }

    /** Returns the object of a command and those of its mixins. */
    private static Stream<Object> parts(CommandSpec spec) {
        return Stream.concat(
                Stream.ofNullable(spec.userObject()),
                spec.mixins().values().stream().flatMap(NeededProgram::parts));
    }
}
