package io.github.linfhash.shell;

import java.io.IOException;

/** A command, or options of it, that with some values needs the program of another module. */
public interface MayNeedProgram {
    /**
     * Returns the name of the module whose program the given values need, such as {@code embeddings}; empty if this program has what they need.
     *
     * @throws IOException if a file that decides cannot be read
     */
    String neededProgram() throws IOException;
}
