package io.github.linfhash.harness.cli;

/** What the program's exit code means; listed in {@code --help}. */
final class ExitCodes {
    static final int OK = 0;
    /** A run failed, or something could not be written. */
    static final int FAILED = 1;
    /** An option, a file or a protocol is not right; nothing was written. */
    static final int BAD_INPUT = 2;

    /** A number is not what it should be: a regression, or a printed number that cannot be. */
    static final int FOUND = 3;

    private ExitCodes() {}
}
