package io.github.linfhash.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Ends this process when the process that started it ends, even if that one was killed and could not say so. */
final class ParentProcess {
    /** The environment variable by which the parent asks for it. It then holds the other end of standard input. */
    private static final String ASKED = "LINFHASH_END_WITH_STDIN";

    private ParentProcess() {}

    /** Waits for the end of standard input in a thread of its own, and then ends this process, if the parent asks for it. */
    static void watchIfAsked() {
        if ("1".equals(System.getenv(ASKED))) {
            Thread thread = new Thread(() -> endAfter(System.in), "parent");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @SuppressWarnings("SystemExitOutsideMain") // nobody is left who could be told
    private static void endAfter(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The parent is gone as well.
        }
        System.exit(ExitCodes.FAILED);
    }
}
