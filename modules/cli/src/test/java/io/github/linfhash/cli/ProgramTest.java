package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the program as a user would, from image files to results, on a small data set. */
class ProgramTest extends ProgramOnTinyHome {
    private Path folder(String name) {
        return root.resolve("reports").resolve("out").resolve(name);
    }

    @Test
    void reproduceGoesFromImagesToPageAndResults() throws IOException {
        succeed("run --protocol tiny");
        Results results = ResultsJson.read(folder("tiny").resolve("results.json"));
        assertThat(results.runs()).hasSize(3 * 2 * 2).noneMatch(RunResult::failed);
        assertThat(results.protocol().sizes().database()).isEqualTo(105);
        // The stripes are easy: chance is 1/3.
        assertThat(results.runs("ksh", 12))
                .allSatisfy(run -> assertThat(run.metrics().get("map")).isGreaterThan(0.8));
        assertThat(Files.readString(folder("tiny").resolve("index.html")))
                .contains("Stripes &lt;b&gt;of&lt;/b&gt; three directions");
        assertThat(out.toString()).contains("ksh", "deep-linf");
    }

    /** The program of this module has no networks; what is missing is said before the data are looked for. */
    @Test
    void featuresOfANetworkNeedTheExtraAndOthersTakeNone() throws IOException {
        Path protocol = root.resolve("protocols").resolve("tiny.yaml");
        String text = Files.readString(protocol);
        Files.writeString(root.resolve("m.onnx"), "");
        assertThat(badInput("run --protocol tiny --network F/m.onnx"))
                .contains("--network: expected none, as protocol tiny has no features of a network, found " + root);
        err.getBuffer().setLength(0);
        Files.writeString(protocol, text.replaceFirst("features: .*", "features: {onnx: {file: m.onnx}, side: 64}"));
        assertThat(badInput("run --protocol tiny"))
                .contains("protocol tiny: expected the extra 'embeddings', which makes features of images by a network,"
                        + " found none beside this program");
    }

    @Test
    void aFailedRunIsNamedAndEndsWithExitCodeOne() throws IOException {
        // Twelve bits of AGH need twelve non-trivial eigenvectors; five anchors have at most four.
        Path protocol = root.resolve("protocols").resolve("tiny.yaml");
        String text = Files.readString(protocol)
                .replace("methods:\n", "methods:\n  - name: agh1\n    options: {anchors: 5, nearest: 2}\n");
        Files.writeString(protocol, text);
        int code = call("run --protocol tiny --methods agh1,ksh --bits 12 --seeds 0");
        assertThat(code).as(err.toString()).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("agh1-12-seed0 failed");
        Results results = ResultsJson.read(folder("tiny").resolve("results.json"));
        assertThat(results.runs("agh1", 12).get(0).metrics()).isEmpty();
        assertThat(results.runs("ksh", 12).get(0).metrics()).isNotEmpty();
    }

    @Test
    void encodeAndEvaluateGiveTheMetricsOfReproduce() throws IOException {
        call("run --protocol tiny --methods ksh --bits 12 --seeds 1");
        Results results = ResultsJson.read(folder("tiny").resolve("results.json"));
        Path codes = root.resolve("codes");
        succeed("split --protocol tiny --method ksh --bits 12 --seed 1 --out %s", codes);
        succeed(
                "evaluate --query-codes=%s --database-codes=%s --query-labels=%s --database-labels=%s --bits=12",
                codes.resolve("query-codes.npy"),
                codes.resolve("database-codes.npy"),
                codes.resolve("query-labels.npy"),
                codes.resolve("database-labels.npy"));
        JsonNode json = new JsonMapper().readTree(out.toString());
        Map<String, Double> metrics =
                new LinkedHashMap<>(results.runs("ksh", 12).get(0).metrics());
        assertThat(metrics.remove("realMap")).as("what codes alone do not tell").isBetween(0.0, 1.0);
        metrics.forEach((key, value) ->
                assertThat(json.get("metrics").get(key).doubleValue()).as(key).isEqualTo(value));
    }

