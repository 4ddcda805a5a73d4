package io.github.linfhash.io.files;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder in which the program keeps what it fetched or can compute again. */
public final class CacheFolder {
    private CacheFolder() {}

    /** Returns the cache folder of this program: the launcher's property {@code linfhash.cache}, or that of {@link #of}. */
    public static Path ofProgram() {
        String cache = System.getProperty("linfhash.cache");
        return cache != null ? Path.of(cache) : of(System.getenv());
    }

    /**
     * Returns the folder of the XDG Base Directory Specification: {@code $XDG_CACHE_HOME/linfhash}, or {@code ~/.cache/linfhash}
     * where that variable is unset, empty or not absolute.
     *
     * @param environment the environment variables, of which XDG_CACHE_HOME and HOME are used
     */
    static Path of(Map<String, String> environment) {
        return base(environment.get("XDG_CACHE_HOME"), environment).resolve("linfhash");
    }

    private static Path base(@Nullable String xdg, Map<String, String> environment) {
        if (xdg != null && !xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg);
        }
        String user = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return Path.of(user, ".cache");
    }
}
