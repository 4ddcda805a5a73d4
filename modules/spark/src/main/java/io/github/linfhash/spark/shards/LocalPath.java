package io.github.linfhash.spark.shards;

import io.github.linfhash.core.errors.InputException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths on the local file system, where .npy files are, whatever file system Spark takes by default: those without a scheme
 * and those with {@code file}.
 */
public final class LocalPath {
    private static final Pattern LOCAL = Pattern.compile("(?i:file:(//)?)(/(?!/).*)");
    private static final Pattern WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

    private LocalPath() {}

    /** Whether a path is one of another file system, such as {@code hdfs://host/features}. */
    public static boolean isElsewhere(String path) {
        return WITH_SCHEME.matcher(path).matches() && !LOCAL.matcher(path).matches();
    }

    /** A path that is not elsewhere. */
    public static Path of(String path) {
        Matcher local = LOCAL.matcher(path);
        return Path.of(local.matches() ? local.group(2) : path);
    }

    /**
     * Refuses a path of another file system.
     *
     * @param option what names the path
     */
    public static void require(String option, String path) {
        if (isElsewhere(path)) {
            throw new InputException(option
                    + ": expected a path on the local file system, as for everything but Parquet, found " + path);
        }
    }
}
