package io.github.linfhash.shell;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help of commands: a line of usage, the options by topic where there are many, and a text. Consecutive lines of the text in an
 * annotation form a paragraph, which is wrapped to the width of the terminal. Example commands are broken after {@value #WIDTH}
 * columns by a backslash, so that they can be copied.
 */
public final class HelpText {
    private static final int WIDTH = 80;
    private static final String COMMAND = "  linfhash ";
    private static final String CONTINUED = " \\";
    private static final String NEXT_LINE = "      ";

    private HelpText() {}

    /** Sets the help of a program and all of its commands. */
    public static CommandLine in(CommandLine program) {
        UsageMessageSpec usage = program.getCommandSpec().usageMessage();
        usage.footer(lines(List.of(usage.footer())).toArray(String[]::new));
        if (OptionTopics.areFor(program.getCommandSpec())) {
            program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, OptionTopics::list);
            if (usage.customSynopsis().length == 0) {
                usage.customSynopsis(OptionTopics.synopsis(program.getCommandSpec()));
            }
        }
        program.getSubcommands().values().forEach(HelpText::in);
        return program;
    }

    /** Returns the lines to show for the lines of an annotation; a paragraph becomes one line, which picocli wraps. */
    public static List<String> lines(List<String> written) {
        List<String> lines = new ArrayList<>();
        boolean inParagraph = false;
        for (String line : written) {
            boolean text = !line.isEmpty() && !Character.isWhitespace(line.charAt(0));
            if (text && inParagraph) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + line);
            } else if (line.startsWith(COMMAND)) {
                lines.addAll(folded(line));
            } else {
                lines.add(line);
            }
            inParagraph = text;
        }
        return lines;
    }

    private static List<String> folded(String command) {
        List<String> lines = new ArrayList<>();
        String rest = command;
        while (rest.length() > WIDTH) {
            int space = rest.lastIndexOf(" -", WIDTH - CONTINUED.length());
            if (space <= NEXT_LINE.length()) {
                space = rest.lastIndexOf(' ', WIDTH - CONTINUED.length());
            }
            if (space <= NEXT_LINE.length()) {
                break;
            }
            lines.add(rest.substring(0, space) + CONTINUED);
            rest = NEXT_LINE + rest.substring(space + 1);
        }
        lines.add(rest);
        return lines;
    }
}
