package io.github.linfhash.shell;

/** The program's exit codes; listed in {@code --help}. */
public final class ExitCodes {
    public static final int OK = 0;
    /** A run failed, or something could not be written. */
    public static final int FAILED = 1;
    /** An option, a file or a protocol is not right; nothing was written. */
    public static final int BAD_INPUT = 2;

    /** A number is not what it should be: a regression, a printed number that cannot be, or codes that look too good. */
    public static final int FOUND = 3;

    /** Nobody read standard output to its end; what a shell says of a program that ended by SIGPIPE (128 + 13). */
    public static final int CLOSED_PIPE = 141;

    private ExitCodes() {}
}
