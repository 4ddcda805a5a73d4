package io.github.linfhash.core.arithmetic;

import io.github.linfhash.core.errors.InputException;

/** The message for a library whose native part cannot be loaded. */
public final class NativeLibraries {
    private NativeLibraries() {}

    /**
     * The exception for it, with the innermost cause in one line.
     *
     * @param library its name
     * @param failure how it ended
     */
    public static InputException notLoaded(String library, Throwable failure) {
        return new InputException(
                "native libraries of " + library
                        + ": expected to unpack them into the cache folder and to load them, found: " + reason(failure)
                        + "; that folder needs 400 MB free on a file system that is not mounted noexec, and LINFHASH_CACHE names another",
                failure);
    }

    /** The innermost cause in one line. */
    public static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.toString().replaceAll("\\s+", " ");
    }
}
