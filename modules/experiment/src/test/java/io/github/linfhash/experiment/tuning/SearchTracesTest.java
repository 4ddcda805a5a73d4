package io.github.linfhash.experiment.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.experiment.RunPlan;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.ConfiguredMethod.Searches;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.io.binding.OptionPaths;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.results.schema.Configuration.Effort;
import io.github.linfhash.results.schema.Configuration.SearchSummary;
import io.github.linfhash.testing.InputErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The searches that protocol files name are those that found their options. */
class SearchTracesTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));
    private static final ProtocolFiles FILES = new ProtocolFiles(HOME.resolve("protocols"));
    private static final MethodRegistry REGISTRY = MethodRegistry.standard();

    @TempDir
    Path folder;

    private final SearchTraces traces = SearchTraces.in(HOME);

    /** The options of every declared search, at each code length that both have; else those of the one length that it searched. */
    @Test
    void theOptionsOfShippedProtocolsAreThoseThatTheNamedSearchesFound() throws IOException {
        int compared = 0;
        for (String name : FILES.names()) {
            Protocol protocol = FILES.read(name);
            for (MethodEntry entry : protocol.methods()) {
                if (entry.search() != null) {
                    compared += requireFound(protocol, entry, entry.search());
                }
            }
        }
        assertThat(compared).isGreaterThan(130);
    }

    /** The options of the best trial at each code length. */
    private static SortedMap<Integer, Map<String, Object>> chosen(SearchTraces.Trace trace, String method) {
        SortedMap<Integer, Map<String, Object>> chosen = new TreeMap<>();
        trace.content()
                .outcomes()
                .getOrDefault(method, Map.of())
                .forEach((bits, outcome) -> outcome.ranking().stream()
                        .limit(1)
                        .filter(best -> best.failure() == null)
                        .forEach(best -> chosen.put(bits, best.values())));
        return chosen;
    }

    private int requireFound(Protocol protocol, MethodEntry entry, String file) throws IOException {
        String where = protocol.name() + ", " + entry.entry() + ", " + file;
        SortedMap<Integer, Map<String, Object>> chosen = chosen(traces.trace(where, file), entry.name());
        Map<Integer, Map<String, Object>> found = new LinkedHashMap<>(chosen);
        found.keySet().retainAll(protocol.bits());
        if (found.isEmpty()) {
            // The options of one searched length are those of all.
            assertThat(chosen).as(where).hasSize(1);
            protocol.bits().forEach(bits -> found.put(bits, chosen.get(chosen.firstKey())));
        }
        found.forEach((bits, values) -> assertThat(
                        REGISTRY.configure(protocol, entry, Map.of()).at(bits).options())
                .as(where + ", " + bits + " bits")
                .isEqualTo(REGISTRY.configure(entry.name(), OptionPaths.nest(values), where)
                        .options()));
        return found.size();
    }

    @Test
    void aTraceMayHaveChosenTheDefaults() throws IOException {
        Score defaults = new Score(0, Map.of(), 8, Map.of("map", 0.5), 1, null);
        Score drawn = new Score(1, Map.of("anchors", 20), 8, Map.of("map", 0.4), 2, null);
        TuningResult result = new TuningResult(
                "p",
                "h",
                0,
                10,
                "tune",
                SearchSpace.read(HOME.resolve("protocols/tuning/standard.yaml")),
                Map.of("ksh", Map.of(48, new TuningResult.Outcome(List.of(defaults, drawn), Map.of(), List.of()))));
        Files.writeString(folder.resolve("t.json"), result.json());

        SearchTraces.Trace trace = SearchTraces.in(folder).trace("", "t.json");

        assertThat(chosen(trace, "ksh")).isEqualTo(Map.of(48, Map.of()));
        assertThat(trace.content().outcomes()).hasSize(1);
    }

    /** Of the search of corel16k there is a trace of an older form alone, which does not say what the others say. */
    @Test
    void everyTunedRowOfTheOtherProtocolsNamesItsSearch() throws IOException {
        List<String> without = new ArrayList<>();
        for (String name : FILES.names()) {
            for (MethodEntry entry : FILES.read(name).methods()) {
                if (entry.tunedBy() != null && entry.search() == null) {
                    without.add(name + " " + entry.entry());
                }
            }
        }
        assertThat(without).allMatch(row -> row.startsWith("corel16k ")).hasSize(3);
    }

    private ConfiguredMethod<?> method(String protocol, String entry, Map<String, Object> overrides)
            throws IOException {
        Protocol read = FILES.read(protocol);
        MethodEntry found = read.methods().stream()
                .filter(one -> one.entry().equals(entry))
                .findFirst()
                .orElseThrow();
        return traces.traced(read, REGISTRY.configure(read, found, overrides));
    }

    @Test
    void aSearchIsSummarizedAndItsEffortCounted() throws IOException {
        ConfiguredMethod<?> method = method("cifar10-cnnh", "deep-linf:tuned", Map.of());
        String file = "reports/tuning/cifar10-encoders.json";
        assertThat(method.searches().search())
                .isEqualTo(new SearchSummary(
                        Digests.sha256(HOME.resolve(file)),
                        "cifar10",
                        0L,
                        200,
                        4,
                        2,
                        List.of("map", "precision@2", "recall@2", "precision@0"),
                        List.of(48, 64)));
        List<Score> tried =
                traces.trace("", file).content().outcomes().getOrDefault("deep-linf", Map.of()).values().stream()
                        .flatMap(outcome -> outcome.ranking().stream())
                        .toList();
        assertThat(tried).hasSizeGreaterThan(400);
        assertThat(method.configuration(List.of()).effort())
                .isEqualTo(new Effort(
                        tried.size(), tried.stream().mapToLong(Score::trainings).sum()));
    }

    @Test
    void untunedOptionsCostNothingAndChangedOnesAnUnknownEffort() throws IOException {
        ConfiguredMethod<?> plain = method("cifar10", "deep-linf:as-printed", Map.of());
        assertThat(plain.searches()).isEqualTo(Searches.NONE);
        assertThat(plain.configuration(List.of()).effort()).isEqualTo(Effort.NONE);
        ConfiguredMethod<?> changed = method("cifar10", "deep-linf:tuned", Map.of("lambda", 0.5));
        assertThat(changed.searches().search()).isNull();
        assertThat(changed.configuration(List.of()).effort()).isNull();
        ConfiguredMethod<?> variant =
                REGISTRY.changed(method("cifar10", "deep-linf:tuned", Map.of()), Map.of("lambda", 0.5), "test");
        assertThat(variant.searches()).isEqualTo(changed.searches());
        ConfiguredMethod<?> untraced = method("corel16k", "nnh", Map.of());
        assertThat(untraced.configuration(List.of()).effort()).isNull();
        assertThat(untraced.searches().search()).isEqualTo(SearchSummary.UNTRACED);
    }

    /** A search says where options come from; what they are is hashed with the run. */
    @Test
    void neitherTheHashOfTheRulesNorThatOfARunDependsOnTheSearch() throws IOException {
        Path file = folder.resolve("cifar10.yaml");
        String text = FILES.text("cifar10");
        Files.writeString(file, text.replaceAll("(?m)^ +search: .*\\R", ""));
        Protocol with = FILES.read("cifar10");
        Protocol without = FILES.read(file.toString());
        assertThat(without.methods()).isNotEqualTo(with.methods()).allMatch(entry -> entry.search() == null);
        assertThat(without.hash()).isEqualTo(with.hash());
        for (int m = 0; m < with.methods().size(); m++) {
            MethodEntry entry = with.methods().get(m);
            ConfiguredMethod<?> one = REGISTRY.configure(with, entry, Map.of());
            ConfiguredMethod<?> other =
                    REGISTRY.configure(without, without.methods().get(m), Map.of());
            assertThat(traces.traced(with, one).at(48).hash())
                    .isEqualTo(other.at(48).hash());
        }
    }

    private static RunPlan plan(Protocol protocol, SearchTraces traces) throws IOException {
        return RunPlan.of(protocol, Selection.ALL, REGISTRY, traces);
    }

    @Test
    void tracesThatAreMissingOrWrongAreOneSentence() throws IOException {
        Path file = folder.resolve("mine.yaml");
        String text = FILES.text("cifar10-cnnh");
        Files.writeString(file, text.replace("reports/tuning/cifar10-encoders.json", "trace.json"));
        Protocol mine = FILES.read(file.toString());
        SearchTraces here = SearchTraces.in(folder, HOME);
        InputErrors.assertOneSentence(
                () -> plan(mine, here),
                "Protocol mine, search of nnh:tuned: expected the file trace.json below " + folder + " or " + HOME
                        + ", found none");
        String good = Files.readString(HOME.resolve("reports/tuning/cifar10-class-codes.json"));
        Path trace = folder.resolve("trace.json");
        Files.writeString(trace, good);
        InputErrors.assertOneSentence(
                () -> plan(mine, here), "expected in trace.json the method nnh, found class-codes");
        for (String[] change : new String[][] {
            {
                "result/3",
                "result/1",
                "expected as schema one of linfhash-tuning-result/5, linfhash-tuning-result/4, linfhash-tuning-result/3"
            },
            {"\"folds\":4", "\"folds\":1", "expected 2 to 100 folds, found 1"},
            {"\"notes\":", "\"note\":", "unknown key"},
            {"\"trial\":", "\"trial\":0.5,\"x\":", "expected a whole number"},
        }) {
            assertThat(good).contains(change[0]);
            Files.writeString(trace, good.replaceFirst(Pattern.quote(change[0]), change[1]));
            InputErrors.assertOneSentence(() -> plan(mine, SearchTraces.in(folder, HOME)), trace.toString(), change[2]);
        }
    }
}
