package io.github.linfhash.shell;

/** The program's exit codes; listed in {@code --help}. */
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

    /** The reader of standard output closed it early; the code of a program that ended by SIGPIPE (128 + 13). */
    public static final int CLOSED_PIPE = 141;

    private ExitCodes() {}
}
