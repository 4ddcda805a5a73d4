package io.github.linfhash.data.manifest;

import io.github.linfhash.core.errors.InputException;
import java.nio.file.Path;

/** The project's folder, which the build hands to the tests. */
final class Home {
    private Home() {}

    static Path path() {
        String home = System.getProperty("linfhash.home");
        if (home == null) {
            throw new InputException("the tests need -Dlinfhash.home: expected the project's folder, found nothing");
        }
        return Path.of(home);
    }
}
