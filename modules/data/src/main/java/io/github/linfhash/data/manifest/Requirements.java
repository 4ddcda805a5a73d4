package io.github.linfhash.data.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of what a manifest says; each failure is an {@link IllegalArgumentException} that names the key. */
final class Requirements {
    // The last loop gives nothing back; Java would keep a way back for each folder, on a stack too small for thousands.
    private static final Pattern RELATIVE_PATH = Pattern.compile("[A-Za-z0-9][\\w.-]*(?:/[A-Za-z0-9][\\w.-]*)*+");

    private Requirements() {}

    static String text(@Nullable String value, String key) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("expected a text as '" + key + "', found none");
        }
        return value.strip();
    }

    /** A name in protocols and folders. */
    static String name(@Nullable String value) {
        String name = text(value, "name");
        if (!name.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException(
                    "expected as 'name' lower-case letters, digits and hyphens, found '" + name + "'");
        }
        return name;
    }

    static <T> T present(@Nullable T value, String key) {
        if (value == null) {
            throw new IllegalArgumentException("expected the key '" + key + "', found none");
        }
        return value;
    }

    /** Keys that content of this kind does not have. */
    static void absent(String kind, @Nullable Object... values) {
        if (Arrays.stream(values).anyMatch(Objects::nonNull)) {
            throw new IllegalArgumentException("expected no keys but those of a format of " + kind + ", found others");
        }
    }

    /** A list without empty entries; a missing one counts as empty. */
    static <T> List<T> list(@Nullable List<@Nullable T> values, String key) {
        if (values == null) {
            return List.of();
        }
        return values.stream().map(value -> present(value, key)).toList();
    }

    /** A path below the data set's folder: no root, no {@code ..}, plain characters. */
    static String relativePath(@Nullable String value, String key) {
        String path = text(value, key);
        if (!RELATIVE_PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "expected as '" + key + "' a path below the data set's folder, found '" + path + "'");
        }
        return path;
    }

    static void webAddress(String value, String key) {
        if (WebAddress.of(value).isEmpty()) {
            throw new IllegalArgumentException(
                    "expected as '" + key + "' addresses that begin with https:// or http://, found '" + value + "'");
        }
    }

    /** A digest in lower-case hex of the given length, or none. */
    static void digest(@Nullable String value, int length, String key) {
        if (value != null && !value.matches("[0-9a-f]{" + length + "}")) {
            throw new IllegalArgumentException(
                    "expected as '" + key + "' " + length + " lower-case hex digits, found '" + value + "'");
        }
    }
}
