package io.github.linfhash.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING.md walks through real code: every class, member and file that it names is there. */
class ContributingTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));
    private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
    private static final Pattern TYPE = Pattern.compile("([A-Z][a-z][A-Za-z0-9]*)(?:\\.([A-Za-z]\\w*))?(?:\\(.*\\))?");
    private static final Pattern FILE = Pattern.compile(
            "(?:modules|protocols|datasets|reports|ci|docs)/[a-z0-9_./-]*[a-z0-9]|[a-z]+\\.(?:css|js|sh)");

    @Test
    void everythingThatItNamesIsThere() throws IOException {
        Map<String, Path> types = sources();
        List<String> named = quoted(Files.readString(HOME.resolve("CONTRIBUTING.md")));
        List<String> missing = new ArrayList<>();
        int checked = 0;
        for (String name : named) {
            Matcher type = TYPE.matcher(name);
            if (type.matches()) {
                checked++;
                if (!isThere(types, type.group(1), type.group(2))) {
                    missing.add(name);
                }
            } else if (FILE.matcher(name).matches()) {
                checked++;
                if (!fileIsThere(name)) {
                    missing.add(name);
                }
            }
        }
        assertThat(missing).as("named in CONTRIBUTING.md").isEmpty();
        assertThat(checked).isGreaterThan(25);
    }

    private static List<String> quoted(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1).strip());
        }
        return names;
    }

    private static boolean isThere(Map<String, Path> types, String type, String member) throws IOException {
        Path file = types.get(type);
        if (file == null) {
            return false;
        }
        return member == null
                || Pattern.compile("\\b" + member + "\\b")
                        .matcher(Files.readString(file))
                        .find();
    }

    private static boolean fileIsThere(String name) throws IOException {
        if (name.contains("/")) {
            return Files.exists(HOME.resolve(name));
        }
        try (Stream<Path> files = Files.walk(HOME.resolve("modules"))) {
            return files.anyMatch(file -> file.endsWith(name) && file.toString().contains("/src/"));
        }
    }

    /** The files of all types, by simple name. */
    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> types = new TreeMap<>();
        try (Stream<Path> modules = Files.list(HOME.resolve("modules"))) {
            for (Path module : modules.toList()) {
                Path source = module.resolve("src");
                if (Files.isDirectory(source)) {
                    add(source, types);
                }
            }
        }
        return types;
    }

    private static void add(Path source, Map<String, Path> types) {
        try (Stream<Path> files = Files.walk(source)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> types.put(file.getFileName().toString().replace(".java", ""), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
