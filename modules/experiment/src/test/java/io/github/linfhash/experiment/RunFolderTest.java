package io.github.linfhash.experiment;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.runner.ExistingResults;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.testing.TinyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Results that are there stay: those of other rules and data, and those that a narrower selection does not name. */
class RunFolderTest extends OnTinyHome {
    private static final Selection LSH =
            Selection.ALL.ofMethods("lsh").atBits(12).withSeeds(0L);

    private static List<String> keys(Results results) {
        return results.runs().stream().map(RunResult::key).map(RunKey::toString).toList();
    }

    private static Experiment tiny(Selection part) throws IOException {
        return Experiment.of("tiny").with(part);
    }

    private Experiment.Outcome outcome(Selection part, boolean only) throws IOException {
        try (OutputFolder open = OutputFolder.open(path("out"))) {
            return tiny(part).outcome(open, only, Runner.Interim.NONE);
        }
    }

    private Results run(Selection part) throws IOException {
        return run("tiny", part);
    }

    @Test
    void aSecondRunReusesWhatIsDoneAndComputesWhatIsNot() throws IOException {
        Selection ksh = Selection.ALL.ofMethods("ksh").withSeeds(0L);
        run(ksh.atBits(8));
        List<String> first = files("runs");
        assertThat(first).hasSize(1);
        Path file = path("out/runs").resolve(first.get(0));
        Object written = Files.getLastModifiedTime(file);
        run(ksh.atBits(8, 12));
        assertThat(files("runs")).hasSize(2).containsAll(first);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
        // A damaged run is computed again.
        String content = Files.readString(file);
        Files.writeString(file, content.substring(0, content.length() / 2));
        assertThat(run(ksh.atBits(8, 12)).runs()).hasSize(2);
        assertThat(ResultsJson.read(file).runs().get(0).codesHash())
                .isEqualTo(run(ksh).runs().get(0).codesHash());
    }

    @Test
    void resultsOfOtherDataOrAnotherProtocolAreNotReplaced() throws IOException {
        run(LSH);
        byte[] first = Files.readAllBytes(path("out/results.json"));
        Files.writeString(
                path("protocols/other.yaml"),
                Files.readString(path("protocols/tiny.yaml")).replace("name: tiny", "name: other"));
        assertBadInput(() -> run("other", LSH))
                .hasMessageContaining("expected results of the protocol other or none, found those of tiny");
        TinyHome.blur(root);
        assertBadInput(() -> run(LSH))
                .hasMessageContaining("output folder " + path("out") + ": expected results of stripes with hash ")
                .hasMessageContaining("or none, found those of other data, stripes with hash ");
        assertThat(path("out/results.json")).hasBinaryContent(first);
        // Runs alone, as an interrupted run leaves them, are results, too.
        Files.delete(path("out/results.json"));
        assertBadInput(() -> run(LSH)).hasMessageContaining("other data");
        assertThat(files("runs")).hasSize(1);
        edit("tiny", "center: training-mean", "center: none");
        assertBadInput(() -> run(LSH)).hasMessageContaining("found those of tiny with other rules, hash ");
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        Path notes = Files.writeString(Files.createDirectories(path("out")).resolve("index.html"), "mine");
        assertBadInput(() -> ExistingResults.requireKind(path("out")))
                .hasMessage(
                        "output folder " + path("out") + ": expected a new or empty one, or one with results, found one"
                                + " with other files (index.html)");
        Files.delete(notes);
        ExistingResults.requireKind(path("out"));
        run(LSH);
        Files.writeString(notes, "a report");
        ExistingResults.requireKind(path("out"));
    }

    @Test
    void aNarrowerSelectionShowsNoLess() throws IOException {
        Selection two = Selection.ALL.ofMethods("ksh", "nnh").withSeeds(0L);
        Selection one = two.ofMethods("ksh").atBits(8);
        Results full = run(two);
        assertThat(full.runs()).hasSize(4);
        Experiment.Outcome narrow = outcome(one, false);
        assertThat(ResultsJson.text(narrow.shown())).isEqualTo(ResultsJson.text(full));
        assertThat(keys(narrow.done())).containsExactly("ksh-8-seed0");
        assertThat(keys(outcome(one, true).shown())).containsExactly("ksh-8-seed0");
        assertThat(keys(run(two.ofMethods("lsh").atBits(16).withSeeds(1L))))
                .containsExactly("ksh-8-seed0", "ksh-12-seed0", "nnh-8-seed0", "nnh-12-seed0", "lsh-16-seed1");
    }

