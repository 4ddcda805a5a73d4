package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From generated files of NUS-WIDE to marked results, with queries inside and outside the database. */
class GenerateNusWideTest extends ProgramOnTinyHome {
    private static final String PROTOCOL = """
            schema: linfhash-protocol/1
            name: NAME
            title: A small stand-in
            description: For a test.
            published: {table: T3, sameData: true}
            data: {set: nus-wide}
            preprocessing: {rows: hellinger, center: training-mean, normalize: l2}
            split: {kind: KIND, mostFrequent: 3, queriesPerLabel: 8, training: 60}
            evaluation: {relevance: shared-label, average: AVERAGE, emptyBall: zero, ties: aware, selfMatch: SELF}
            metrics: [precision@2, recall@2]
            bits: [8]
            seeds: [0]
            methods: [{name: lsh}]
            quick: {bits: [8], seeds: [0]}
            """;

    @BeforeEach
    void generate() throws IOException {
        Files.copy(realHome().resolve("datasets/nus-wide.yaml"), root.resolve("datasets/nus-wide.yaml"));
        String out = root.resolve("standin").toString();
        succeed("data generate nus-wide --count 600 --out %s", out);
        assertThat(err.toString()).contains("wrote 600 images with drawn labels and SYNTHETIC visual words");
    }

    private Results reproduce(String name, String kind, String average, String self) throws IOException {
        String text = PROTOCOL.replace("NAME", name)
                .replace("KIND", kind)
                .replace("AVERAGE", average)
                .replace("SELF", self);
        Files.writeString(root.resolve("protocols").resolve(name + ".yaml"), text);
        String data = root.resolve("standin").toString();
        succeed("run --protocol %s --data %s", name, data);
        return ResultsJson.read(folder(name).resolve("results.json"));
    }

    private Path folder(String name) {
        return root.resolve("reports").resolve("out").resolve(name);
    }

    @Test
    void recallIsPooledWhereTheProtocolSaysSo() throws IOException {
        Results results = reproduce("inside", "copied-queries", "macro-precision-pooled-recall", "include");
        RunResult run = results.runs().get(0);
        double pooled = Objects.requireNonNull(run.metrics().get("recallPooled@2"));
        assertThat(run.metrics()).containsEntry("recall@2", pooled);
        assertThat(Objects.requireNonNull(run.curves().get("radius.recall"))[2]).isEqualTo(pooled);
        double mean = Objects.requireNonNull(reproduce("outside", "label-balanced", "macro", "exclude")
                .runs()
                .get(0)
                .metrics()
                .get("recall@2"));
        assertThat(mean).isNotEqualTo(pooled);
    }

    @Test
    void everythingIsMarkedAndNothingPrintedStandsBesideIt() throws IOException {
        Results results = reproduce("outside", "label-balanced", "macro", "exclude");
        assertThat(results.protocol().dataset().synthetic()).isTrue();
        assertThat(out.toString()).startsWith("SYNTHETIC");
        for (String file : List.of("index.html", "table.md", "table.tex")) {
            String text = Files.readString(folder("outside").resolve(file));
            assertThat(text).as(file).contains("SYNTHETIC: A small stand-in").doesNotContain("72.85");
        }
    }

    @Test
    void aFolderThatIsInUseIsLeftAsItIs() throws IOException {
        Path folder = root.resolve("standin");
        String words = Files.readString(folder.resolve("Low_Level_Features/BoW_int.dat"));
        badInput("data generate nus-wide --count 5 --out %s", folder);
        assertThat(Files.readString(folder.resolve("Low_Level_Features/BoW_int.dat")))
                .isEqualTo(words);
        badInput("data generate nus-wide --count 0 --out %s", path("none"));
        assertThat(root.resolve("none")).doesNotExist();
    }

    private String path(String name) {
        return root.resolve(name).toString();
    }
}
