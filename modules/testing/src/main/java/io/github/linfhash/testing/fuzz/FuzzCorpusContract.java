package io.github.linfhash.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fuzz targets of a module without a fuzzer: seeds are accepted; damaged seeds, seeds with very long words and inputs
 * that once did harm are not harmful. A module extends this class; {@code fuzz/TARGET/} among its test resources holds what
 * a fuzzer has found.
 */
public abstract class FuzzCorpusContract {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** At how many places of a seed it is damaged, at most. */
    private static final int FEW_DAMAGES = 15;

    private static final int MOST_DAMAGES = 60;

    /** The parts that long words repeat: expressions of names, numbers and paths loop over them and give them back. */
    private static final List<String> REPEATED = List.of("0", " ", "-a", "/a", ".a", ",", "[", "'");

    private static final int LONG_WORD = 200_000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path work;

    /** The targets to check. */
    protected abstract FuzzTargets module();

    /** One group of tests for each target. */
    @TestFactory
    public Stream<DynamicContainer> everyReaderIsSafe() throws IOException, URISyntaxException {
        List<DynamicContainer> groups = new ArrayList<>();
        for (FuzzTarget target : module().targets()) {
            List<DynamicNode> tests = new ArrayList<>();
            target.seeds().make().forEach((name, seed) -> {
                tests.add(dynamicTest("accepts " + name, () -> accepts(target, seed)));
                tests.add(dynamicTest("survives damage to " + name, () -> survivesDamage(target, seed, FEW_DAMAGES)));
            });
            for (Path found : found(target)) {
                tests.add(dynamicTest(
                        "survives " + found.getFileName(), () -> survives(target, Files.readAllBytes(found))));
            }
            groups.add(dynamicContainer(target.name(), tests));
        }
        return groups.stream();
    }

    /** One group of tests for each target. */
    @TestFactory
    @Tag("slow")
    public Stream<DynamicContainer> everyReaderSurvivesMoreDamage() throws IOException {
        List<DynamicContainer> groups = new ArrayList<>();
        for (FuzzTarget target : module().targets()) {
            List<DynamicNode> tests = new ArrayList<>();
            target.seeds()
                    .make()
                    .forEach((name, seed) -> tests.add(dynamicTest(
                            "survives damage to " + name, () -> survivesDamage(target, seed, MOST_DAMAGES))));
            groups.add(dynamicContainer(target.name(), tests));
        }
        return groups.stream();
    }

    /**
     * Readers take no more than their time, and no more than their stack, for words that are longer than a fuzzer makes them:
     * 200,000 characters at each place of a text where a word begins or ends.
     */
    @TestFactory
    @Tag("slow")
    public Stream<DynamicContainer> everyReaderBearsLongWords() throws IOException {
        List<DynamicContainer> groups = new ArrayList<>();
        for (FuzzTarget target : module().targets()) {
            List<DynamicNode> tests = new ArrayList<>();
            target.seeds().make().forEach((name, seed) -> {
                if (isText(seed)) {
                    tests.add(dynamicTest("bears long words in " + name, () -> bearsLongWords(target, seed)));
                }
            });
            groups.add(dynamicContainer(target.name(), tests));
        }
        return groups.stream();
    }

    private static boolean isText(byte[] seed) {
        return new String(seed, StandardCharsets.ISO_8859_1)
                .codePoints()
                .allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'));
    }

    private void bearsLongWords(FuzzTarget target, byte[] seed) {
        String text = new String(seed, StandardCharsets.US_ASCII);
        for (int at = 0; at <= text.length(); at++) {
            if (at == 0 || at == text.length() || isInWord(text, at - 1) != isInWord(text, at)) {
                for (String part : REPEATED) {
                    bearsLongWord(target, text.substring(0, at), part, text.substring(at));
                }
            }
        }
    }

    private void bearsLongWord(FuzzTarget target, String before, String part, String after) {
        byte[] input = (before + part.repeat(LONG_WORD / part.length()) + after).getBytes(StandardCharsets.US_ASCII);
        String place = "many '" + part + "' after '" + before + "'";
        assertTimeoutPreemptively(
                LONGEST,
                () -> {
                    try {
                        InputOracle.feed(target, work, input);
                    } catch (RuntimeException | Error e) {
                        throw new AssertionError(place, e);
                    }
                },
                place);
    }

    private static boolean isInWord(String text, int at) {
        return Character.isLetterOrDigit(text.charAt(at));
    }

    private void accepts(FuzzTarget target, byte[] seed) {
        assertThat(InputOracle.feed(target, work, seed)).isNull();
    }

    private void survives(FuzzTarget target, byte[] input) {
        assertTimeoutPreemptively(LONGEST, () -> InputOracle.feed(target, work, input));
    }

    /** The seed cut short, and with single bytes changed, at places that are spread over it. */
    private void survivesDamage(FuzzTarget target, byte[] seed, int places) {
        assertTimeoutPreemptively(
                LONGEST, () -> eachDamage(seed, places, input -> InputOracle.feed(target, work, input)));
    }

    private static void eachDamage(byte[] seed, int places, Consumer<byte[]> check) {
        int step = Math.max(1, seed.length / places);
        for (int at = 0; at < seed.length; at += step) {
            check.accept(Arrays.copyOf(seed, at));
            byte[] damaged = seed.clone();
            damaged[at] ^= (byte) (at % 2 == 0 ? 0xff : 1 << at % 8);
            check.accept(damaged);
        }
    }

    private List<Path> found(FuzzTarget target) throws IOException, URISyntaxException {
        URL folder = getClass().getResource("/fuzz/" + target.name());
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }
}
