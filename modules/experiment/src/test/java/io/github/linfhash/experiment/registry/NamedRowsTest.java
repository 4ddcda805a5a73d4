package io.github.linfhash.experiment.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.protocol.QuantizerEntry;
import io.github.linfhash.protocols.split.UnseenClassesSplit;
import io.github.linfhash.results.claims.Claim.ClaimSubject;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.results.regression.Expected.ExpectedCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are named outside of protocol files are rows that these have: a row that is renamed is renamed everywhere. */
class NamedRowsTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));

    private static final Pattern PROTOCOL = Pattern.compile("--protocol (\\S+?)`");
    private static final Pattern ENTRY = Pattern.compile("(?<![\\w-])("
            + MethodRegistry.standard().all().stream().map(MethodSpec::name).collect(Collectors.joining("|"))
            + "):[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** Read once for all tests. */
    private static final Map<String, Protocol> PROTOCOLS = new LinkedHashMap<>();

    private static Map<String, Protocol> protocols() throws IOException {
        if (!PROTOCOLS.isEmpty()) {
            return PROTOCOLS;
        }
        ProtocolFiles files = new ProtocolFiles(HOME.resolve("protocols"));
        for (String name : files.names()) {
            PROTOCOLS.put(name, files.read(name));
        }
        return PROTOCOLS;
    }

    private static Set<String> entries(Protocol protocol) {
        return Stream.concat(
                        protocol.methods().stream().map(MethodEntry::entry),
                        protocol.quantizers().stream().map(QuantizerEntry::entry))
                .collect(Collectors.toSet());
    }

    private static Set<String> entries(Map<String, Protocol> protocols) {
        return protocols.values().stream()
                .flatMap(protocol -> entries(protocol).stream())
                .collect(Collectors.toSet());
    }

    /** Configurations after "--protocol NAME" in a document are of that protocol; those before it, of any. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/claims.md",
                "docs/hashing.md",
                "docs/learned-features.md",
                "docs/readings.md",
                "docs/reproduce-the-paper.md",
                "docs/results/cifar10.md",
                "docs/results-schema.md"
            })
    void ofADocument(String document) throws IOException {
        Map<String, Protocol> protocols = protocols();
        Set<String> known = entries(protocols);
        Set<String> unknown = new TreeSet<>();
        // DocumentedTablesTest reads the rows in comments.
        String shown = Files.readString(HOME.resolve(document)).replaceAll("(?s)<!--.*?-->", "");
        for (String line : shown.lines().toList()) {
            Matcher protocol = PROTOCOL.matcher(line);
            while (protocol.find()) {
                known = protocols.containsKey(protocol.group(1))
                        ? entries(Objects.requireNonNull(protocols.get(protocol.group(1))))
                        : known;
            }
            Matcher entry = ENTRY.matcher(line);
            while (entry.find()) {
                if (!known.contains(entry.group())) {
                    unknown.add(entry.group());
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void rowsAreFoundWhereTheyAreNamed() throws IOException {
        for (String document : List.of("docs/unseen.md", "docs/results/cifar10.md")) {
            assertThat(ENTRY.matcher(Files.readString(HOME.resolve(document))).results())
                    .hasSizeGreaterThan(5);
        }
        assertThat(ENTRY.matcher("`deep-linf:tuned-48` psh-boost:x ksh: 5 class-codes.json")
                        .results())
                .extracting(found -> found.group())
                .containsExactly("deep-linf:tuned-48", "psh-boost:x");
    }

    /** Commands' help and messages. */
    @Test
    void ofTheProgram() throws IOException {
        Set<String> known = entries(protocols());
        Set<String> named = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(HOME.resolve("modules"))) {
            for (Path source : sources.filter(path -> path.toString().matches(".*/src/main/.*\\.java"))
                    .toList()) {
                ENTRY.matcher(Files.readString(source)).results().forEach(found -> named.add(found.group()));
            }
        }
        assertThat(named).isNotEmpty().isSubsetOf(known);
    }

    /** The row that is meant by a claim, named or not, is there wherever a protocol has the method in rows. */
    @Test
    void ofClaims() throws IOException {
        List<JsonNode> subjects = new ArrayList<>();
        for (JsonNode method : new YAMLMapper()
                .readTree(Files.readString(HOME.resolve("reports/claims/wang2016.yaml")))
                .findParents("method")) {
            subjects.add(method);
        }
        assertThat(subjects).hasSizeGreaterThan(20).anyMatch(subject -> subject.has("variant"));
        for (JsonNode subject : subjects) {
            String method = subject.get("method").textValue();
            String row = subject.has("variant") ? subject.get("variant").textValue() : ClaimSubject.DEFAULT_VARIANT;
            boolean found = false;
            for (Protocol protocol : protocols().values()) {
                List<MethodEntry> entries = protocol.entries(method);
                // The claims are about Hamming space, and protocols of neighbors are not; nor are they about losses or
                // unseen classes. Those that compare values of an option are about a protocol of their own.
                boolean meant = !(subject.has("variant") && subject.has("options"))
                        && protocol.neighbors() == null
                        && !(protocol.split() instanceof UnseenClassesSplit)
                        && protocol.methods().stream()
                                .anyMatch(entry -> ClaimSubject.DEFAULT_VARIANT.equals(entry.variant()));
                if (meant && entries.stream().anyMatch(entry -> entry.variant() != null)) {
                    assertThat(entries)
                            .as(protocol.name())
                            .extracting(MethodEntry::variant)
                            .contains(row);
                }
                found |= !entries.isEmpty()
                        && (!subject.has("variant") || entries(protocol).contains(RunKey.entry(method, row)));
            }
            assertThat(found).as(subject.toString()).isTrue();
        }
    }

    @Test
    void ofExpectedResults() throws IOException {
        Map<String, Protocol> protocols = protocols();
        int files = 0;
        for (String name : protocols.keySet()) {
            Path file = HOME.resolve("reports/expected").resolve(name + ".yaml");
            if (Files.exists(file)) {
                files++;
                Expected expected = StrictReader.read(file, Expected.class);
                assertThat(expected.cells())
                        .extracting(ExpectedCell::entry)
                        .isSubsetOf(entries(Objects.requireNonNull(protocols.get(name))));
            }
        }
        assertThat(files).isPositive();
    }
}
