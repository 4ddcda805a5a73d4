package io.github.linfhash.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.cli.Main;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.experiment.registry.MethodRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Links of hand-written pages must lead somewhere, commands must parse, and the language must be plain. */
class DocsTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
    /** Keeps links to a heading that was renamed. */
    private static final Pattern OLD_ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");

    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```$");
    /** Sources of numbers, which no reader sees. */
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");

    private static final Pattern RELATIVE_JAVADOC =
            Pattern.compile("/\\*\\*\\s*\\*?\\s*(What|The same|That of|Those of) ");
    /** Written by a program, or of another time. */
    private static final Set<String> LEFT_OUT = Set.of("docs/errata.md", "CHANGELOG.md");

    private static final CommandLine PROGRAM = Main.commandLine();

    private static final int README_WORDS = 750;
    private static final int LONGEST_SENTENCE = 45;

    /** Words that docs/glossary.md replaces, and turns of phrase that are not English. */
    private static final List<String> BANNED = List.of(
            "quantisation",
            "normalise",
            "neighbours",
            "hand-out",
            "cannot be told apart",
            "beside other work",
            "of which nothing",
            "is said there",
            "signs as they come",
            "bits about the mean",
            "all that stands beside",
            "keeps neighbors",
            "one's own",
            "one search");

    /** Percentages have no space: 95%. */
    private static final Pattern SPACED_PERCENT = Pattern.compile("\\d %(?![\\w.{(-])");

    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");

    /** Words of notes and protocols that the guide of style replaces; {@code as-printed} and {@code NAME-searches} are published names. */
    private static final Pattern REPLACED_WORDS = Pattern.compile(
            "(?<!as-)\\bprinted\\b|\\bprints\\b|one's own|not stated|see each option|(?<!-)\\bsearches\\b|\\bdrawn\\b"
                    + "|\\blearns? from\\b|\\bRows? `|\\brow `");

    private static Map<String, String> pages() throws IOException {
        TreeMap<String, String> pages = new TreeMap<>();
        for (String folder : List.of("docs", "ci", "datasets", "modules", "reports", "protocols", "examples")) {
            if (!Files.isDirectory(HOME.resolve(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(HOME.resolve(folder))) {
                for (Path file : files.filter(DocsTest::isPage).toList()) {
                    pages.put(HOME.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        for (String file :
                List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "RELEASING.md", "CODE_OF_CONDUCT.md")) {
            pages.put(file, Files.readString(HOME.resolve(file)));
        }
        LEFT_OUT.forEach(pages::remove);
        return pages;
    }

    private static boolean isPage(Path file) {
        String path = HOME.relativize(file).toString();
        return path.endsWith(".md")
                && !path.contains("target/")
                && !path.contains("node_modules/")
                && !path.startsWith("docs/reference/")
                && !path.startsWith("reports/out/");
    }

    @Test
    void theReadmeIsShort() throws IOException {
        long words = Stream.of(COMMENT.matcher(Files.readString(HOME.resolve("README.md")))
                        .replaceAll("")
                        .split("\\s+", -1))
                .filter(word -> word.matches(".*[A-Za-z0-9].*"))
                .count();

        assertThat(words).isLessThanOrEqualTo(README_WORDS);
    }

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        Map<String, String> pages = pages();
        List<String> dead = new ArrayList<>();
        int checked = 0;
        for (String page : pages.keySet()) {
            Matcher link = LINK.matcher(prose(pages.getOrDefault(page, "")));
            while (link.find()) {
                String target = link.group(1);
                if (target.matches("[a-z]+:.*")) {
                    continue;
                }
                checked++;
                int hash = target.indexOf('#');
                String path = hash < 0 ? target : target.substring(0, hash);
                Path file = path.isEmpty()
                        ? HOME.resolve(page)
                        : HOME.resolve(page).resolveSibling(path).normalize();
                boolean found = Files.exists(file)
                        && (hash < 0
                                || !file.toString().endsWith(".md")
                                || anchors(file).contains(target.substring(hash + 1)));
                if (!found) {
                    dead.add(page + ": " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(checked).isGreaterThan(100);
    }

    private static Set<String> anchors(Path file) throws IOException {
        Set<String> anchors = new TreeSet<>();
        Matcher heading = HEADING.matcher(prose(Files.readString(file)));
        while (heading.find()) {
            anchors.add(heading.group(1)
                    .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .strip()
                    .replace(' ', '-'));
        }
        OLD_ANCHOR.matcher(prose(Files.readString(file))).results().forEach(old -> anchors.add(old.group(1)));
        return anchors;
    }

    @Test
    void everyCommandLineParses() throws IOException {
        Map<String, String> pages = pages();
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (String page : pages.keySet()) {
            Matcher block = FENCE.matcher(pages.getOrDefault(page, ""));
            while (block.find()) {
                for (String line : block.group().replaceAll("\\\\\\n\\s*", " ").split("\\n", -1)) {
                    for (String words : line.strip().split(" && ", -1)) {
                        if (isCommand(words)) {
                            checked++;
                            parse(words.replaceFirst("\\s+#.*", "")).ifPresent(why -> wrong.add(page + ": " + why));
                        }
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(40);
    }

    /** Commands of other programs, and patterns rather than commands, are not looked at. */
    private static boolean isCommand(String words) {
        return words.matches("(?:\\./|bin/)linfhash [a-z].*")
                && !words.matches("\\S+ (?:embed|measure|spark|watch)\\b.*")
                && !words.matches(".*[\\[|<>$].*|.*\\.\\.\\..*|.* (?:NAME|COMMAND)\\b.*");
    }

    private static Optional<String> parse(String line) {
        String[] words = line.replaceAll("['\"]", "").strip().split("\\s+", -1);
        try {
            PROGRAM.parseArgs(Arrays.copyOfRange(words, 1, words.length));
            return Optional.empty();
        } catch (ParameterException e) {
            return Optional.of(line + ": " + e.getMessage());
        }
    }

    @Test
    void theLanguageIsPlain() throws IOException {
        List<String> found = new ArrayList<>();
        pages().forEach((page, text) -> {
            String prose = prose(text);
            BANNED.stream()
                    .filter(phrase -> prose.toLowerCase(Locale.ROOT).contains(phrase))
                    .forEach(phrase -> found.add(page + ": '" + phrase + "'"));
            for (String paragraph : prose.split("\\n\\s*\\n|\\n\\s*(?:[-*]|\\d+\\.) ", -1)) {
                if (!paragraph.contains("|") && !paragraph.startsWith("#")) {
                    for (String sentence : paragraph.split("(?<=[.!?:])\\s+", -1)) {
                        if (sentence.split("\\s+", -1).length > LONGEST_SENTENCE) {
                            found.add(page + ": " + sentence.replaceAll("\\s+", " "));
                        }
                    }
                }
            }
        });
        assertThat(found).isEmpty();
    }

    /** Reports and {@code linfhash show} print notes, so that they are short sentences. */
    @Test
    void notesOfOptionsAreSentences() {
        List<String> found = new ArrayList<>();
        int checked = 0;
        for (MethodSpec<?> method : MethodRegistry.standard().all()) {
            for (OptionEntry option : OptionEntry.of(method.defaults())) {
                String note = option.origin() == null ? "" : option.origin().note();
                checked++;
                if (!note.matches("[A-Z0-9].*\\.")
                        || REPLACED_WORDS.matcher(note).find()) {
                    found.add(method.name() + " " + option.name() + ": '" + note + "'");
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(checked).isGreaterThan(100);
    }

    @Test
    void protocolsUseTheWordsOfTheField() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(HOME.resolve("protocols"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                REPLACED_WORDS
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(word -> found.add(HOME.relativize(file) + ": " + word.group()));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void percentagesHaveNoSpace() throws IOException {
        Map<String, String> texts = pages();
        for (String folder : List.of("protocols", "datasets", "modules")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().matches(".*\\.yaml|.*/src/main/.*\\.java"))
                        .toList()) {
                    String text = Files.readString(file);
                    texts.put(
                            HOME.relativize(file).toString(),
                            file.toString().endsWith(".java") ? literals(text) : text);
                }
            }
        }
        List<String> found = new ArrayList<>();
        texts.forEach((page, text) -> SPACED_PERCENT
                .matcher(text)
                .results()
                .forEach(at -> found.add(page + ": " + text.substring(Math.max(0, at.start() - 40), at.end()))));
        assertThat(found).isEmpty();
    }

    private static String literals(String java) {
        return LITERAL.matcher(java).results().map(MatchResult::group).collect(Collectors.joining("\n"));
    }

    /** The first sentence of a comment stands alone in the pop-up of an IDE. */
    @Test
    void javadocBeginsWithAVerbOrANoun() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(HOME.resolve("modules"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher relative = RELATIVE_JAVADOC.matcher(Files.readString(file));
                while (relative.find()) {
                    found.add(HOME.relativize(file) + ": " + relative.group());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    /** A page without its code blocks and comments. */
    private static String prose(String page) {
        return COMMENT.matcher(FENCE.matcher(page).replaceAll("")).replaceAll("");
    }

    /** The image was not built here: a path that moved is noticed at least. */
    @Test
    void theContainerIsBuiltFromPathsOfTheRepository() throws IOException {
        List<String> copied = Files.readAllLines(HOME.resolve("Containerfile")).stream()
                .filter(line -> line.startsWith("COPY ") && !line.startsWith("COPY --from"))
                .map(line -> List.of(line.split(" ", -1)))
                .flatMap(words -> words.subList(1, words.size() - 1).stream())
                .toList();
        assertThat(copied)
                .contains("pom.xml", "modules")
                .allSatisfy(path -> assertThat(HOME.resolve(path)).exists());
    }
}
