package io.github.linfhash.reports.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.reports.ranking.Leaderboard.RulesVersion;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.ProtocolSummary.Presentation;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.schema.SubmissionCard;
import io.github.linfhash.testing.InputErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmittedResultsTest {
    private static final Results SAMPLE = SampleResults.comparison();

    @TempDir
    private Path root;

    private Path plain(String name) throws IOException {
        Path folder = root.resolve(name);
        ResultsJson.write(folder.resolve("results.json"), SAMPLE);
        return folder;
    }

    /** Own results of several years have one name for a method and a protocol; what others sent keeps its names of methods. */
    @Test
    void onlyOwnMethodsGetTodaysTitles() {
        Results sample = SampleResults.comparison();
        Map<String, String> titles = Map.of("itq", "Iterative quantization");
        assertThat(SampleLeaderboards.own("own", sample)
                        .presented(titles, Map.of())
                        .results()
                        .protocol()
                        .methods())
                .extracting(Configuration::title)
                .containsExactly("KSH", "NNH", "Deep l-infinity encoder", "Iterative quantization");
        SubmissionCard card = SampleLeaderboards.about("itq", "A. Author", "https://a.example/");
        assertThat(SampleLeaderboards.sent("sent", sample, card)
                        .presented(titles, Map.of())
                        .results()
                        .protocol()
                        .methods())
                .extracting(Configuration::title)
                .contains("ITQ");
        Map<String, Presentation> protocols =
                Map.of(sample.protocol().name(), new Presentation("Images of digits", null));
        assertThat(List.of(SampleLeaderboards.own("own", sample), SampleLeaderboards.sent("sent", sample, card)))
                .extracting(results -> results.presented(Map.of(), protocols)
                        .results()
                        .protocol()
                        .title())
                .containsOnly("Images of digits");
    }

    @Test
    void aFolderIsTakenByItselfAndOneOfFoldersByTheirNames() throws IOException {
        plain("all/b");
        ResultsJson.write(root.resolve("all/a/results.json.gz"), SAMPLE.withTrainingCurvesAlone());
        Files.createDirectories(root.resolve("all/c"));
        Path alone = plain("alone");
        List<SubmittedResults> read = SubmittedResults.readAll(List.of(root.resolve("all"), alone));
        assertThat(read).extracting(SubmittedResults::label).containsExactly("a", "b", "alone");
        assertThat(read).allSatisfy(one -> assertThat(one.about()).isEmpty());
    }

    @Test
    void theSmallFormHasTheCurvesOfTrainingAloneAndIsRead() throws IOException {
        Path file = root.resolve("results.json.gz");
        ResultsJson.write(file, SAMPLE.withTrainingCurvesAlone());
        Results read = ResultsJson.read(file);
        assertThat(ResultsJson.text(read)).isEqualTo(ResultsJson.text(SAMPLE.withTrainingCurvesAlone()));
        assertThat(read.protocol()).isEqualTo(SAMPLE.protocol());
        assertThat(read.runs()).hasSameSizeAs(SAMPLE.runs());
        assertThat(SAMPLE.runs().get(0).curves()).containsKeys("loss", "radius.precision", "outputs.first");
        for (int k = 0; k < read.runs().size(); k++) {
            Map<String, double[]> kept = read.runs().get(k).curves();
            if (SAMPLE.runs().get(k).failed()) {
                assertThat(kept).isEmpty();
            } else {
                assertThat(kept).containsOnlyKeys("loss");
                assertThat(kept.get("loss")).containsExactly(1.5, 0.75, 0.1);
            }
        }
        assertThat(read.runs().get(3).metrics()).isEqualTo(SAMPLE.runs().get(3).metrics());
        assertThat(read.runs().get(3).seconds()).isEqualTo(SAMPLE.runs().get(3).seconds());
        assertThat(Files.size(file) * 10).isLessThan(ResultsJson.text(SAMPLE).length());
        assertThat(RulesVersion.of(SAMPLE).fileName()).matches("fashion-mnist-e1-[0-9a-f]{8}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"results.json", "submission.yaml"})
    void refusesLinksOutOfASubmittedFolder(String name) throws IOException {
        Path secret = Files.move(plain("sent").resolve("results.json"), root.resolve("secret.json"));
        Path folder = root.resolve("sent");
        if (!name.equals("results.json")) {
            Files.copy(secret, folder.resolve("results.json"));
        }
        Files.createSymbolicLink(folder.resolve(name), secret);
        InputErrors.assertOneSentence(
                () -> SubmittedResults.readAll(List.of(folder)),
                folder.resolve(name).toString(),
                "found a symbolic link");
    }

    @Test
    void refusesALinkToAFolderAmongSubmittedOnes() throws IOException {
        Path secret = plain("secret");
        plain("all/a");
        Files.createSymbolicLink(root.resolve("all/b"), secret);
        InputErrors.assertOneSentence(
                () -> SubmittedResults.readAll(List.of(root.resolve("all"))), "all/b", "found a symbolic link");
        Path named = Files.createSymbolicLink(root.resolve("mine"), secret);
        assertThat(SubmittedResults.readAll(List.of(named))).hasSize(1);
    }

    @Test
    void whatSaysWhoSentItIsReadBesideIt() throws IOException {
        Path folder = plain("sent");
        Files.writeString(folder.resolve("submission.yaml"), """
                schema: linfhash-submission/1
                name: my-method
                authors: [A. Author, B. Author]
                code: https://example.org/my-method?x=1#top
                license: MIT
                seconds: {train: 2.5}
                """);
        SubmissionCard about =
                SubmittedResults.readAll(List.of(folder)).get(0).about().orElseThrow();
        assertThat(about.authors()).containsExactly("A. Author", "B. Author");
        assertThat(about.code()).isEqualTo("https://example.org/my-method?x=1#top");
        assertThat(about.title()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "schema: linfhash-submission/1,schema: other/1,expected schema",
        "code: https://example.org/x,code: javascript:alert(1),code: expected an address",
        "code: https://example.org/x,code: https://example.org/\"><b>,code: expected an address",
        "license: MIT,license: \"a\\nb\",license: expected a text of one line",
        "name: my-method,nme: my-method,found 'nme' (did you mean 'name'?)",
    })
    void aWrongSubmissionIsOneSentence(String right, String wrong, String sentence) throws IOException {
        Path folder = plain("sent");
        String text = """
                schema: linfhash-submission/1
                name: my-method
                authors: [A]
                code: https://example.org/x
                license: MIT
                """;
        assertThat(text).contains(right);
        Files.writeString(folder.resolve("submission.yaml"), text.replace(right, wrong));
        InputErrors.assertOneSentence(() -> SubmittedResults.readAll(List.of(folder)), "submission.yaml", sentence);
    }

    @Test
    void foldersWithoutResultsAreRefused() throws IOException {
        Path empty = Files.createDirectories(root.resolve("empty"));
        InputErrors.assertOneSentence(() -> SubmittedResults.readAll(List.of(empty)), "empty", "expected results.json");
        InputErrors.assertOneSentence(
                () -> SubmittedResults.readAll(List.of(root.resolve("nowhere"))), "nowhere", "found nothing");
        Path folder = plain("one");
        InputErrors.assertOneSentence(
                () -> SubmittedResults.readAll(List.of(folder, root.resolve("one"))), "found it twice");
        InputErrors.assertOneSentence(
                () -> SubmittedResults.readAll(List.of(folder.resolve("results.json"))), "expected a folder");
    }

    @Test
    void aPackedFileThatUnpacksWithoutEndIsRefused() throws IOException {
        Path folder = Files.createDirectories(root.resolve("bomb"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("results.json.gz")))) {
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int i = 0; i < 65; i++) {
                out.write(blanks);
            }
        }
        InputErrors.assertOneSentence(() -> SubmittedResults.readAll(List.of(folder)), "results.json.gz", "too long");
    }
}
