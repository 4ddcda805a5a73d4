package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that are trained, kept, and used, as a user does it. */
class ModelCommandsTest extends ProgramOnTinyHome {
    private static final String OWN =
            "train --vectors F/f.npy --labels F/f.labels.npy --method ksh --bits 8 --out F/x.linfhash ";

    private String path(String name) {
        return root.resolve(name).toString();
    }

    private void writeFeatures() {
        succeed("data features --protocol tiny --out F/f.npy");
    }

    @Test
    void aKeptModelEncodesWhatReproduceMeasured() throws IOException {
        writeFeatures();
        succeed("run --protocol tiny --bits 8 --seeds 1");
        Results results = ResultsJson.read(
                root.resolve("reports").resolve("out").resolve("tiny").resolve("results.json"));
        Protocol protocol = new ProtocolFiles(root.resolve("protocols")).read("tiny");
        ClassLabels labels = (ClassLabels) LabelArrays.read(root.resolve("f.labels.npy"));
        Split split = Splits.keepingDuplicates(protocol.split(), protocol.seeds(), labels)
                .draw(1);
        List<String> hashes = new ArrayList<>();
        for (RunResult run : results.runs()) {
            String model = path(run.key().method() + ".linfhash");
            String bits = Integer.toString(run.key().bits());
            succeed(
                    "train --protocol=tiny --method %s --bits %s --seed=1 --out %s",
                    run.key().method(), bits, model);
            succeed("encode --model %s --vectors F/f.npy --out F/c.npy --force", model);
            BinaryCodes codes = CodeArrays.read(root.resolve("c.npy"), run.key().bits());
            MessageDigest digest = Digests.sha256();
            digest.update(codes.select(split.query()).toBytes());
            digest.update(codes.select(split.database()).toBytes());
            hashes.add(HexFormat.of().formatHex(digest.digest()));
        }
        assertThat(hashes)
                .hasSize(3)
                .isEqualTo(results.runs().stream().map(RunResult::codesHash).toList());
    }

    @Test
    void fourCommandsFromVectorsToNeighborsAndOnnx() throws IOException {
        writeFeatures();
        succeed("train --vectors F/f.npy --method itq --bits 12 --out F/itq.linfhash");
        succeed("encode --model F/itq.linfhash --vectors F/f.npy --out F/codes.npy");
        assertThat(CodeArrays.read(root.resolve("codes.npy"), 12).size()).isEqualTo(120);
        succeed("search --database-codes F/codes.npy --model F/itq.linfhash --vectors F/f.npy --k 3 --out F/n.npz");
        assertThat(root.resolve("n.npz")).isNotEmptyFile();
        succeed("search --database-codes F/codes.npy --query-codes F/codes.npy --bits=12 --k=1 --format=csv");
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(121).startsWith("query,rank,id,distance", "0,0,0,0");
        assertThat(lines.subList(1, 121)).allMatch(line -> line.endsWith(",0"));

        succeed("train --protocol tiny --method deep-linf --bits 8 --out F/d.linfhash");
        succeed("export --model F/d.linfhash --onnx F/d.onnx");
        assertThat(root.resolve("d.onnx")).isNotEmptyFile();
        assertThat(badInput("export --model=F/d.linfhash")).contains("Missing required option: '--onnx=F.onnx'");
        assertThat(badInput("export --model F/itq.linfhash --onnx F/no.onnx"))
                .contains("expected a model of one of the encoders nnh, snnh, deep-linf", "found one of itq");
        assertThat(root.resolve("no.onnx")).doesNotExist();
    }

    @Test
    void showSaysWhatAModelIsWithoutAPath() {
        writeFeatures();
        succeed("train --vectors F/f.npy --labels=F/f.labels.npy --method lsh --bits 9 --seed 4 --out F/m.linfhash");
        assertThat(succeed("show F/m.linfhash"))
                .contains(
                        "lsh",
                        "none: own vectors",
                        "./linfhash train --vectors FILE --labels=FILE --method lsh --bits 9 --seed 4 --out FILE",
                        "float32 of shape [9, 32]")
                .doesNotContain(root.toString());
    }

