package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code linfhash factors} on two protocols that have two methods with two rows each. */
class FactorsCommandTest extends ProgramOnTinyHome {
    private static final String ROWS = """
            methods:
              - {name: nnh, row: short, options: {training: {epochs: 1, pairsPerEpoch: 1280}}}
              - {name: nnh, row: long, options: {training: {epochs: 2, pairsPerEpoch: 1280}}}
              - {name: ksh, row: short, options: {anchors: 5}}
              - {name: ksh, row: long, options: {anchors: 20}}
              - {name: lsh, row: other}
            quick:
            """;

    @BeforeEach
    void makeResults() throws IOException {
        TinyHome.blur(root);
        Path protocols = root.resolve("protocols");
        String tiny = Files.readString(protocols.resolve("tiny.yaml"));
        int methods = tiny.indexOf("methods:");
        int quick = tiny.indexOf("quick:");
        for (String name : new String[] {"one", "two"}) {
            String text = tiny.substring(0, methods) + ROWS + tiny.substring(quick + "quick:\n".length());
            Files.writeString(
                    protocols.resolve(name + ".yaml"),
                    text.replace("name: tiny", "name: " + name)
                            .replace("normalise: l2", name.equals("one") ? "normalise: l2" : "normalise: none"));
            assertThat(run("reproduce", "--protocol", name, "--bits", "8", "--out", folder(name)))
                    .as(err.toString())
                    .isZero();
        }
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    private String folder(String name) {
        return root.resolve(name).toString();
    }

    private String results(String name) {
        return root.resolve(name).resolve("results.json").toString();
    }

    @Test
    void saysWhatMethodsRowsAndProtocolsExplain() throws IOException {
        String folder = root.resolve("factors").toString();

        int code = run(
                "factors",
                results("one"),
                results("two"),
                "--methods=nnh,ksh",
                "--rows=short,long",
                "--format=json",
                "--out",
                folder);

        assertThat(code).as(err.toString()).isZero();
        JsonNode json = new JsonMapper().readTree(out.toString());
        double sum = 0;
        for (JsonNode term : json.path("shares")) {
            sum += term.path("metric").asText().equals("map")
                    ? term.path("share").asDouble()
                    : 0;
        }
        assertThat(sum).isCloseTo(1, within(0.01));
        assertThat(json.path("shares"))
                .extracting(term -> term.path("factor").asText())
                .contains("method", "row", "protocol", "method x row", "method x row x protocol", "rest");
        assertThat(json.path("means"))
                .extracting(mean -> mean.path("level").asText())
                .contains("nnh", "ksh", "short", "long", "one", "two")
                .doesNotContain("lsh", "other");
        assertThat(Files.readString(Path.of(folder, "index.html"))).contains("What explains the numbers", "8 bits");
        assertThat(Files.readString(Path.of(folder, "shares.csv"))).startsWith("metric,bits,factor,share,");
    }

    /** The same results with failed runs in place of some. */
    private String withFailures(Results results, RunKey... failed) throws IOException {
        List<RunResult> runs = results.runs().stream()
                .map(run -> List.of(failed).contains(run.key())
                        ? new RunResult(run.key(), run.splitHash(), null, 0, Map.of(), Map.of(), Map.of(), "NaN")
                        : run)
                .toList();
        Path file = root.resolve("failed.json");
        ResultsJson.write(file, new Results(results.protocol(), results.environment(), runs));
        return file.toString();
    }

    @Test
    void aSeedWithAFailedRunIsLeftOutAtItsLength() throws IOException {
        String three = root.resolve("three").toString();
        assertThat(run("reproduce", "--protocol", "one", "--bits", "8", "--seeds", "0,1,2", "--out", three))
                .as(err.toString())
                .isZero();
        Results all = ResultsJson.read(Path.of(three, "results.json"));
        String[] counted = {"--methods=nnh,ksh", "--rows=short,long", "--format=csv"};

        String failed = withFailures(all, new RunKey("ksh", "long", 8, 2));
        out.getBuffer().setLength(0);
        assertThat(run("factors", results("one"), counted[0], counted[1], counted[2]))
                .isZero();
        String ofTwoSeeds = out.toString();
        out.getBuffer().setLength(0);
        String folder = root.resolve("factors").toString();
        assertThat(run("factors", failed, counted[0], counted[1], counted[2], "--out", folder))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isEqualTo(ofTwoSeeds);
        String sentence = "seed 2 is left out at 8 bits, as the run of ksh:long failed";
        assertThat(err.toString()).contains(sentence);
        assertThat(Files.readString(Path.of(folder, "index.html"))).contains("2 seeds; " + sentence);

        // What does not count may fail.
        String other = withFailures(all, new RunKey("lsh", "other", 8, 2));
        err.getBuffer().setLength(0);
        assertThat(run("factors", other, counted[0], counted[1])).isZero();
        assertThat(err.toString()).isEmpty();
        String two = withFailures(all, new RunKey("ksh", "long", 8, 2), new RunKey("nnh", "long", 8, 0));
        refused(
                "at least two seeds with which no run failed, for intervals and tests, found [1]",
                two,
                counted[0],
                counted[1]);
    }

    @Test
    void layoutsWithHolesAndWhatIsNotThereAreRefusedInOneSentence() {
        refused("expected every method with every row, found no run of nnh:other", results("one"));
        refused("--methods: expected some of [nnh, ksh, lsh], found 'agh1'", results("one"), "--methods", "agh1");
        refused("--rows: expected some of [short, long, other], found 'x'", results("one"), "--rows", "x");
        refused("--bits: expected some of [8], found 12", results("one"), "--rows=short,long", "--bits", "12");
        refused(
                "expected the metric beauty of nnh:short-8-seed0, found [map, ",
                results("one"),
                "--methods=nnh,ksh",
                "--rows=short,long",
                "--metrics=beauty");
        refused("expected each file once, found it twice", results("one"), results("one"));
        refused(
                "expected each protocol once, found one again",
                results("one"),
                root.resolve("one/../one/results.json").toString());
        refused("expected several methods, rows or protocols", results("one"), "--methods=nnh", "--rows=long");
    }

    private void refused(String sentence, String... words) {
        err.getBuffer().setLength(0);
        String[] all = new String[words.length + 1];
        all[0] = "factors";
        System.arraycopy(words, 0, all, 1, words.length);
        assertThat(run(all)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(sentence);
    }
}