    @Test
    void runsOfOtherOptionsWithoutTheirQueriesOrDamagedOnesAreNotShown() throws IOException {
        Selection nnh = Selection.ALL.ofMethods("nnh").atBits(8).withSeeds(0L);
        run(nnh.ofMethods("ksh", "nnh", "lsh"));
        edit("tiny", "anchors: 20", "anchors: 10");
        for (String file : files("queries")) {
            if (file.startsWith("lsh")) {
                Files.delete(path("out/queries").resolve(file));
            }
        }
        assertThat(keys(run(nnh))).containsExactly("nnh-8-seed0");
        edit("tiny", "anchors: 10", "anchors: 20");
        assertThat(keys(run(nnh))).containsExactly("ksh-8-seed0", "nnh-8-seed0");
        Path ksh = path("out/runs").resolve(files("runs").get(0));
        Files.writeString(ksh, Files.readString(ksh) + " ");
        assertThat(keys(run(nnh))).containsExactly("nnh-8-seed0");
    }

    /** Twelve bits of AGH need twelve eigenvectors that are not trivial; five anchors have at most four. */
    @Test
    void aFailedRunIsShownUntilItSucceeds() throws IOException {
        edit("tiny", "methods:\n", "methods:\n  - name: agh1\n    options: {anchors: 5, nearest: 2}\n");
        Selection agh = LSH.ofMethods("agh1");
        assertThat(run(agh).runs()).singleElement().matches(RunResult::failed);
        Results results = run(agh.ofMethods("ksh"));
        assertThat(keys(results)).containsExactly("agh1-12-seed0", "ksh-12-seed0");
        assertThat(results.runs().get(0).failed()).isTrue();
        assertThat(results.runs().get(0).metrics()).isEmpty();
        edit("tiny", "anchors: 5", "anchors: 20");
        assertThat(run(agh).runs()).hasSize(2).noneMatch(RunResult::failed);
    }

    /** Methods without labels run first, and results are in the order of reports all the same. */
    @Test
    void finishedRunsAreShownWhileOthersAreLeft() throws IOException {
        edit("tiny", "methods:\n", "methods:\n  - name: class-codes\n");
        Experiment all = Experiment.of("tiny")
                .with(Selection.ALL
                        .ofMethods("class-codes", "lsh", "ksh")
                        .atBits(8, 12)
                        .withSeeds(0L));
        Experiment one = new Experiment(all.plan(), all.data(), new Runner(1, Progress.NONE), List.of());
        List<List<String>> shown = new ArrayList<>();
        List<Map<String, Integer>> left = new ArrayList<>();
        try (OutputFolder open = OutputFolder.open(path("out"))) {
            Results done = one.outcome(open, true, (results, others) -> {
                        shown.add(keys(results));
                        left.add(others);
                    })
                    .done();
            assertThat(keys(done))
                    .containsExactly(
                            "class-codes-8-seed0",
                            "class-codes-12-seed0",
                            "lsh-8-seed0",
                            "lsh-12-seed0",
                            "ksh-8-seed0",
                            "ksh-12-seed0");
        }
        assertThat(shown).hasSize(5);
        assertThat(shown.get(0)).containsExactly("lsh-8-seed0");
        assertThat(shown.get(1)).containsExactlyInAnyOrder("lsh-8-seed0", "lsh-12-seed0");
        assertThat(left.get(1)).isEqualTo(Map.of("class-codes", 2, "ksh", 2));
        assertThat(left.get(4)).isEqualTo(Map.of("ksh", 1));
    }

    @Test
    void theNumberOfWorkersChangesNothing() throws IOException {
        Selection part = Selection.ALL.quick(true);
        Experiment all = Experiment.of("tiny").with(part);
        Results one = new Experiment(all.plan(), all.data(), new Runner(1, Progress.NONE), List.of()).run(path("one"));
        Results two = all.run(path("two"));
        assertThat(two.withoutSeconds().runs())
                .usingRecursiveComparison()
                .isEqualTo(one.withoutSeconds().runs());
        assertThat(two.protocol()).isEqualTo(one.protocol());
    }
}
