package io.github.linfhash.shell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The program's exit codes. */
public final class ExitCodes {
    public static final int OK = 0;
    /** A run failed, or a file could not be written. */
    public static final int FAILED = 1;
    /** An option, a file or a protocol is invalid; nothing was written. */
    public static final int BAD_INPUT = 2;

    /** A number is not as expected: a regression, an impossible published number, or codes that look too good. */
    public static final int FOUND = 3;

    /** The launcher asked, and the program of another module has to run the command; see {@link NeededProgram}. */
    public static final int OTHER_PROGRAM = 75;

    /** The user pressed Ctrl-C; the code of a program that ended by SIGINT (128 + 2), which the JVM returns by itself. */
    private static final int INTERRUPTED = 130;

    /** The reader of standard output closed it early; the code of a program that ended by SIGPIPE (128 + 13). */
    public static final int CLOSED_PIPE = 141;

    /** The meanings of codes, in ascending order: the table of {@code --help} and of docs/commands.md. */
    public static final Map<String, String> MEANINGS = meanings();

    private ExitCodes() {}

    private static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put("" + OK, "done");
        meanings.put("" + FAILED, "a run failed, memory ran out, or a file or standard output could not be written");
        meanings.put(
                "" + BAD_INPUT,
                "an option, a file or a protocol is wrong, or this machine's linear algebra computes wrong results");
        meanings.put(
                "" + FOUND,
                "a check failed (results check, paper audit, task score, effort, recall --target, advise --check, measure"
                        + " --check), or an alarm of watch is on");
        meanings.put("" + INTERRUPTED, "interrupted by Ctrl-C");
        meanings.put("" + CLOSED_PIPE, "standard output was closed early, for example by head; no message is printed");
        return Collections.unmodifiableMap(meanings);
    }
}
