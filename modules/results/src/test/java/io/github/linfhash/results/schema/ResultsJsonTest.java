package io.github.linfhash.results.schema;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Configuration.Effort;
import io.github.linfhash.results.schema.Configuration.SearchSummary;
import io.github.linfhash.results.schema.ProtocolSummary.SplitSizes;
import io.github.linfhash.testing.InputErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsJsonTest {
    @TempDir
    Path folder;

    private Path file = Path.of("unset");

    @BeforeEach
    void nameFile() {
        file = folder.resolve("results.json");
    }

    /** Writes results, and returns what is read back, which must be the same in everything. */
    private Results same(Results results) throws IOException {
        ResultsJson.write(file, results);
        Results back = ResultsJson.read(file);
        assertThat(back.protocol()).isEqualTo(results.protocol());
        assertThat(back.environment()).isEqualTo(results.environment());
        assertThat(back.additions()).isEqualTo(results.additions());
        assertThat(back.runs()).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(results.runs());
        assertThat(ResultsJson.text(back)).isEqualTo(Files.readString(file));
        return back;
    }

    @Test
    void whatIsWrittenIsReadBackUnchanged() throws IOException {
        file = folder.resolve("deep/er/results.json");

        same(SampleResults.comparison());
    }

    @Test
    void theDeviceOfEachRunComesBack() throws IOException {
        Results sample = SampleResults.comparison();
        List<RunResult> runs = new ArrayList<>(sample.runs());
        runs.set(0, runs.get(0).trainedOn("OpenCL on a card"));
        runs.set(1, runs.get(1).trainedOn(null));

        ResultsJson.write(file, new Results(sample.protocol(), sample.environment(), runs));

        assertThat(Files.readString(file))
                .containsOnlyOnce("\"device\": \"OpenCL on a card\"")
                .containsOnlyOnce("\"device\": null");
        List<RunResult> back = ResultsJson.read(file).runs();
        assertThat(back).extracting(RunResult::device).startsWith("OpenCL on a card", null, "cpu");
        assertThat(ResultsJson.text(ResultsJson.read(file).withoutSeconds())).contains("OpenCL on a card");
    }

    /** A search that a trace tells of, its effort, and the size of what was learned. */
    @Test
    void searchesEffortAndModelBytesComeBack() throws IOException {
        Results back = same(SampleResults.searched());

        assertThat(Files.readString(file))
                .containsSubsequence(
                        "\"name\": \"deep-linf\"",
                        "\"search\": {",
                        "\"trace\": \"" + "5".repeat(64),
                        "\"seed\": 0",
                        "\"trials\": 200",
                        "\"criteria\": [ \"map\", \"recall@2\" ]",
                        "\"effort\": {",
                        "\"configurations\": 350",
                        "\"trainings\": 1100")
                .containsOnlyOnce("\"search\"")
                .containsSubsequence("\"parameters\": 18480", "\"modelBytes\": 73920");
        assertThat(back.protocol().methods())
                .extracting(Configuration::search)
                .containsExactlyInAnyOrderElementsOf(SampleResults.searched().protocol().methods().stream()
                        .map(Configuration::search)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "trials": 200         | "trials": 0          | .search: expected as size of a tuning run a whole number of at least 1, found 0
        "trace": "5           | "trace": "X          | .search: expected as trace a SHA-256
        "configurations": 350 | "configurations": -1 | effort: expected as effort numbers of at least 0, found -1 configurations
        "modelBytes": 73920   | "modelBytes": -1     | runs[0]: expected as modelBytes at least 0, found -1
        "modelBytes": 73920   | "modelBytes": 0.5    | runs[0].modelBytes: expected a whole number, found '0.5'
        """)
    void wrongSearchesAreOneSentence(String from, String to, String sentence) throws IOException {
        String good = ResultsJson.text(SampleResults.searched());
        assertThat(good).contains(from);
        Files.writeString(file, good.replaceFirst(Pattern.quote(from), to));
        assertBadInput(() -> ResultsJson.read(file)).hasMessageContaining(sentence);
    }

    @Test
    void resultsOfAnotherSearchAreNotJoined() {
        Results all = SampleResults.searched();
        Results first = part(all, 0, 1);
        Results second = part(all, 1, 4);
        assertThat(JoinedResults.of(List.of(first, second)).protocol().methods())
                .isEqualTo(all.protocol().methods());
        ProtocolSummary p = second.protocol();
        List<Configuration> untraced = p.methods().stream()
                .map(method -> method.search() == null ? method : method.withSearch(SearchSummary.UNTRACED))
                .toList();
        Results other = new Results(p.withRuns(p.bits(), p.seeds(), untraced), second.environment(), second.runs());
        InputErrors.assertOneSentence(
                () -> JoinedResults.of(List.of(second, other)),
                "expected deep-linf with options of the same tuning run at each code length, found others");
    }

    /** A method that later code measured names that code; one method of two codes is refused. */
    @Test
    void methodsOfLaterCodeAreAdditions() throws IOException {
        Results all = SampleResults.searched();
        Results first = part(all, 0, 2);
        Results second = SampleResults.measuredAt("0123456789ab", 1, part(all, 2, 4));

        Results joined = same(JoinedResults.of(List.of(first, second)));

        assertThat(joined.protocol().methods()).isEqualTo(all.protocol().methods());
        assertThat(joined.environment()).isEqualTo(all.environment());
        List<String> added = second.protocol().methodNames();
        assertThat(joined.additions()).containsExactly(new Results.Addition(second.environment(), added));
        assertThat(joined.environment(added.get(0)).commit()).isEqualTo("0123456789ab");
        assertThat(joined.environment(first.protocol().methodNames().get(0))).isEqualTo(all.environment());
        assertThat(JoinedResults.of(List.of(joined, second)).additions()).isEqualTo(joined.additions());
        InputErrors.assertOneSentence(
                () -> JoinedResults.of(List.of(all, second)),
                "expected all of " + added.get(0) + " from the code of version",
                "commit 0123456789ab");
        InputErrors.assertOneSentence(
                () -> JoinedResults.of(List.of(first, SampleResults.measuredAt("0123456789ab", 2, second))),
                "Results to join: expected version 1 of the evaluator, found 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "methods": [ "X" ]               | additions have the method X, which is not among the protocol's
        "evaluator": 3                   | additions: expected version 1 of the evaluator, as of the other methods, found 3
        """)
    void wrongAdditionsAreOneSentence(String change, String sentence) throws IOException {
        Results all = SampleResults.searched();
        String good = ResultsJson.text(JoinedResults.of(
                List.of(part(all, 0, 2), SampleResults.measuredAt("0123456789ab", 1, part(all, 2, 4)))));
        int start = good.indexOf("\"additions\"");
        String field = change.substring(0, change.indexOf(':'));
        String bad = good.substring(0, start)
                + good.substring(start)
                        .replaceFirst(field + ": ([0-9]+|\\[[^\\]]*\\])", Matcher.quoteReplacement(change));
        assertThat(bad).isNotEqualTo(good);
        Files.writeString(file, bad);
        assertBadInput(() -> ResultsJson.read(file)).hasMessageContaining(sentence);
    }

    private static Results part(Results results, int from, int to) {
        ProtocolSummary p = results.protocol();
        ProtocolSummary some = p.withRuns(p.bits(), p.seeds(), p.methods().subList(from, to));
        return new Results(
                some,
                results.environment(),
                results.runs().stream()
                        .filter(run -> some.methodNames().contains(run.key().entry()))
                        .toList());
    }

    @Test
    void codesMadeElsewhereComeBack() throws IOException {
        ProtocolSummary sample = SampleResults.comparison().protocol();
        Configuration mine = new Configuration("mine", "mine", "c", Supervision.EXTERNAL, Map.of(), Map.of());
        Results results = new Results(
                sample.withRuns(sample.bits(), sample.seeds(), List.of(mine)),
                SampleResults.comparison().environment(),
                List.of());

        ResultsJson.write(file, results);

        assertThat(Files.readString(file)).contains("\"supervision\": \"external\"", "\"effort\": null");
        assertThat(ResultsJson.read(file).protocol()).isEqualTo(results.protocol());
    }

    @Test
    void theVersionOfTheEvaluatorComesBack() throws IOException {
        Results sample = SampleResults.comparison();
        Results results = new Results(sample.protocol(), SampleResults.evaluatedBy(7), sample.runs());

        ResultsJson.write(file, results);

        assertThat(Files.readString(file)).contains("\"evaluator\": 7");
        assertThat(ResultsJson.read(file).environment()).isEqualTo(results.environment());
    }

    @Test
    void otherUnlabeledImagesThanTheDatabaseComeBack() throws IOException {
        ProtocolSummary protocol = SampleResults.comparison().protocol().withSizes(new SplitSizes(20, 10, 80, 90));
        Results results = new Results(protocol, SampleResults.comparison().environment(), List.of());

        ResultsJson.write(file, results);

        String text = Files.readString(file);
        assertThat(text).contains("\"unlabeled\": 90");
        assertThat(ResultsJson.read(file).protocol()).isEqualTo(protocol);
        Files.writeString(file, text.replace("\"unlabeled\": 90", "\"unlabeled\": 0"));
        InputErrors.assertOneSentence(() -> ResultsJson.read(file), "unlabeled", "found 0");
    }

    @Test
    void aNameThatEndsInGzIsPacked() throws IOException {
        Path file = folder.resolve("results.json.gz");
        ResultsJson.write(file, SampleResults.comparison());
        assertThat(Files.readAllBytes(file)).startsWith(0x1f, 0x8b);
        assertThat(ResultsJson.text(ResultsJson.read(file))).isEqualTo(ResultsJson.text(SampleResults.comparison()));
    }

    @Test
    void rowsAndOptionsAtACodeLengthComeBack() throws IOException {
        Results back = same(SampleResults.rows());

        assertThat(Files.readString(file))
                .containsSubsequence("\"name\": \"deep-linf\"", "\"variant\": \"tuned\"", "\"title\"")
                .containsSubsequence("\"method\": \"deep-linf\"", "\"variant\": \"as-printed\"", "\"bits\": 48");
        assertThat(back.runs("deep-linf:tuned", 48))
                .hasSize(3)
                .allSatisfy(run -> assertThat(run.metrics().get("map")).isGreaterThan(0.5));
        assertThat(back.runs("deep-linf", 48)).isEmpty();
    }

    /** Nothing but the features differs, not even the hash of the protocol. */
    @Test
    void resultsOnOtherFeaturesAreNotCompared() {
        Results plain = SampleResults.comparison();
        Results others = SampleResults.otherFeatures();
        assertThat(SameRules.hold(others, others)).isTrue();
        assertThat(SameRules.hold(plain, others)).isFalse();
        assertBadInput(() -> SameRules.require(plain, others))
                .hasMessageContaining("expected the same hash of the features");
    }

    @Test
    void nothingButTheFileIsLeftInTheFolder() throws IOException {
        ResultsJson.write(folder.resolve("results.json"), SampleResults.comparison());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("results.json"));
        }
    }

    @Test
    void everyDoubleSurvivesToTheLastBit() throws IOException {
        double[] values = {0.1 + 0.2, Double.MIN_VALUE, Math.nextDown(1.0), 2e-3, 1.0 / 3, 0, Math.PI * 1e200};
        RunResult run = SampleResults.measured(new RunKey("ksh", 48, 0), 0.1 + 0.2);
        RunResult withCurve = run.with(run.metrics(), Map.of("loss", values), Map.of());
        Results sample = SampleResults.comparison();

        RunResult back = same(new Results(sample.protocol(), sample.environment(), List.of(withCurve)))
                .runs()
                .get(0);
        assertThat(back.curves()).containsEntry("loss", values);
        assertThat(back.metrics()).isEqualTo(run.metrics());
    }

    @Test
    void keysKeepTheOrderOfTheSchemaWhateverTheOrderOfTheMaps() {
        Results sample = SampleResults.comparison();
        List<RunResult> runs = new ArrayList<>();
        for (RunResult run : sample.runs()) {
            runs.add(run.with(backwards(run.metrics()), backwards(run.curves()), backwards(run.seconds())));
        }
        Collections.reverse(runs);
        Results shuffled = new Results(sample.protocol(), sample.environment(), runs);

        assertThat(ResultsJson.text(shuffled)).isEqualTo(ResultsJson.text(sample));
        assertThat(ResultsJson.text(sample))
                .containsSubsequence("\"schema\": \"linfhash-results/11\"", "\"protocol\": {", "\"environment\": {")
                .containsSubsequence("\"map\":", "\"precision@2\":", "\"f1@0\":", "\"uniqueCodes\":")
                .containsSubsequence("\"train\":", "\"encode\":", "\"evaluate\":")
                .endsWith("}\n")
                .doesNotContain("\r");
    }

    @Test
    void runsAreSortedByTheProtocolsMethodsThenBitsThenSeed() {
        List<String> keys = SampleResults.comparison().runs().stream()
                .map(run -> run.key().toString())
                .toList();
        assertThat(keys)
                .startsWith("ksh-48-seed0", "ksh-48-seed1", "ksh-48-seed2", "ksh-64-seed0")
                .endsWith("itq-64-seed1", "itq-64-seed2");
    }

    private static <V> Map<String, V> backwards(Map<String, V> map) {
        List<String> keys = new ArrayList<>(map.keySet());
        Collections.reverse(keys);
        Map<String, V> copy = new java.util.LinkedHashMap<>();
        keys.forEach(key -> copy.put(key, map.get(key)));
        return copy;
    }

    /** A row that stands alone has no such key, so that a file without replicates is what it was. */
    @Test
    void searchesOfOneConfigurationAreReadAsTheyWereWritten() {
        Results three = MadeResults.searched(List.of("a", "b"), 3, 2);
        String text = ResultsJson.text(three);
        assertThat(text).contains("\"replicates\": \"tuned-map\"");
        assertThat(ResultsJson.text(SampleResults.rows())).doesNotContain("replicates");
        assertThat(three.protocol().configurations())
                .extracting(Configuration::entry)
                .containsExactly("a:tuned-map", "b:tuned-map");
        assertThat(three.protocol().configurations().get(0).effort()).isEqualTo(new Effort(600, 2400));
        assertThat(three.runs("a:tuned-map", 48)).hasSize(6);
        assertThat(three.runs("a:tuned-map-2", 48)).hasSize(2);
        assertThat(three.protocol().tuned("a:tuned-map")).isEqualTo("3 tuning runs x 200, map");
        assertThat(three.protocol().ofOneSearch("a:tuned-map")).isFalse();
        assertThat(three.protocol().ofOneSearch("a:tuned-map-2")).isTrue();
    }

    @Test
    void aReplicateIsNamedByItsConfigurationAndNumber() {
        Configuration row =
                MadeResults.searched(List.of("a"), 2, 2).protocol().methods().get(0);
        assertThatThrownBy(() -> row.replicating("tuned-lookup"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("tuned-lookup-N", "'tuned-map-1'");
        ProtocolSummary protocol = MadeResults.searched(List.of("a"), 2, 2).protocol();
        List<Configuration> both = new ArrayList<>(protocol.methods());
        both.add(row.replicating(null).asVariant("tuned-map", null, Map.of()));
        assertThatThrownBy(() -> protocol.withRuns(protocol.bits(), protocol.seeds(), both))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected no variant a:tuned-map beside a:tuned-map-1");
    }

    @Test
    void rowsSayHowTheirOptionsWereChosen() {
        Results sample = SampleResults.rows();
        assertThat(sample.protocol().tuned("ksh")).isEqualTo("not known");
        Results one = MadeResults.searched(List.of("a"), 1, 2);
        assertThat(one.protocol().tuned("a:tuned")).isEqualTo("1 tuning run x 200, map");
        List<Configuration> plain = one.protocol().methods().stream()
                .map(method -> method.withSearch(null).withEffort(Effort.NONE))
                .toList();
        ProtocolSummary defaults = one.protocol().withRuns(List.of(48), List.of(0L), plain);
        assertThat(defaults.tuned("a:tuned")).isEqualTo("defaults");
    }
}