    /** Row numbers lead from the labels of all rows to those of the split. */
    @Test
    void encodeWritesWhichRowsOfTheDataSetItsCodesAreOf() {
        Path codes = root.resolve("codes");
        succeed("data features --protocol tiny --out=F/f.npy");
        succeed("split --protocol=tiny --method=lsh --bits=8 --seed=1 --out=%s", codes);
        int[] all = numbers(root.resolve("f.labels.npy"));
        int[] queries = numbers(codes.resolve("query-rows.npy"));
        int[] database = numbers(codes.resolve("database-rows.npy"));
        assertThat(Arrays.stream(queries).map(row -> all[row]).toArray())
                .isEqualTo(numbers(codes.resolve("query-labels.npy")));
        assertThat(Arrays.stream(database).map(row -> all[row]).toArray())
                .isEqualTo(numbers(codes.resolve("database-labels.npy")));
        assertThat(IntStream.concat(Arrays.stream(queries), Arrays.stream(database))
                        .boxed())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, all.length).boxed().toList());
        assertThat(Arrays.stream(numbers(codes.resolve("training-rows.npy")))
                        .boxed()
                        .toList())
                .hasSize(60)
                .isSubsetOf(Arrays.stream(database).boxed().toList());
    }

    private static int[] numbers(Path file) {
        return ((ClassLabels) LabelArrays.read(file)).toArray();
    }

    @Test
    void featuresAreWrittenWithTheirLabels() {
        Path file = root.resolve("f.npy");
        succeed("data features --protocol tiny --out %s", file);
        assertThat(file).exists();
        assertThat(root.resolve("f.labels.npy")).exists();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    run --protocol nothing                     | There is no protocol 'nothing'
                    run --protocol tiny --methods nothing      | There is no method 'nothing'
                    run --protocol tiny --bits 0               | --bits: expected numbers from 1 to 4096
                    run --protocol tiny --seeds a              | expected whole numbers
                    run --protocol tiny --workers 0            | --workers: expected numbers from 1
                    split --protocol tiny --method ksh --bits 0 --out o | --bits: expected numbers from 1 to 4096
                    run --protocol tiny --data nowhere         | nowhere
                    run --protocol tiny --format pdf           | --format
                    run --nothing                              | Unknown option: '--nothing'.
                    advize --vectors v.npy                     | linfhash: 'advize' is not a command of linfhash (did you mean 'advise'?).
                    results compere a.json b.json              | linfhash: 'compere' is not a command of linfhash results (did you mean 'compare'?).
                    advise --vector v.npy                      | Unknown option: '--vector' (did you mean '--vectors'?).
                    advise --vectors v.npy --neighbors 5       | Unknown option: '--neighbors' (did you mean '--k'?).
                    recall --neighbors n --vectors v --queries q | Unknown option: '--neighbors' (did you mean '--returned'?).
                    recall --returned n --vectors v --queries q --nearest=3 | '--nearest=3' (did you mean '--k'?).
                    recall --returned n --vectors v --queries q --min-recall=0.9 | '--min-recall=0.9' (did you mean '--target'?).
                    search --database-codes d --query-codes q -k 5 | Unknown option: '-k' (did you mean '--k'?).
                    search --database-codes d --queries q      | Unknown option: '--queries' (did you mean '--query-codes'?).
                    search --codes d --query-codes q           | Unknown option: '--codes' (did you mean '--database-codes'?).
                    advise --vectors v.npy --engine qdrnt      | sqlite-vec, found 'qdrnt' (did you mean 'qdrant'?).
                    run --protocol tinyy                       | There is no protocol 'tinyy' (did you mean 'tiny'?); expected one of
                    quantize --vectors pom.xml --out o --bytes 4 --quantizer rotatedsign | found 'rotatedsign' (did you mean 'rotated-sign'?).
                    show tinny                                       | data set 'tinny' (did you mean 'tiny'?); see
                    fetch stripe                                     | expected as data set one of stripes, found 'stripe' (did you mean 'stripes'?)
                    evaluate --query-codes a.npy --database-codes b.npy --query-labels pom.xml --database-labels pom.xml | linfhash: --query-codes: expected an existing file or folder, found nothing at a.npy.
                    results compare nosuch.json pom.xml              | linfhash: RESULTS.json: expected an existing file or folder, found nothing at nosuch.json.
                    init --vectors pom.xml --labels y.npy --out o.yaml | linfhash: --labels: expected an existing file or folder, found nothing at y.npy.
                    show nothing                                     | There is no protocol, method, loss or data set 'nothing'
                    show rabitq                                      | linfhash: 'rabitq' is a quantizer, which 'linfhash list quantizers' describes; expected a protocol
                    data features --protocol tiny --out f.txt             | --out: expected a name that ends in .npy
                    evaluate --query-codes a.npy                     | Missing required options
                    split --protocol tiny --method ksh --bits 8 --seed x --out o | --seed
                    """)
    void badInputEndsWithExitCodeTwoAndWritesNothing(String words, String sentence) {
        assertThat(run(words.split(" "))).as(err.toString()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(sentence).doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
        assertThat(root.resolve("reports").resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"list protocols, tiny", "list methods, deep-linf", "list datasets, stripes", "list metrics, precision@2"
    })
    void listsWhatThereIs(String words, String name) {
        assertThat(run(words.split(" "))).isZero();
        assertThat(out.toString()).contains(name);
    }

    @ParameterizedTest
    @CsvSource({"tiny, linfhash-protocol/1", "ksh, anchors", "deep-linf, own data", "stripes, license: none"})
    void showsOneThing(String name, String content) {
        assertThat(succeed("show %s", name)).contains(content);
    }

    @Test
    void withoutWordsTheProgramNamesCommonCommands() {
        assertThat(run()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString().lines())
                .hasSize(12)
                .startsWith("linfhash: Missing command. Common commands:")
                .endsWith("'linfhash --help' lists all commands.");
        assertThat(err.toString()).contains("\n  advise    ", "\n  measure   ", "\n  run       ");
        assertThat(out.toString()).isEmpty();
    }
}
