package io.github.linfhash.cli;

import io.github.linfhash.core.errors.PlainText;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Ends a command that was not given as it is to be: one sentence, and one line that says where to look. */
final class WrongUsage implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] words) {
        CommandLine line = failure.getCommandLine();
        String sentence = PlainText.line(String.valueOf(failure.getMessage()));
        line.getErr()
                .println(
                        line.getColorScheme().errorText("linfhash: " + sentence + (sentence.endsWith(".") ? "" : ".")));
        if (words.length == 0) {
            line.usage(line.getErr());
        } else if (!UnmatchedArgumentException.printSuggestions(failure, line.getErr())) {
            line.getErr()
                    .println("'" + line.getCommandSpec().qualifiedName() + " --help' has the options and examples.");
        }
        return ExitCodes.BAD_INPUT;
    }
}