    @Test
    void optionsReplaceDefaults() {
        writeFeatures();
        succeed(
                "train --vectors=F/f.npy --labels=F/f.labels.npy --method=nnh --bits=8 --option=training.epochs=2 --option training.learningRate=1e-3 --option=gain.rule=fixed --out=F/m.linfhash");
        assertThat(succeed("show F/m.linfhash"))
                .containsPattern("epochs\\W+2\\b")
                .containsPattern("learningRate\\W+0.001\\b")
                .contains("--option=training.epochs=2");
    }

    @Test
    void badInputEndsWithOneSentenceAndWritesNothing() throws IOException {
        writeFeatures();
        FeatureArrays.write(root.resolve("narrow.npy"), FeatureMatrix.owning(2, 3, new float[6]));
        LabelArrays.write(root.resolve("few.npy"), ClassLabels.of(1, 2));
        succeed("train --vectors F/f.npy --labels F/f.labels.npy --method lsh --bits 8 --out F/m.linfhash");
        succeed("encode --model F/m.linfhash --vectors F/f.npy --out F/c.npy");
        Files.write(root.resolve("bad.linfhash"), new byte[100]);
        for (String[] wrong : new String[][] {
            {
                "train --vectors F/f.npy --labels F/few.npy --method lsh --bits 8 --out F/x.linfhash",
                "expected labels of 120 rows, found 2"
            },
            {"train --vectors F/f.npy --labels F/f.labels.npy --method no --bits 8 --out F/x.linfhash", "no method"},
            {"train --vectors F/f.npy --labels F/f.labels.npy --method lsh --bits 0 --out F/x.linfhash", "--bits"},
            {"train --vectors F/f.npy --labels F/f.labels.npy --method lsh --bits 8 --out F/x.txt", ".linfhash"},
            {"train --vectors F/f.npy --method ksh --bits 8 --out F/x.linfhash", "--labels: expected a file, or"},
            {"train --method lsh --bits 8 --out F/x.linfhash", "Missing required"},
            {OWN + "--option anchors", "--option: expected NAME=VALUE, found 'anchors'"},
            {OWN + "--option anchors=5 --option anchors=6", "--option: expected each option once, found anchors twice"},
            {OWN + "--option anchors=many", "--option, method ksh"},
            {OWN + "--option anchors=5 --option anchors.size=6", "option anchors.size: expected no value for a part"},
            {OWN + "--option nothing=5", "nothing"},
            {
                "train --vectors F/f.npy --labels F/l --protocol tiny --method lsh --bits 8 --out F/x.linfhash",
                "exclusive"
            },
            {"encode --model F/m.linfhash --vectors F/narrow.npy --out F/x.npy", "dimension 32"},
            {"encode --model F/bad.linfhash --vectors F/f.npy --out F/x.npy", "zip archive"},
            {"encode --model F/none.linfhash --vectors F/f.npy --out F/x.npy", "found nothing"},
            {"encode --model F/m.linfhash --vectors F/f.npy --out F/x.txt", ".npy"},
            {"encode --model F/m.linfhash --out F/x.npy", "--vectors"},
            {
                "search --database-codes F/c.npy --query-codes F/c.npy --k 121 --out F/x.npz",
                "--k: expected numbers from 1 to 120"
            },
            {"search --database-codes F/c.npy --query-codes F/c.npy --out F/x.txt", ".npz"},
            {"search --database-codes F/c.npy --out F/x.npz", "Missing required"},
            {"export --model F/bad.linfhash --onnx F/x.onnx", "zip archive"},
            {"show F/bad.linfhash", "zip archive"}
        }) {
            assertThat(badInput(wrong[0])).as(wrong[0]).contains(wrong[1]).doesNotContain("\tat ");
            assertThat(out.toString()).isEmpty();
        }
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("x."));
        }
    }

    @ParameterizedTest
    @CsvSource({"train", "encode", "search", "export"})
    void helpShowsAnExample(String command) {
        assertThat(succeed("%s --help", command)).contains("linfhash " + command + " --", "Example");
    }
}
