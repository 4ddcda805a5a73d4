package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.experiment.device.TrainingDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Encoders trained on another device, from the command line. */
class DeviceTest extends ProgramOnTinyHome {
    private static final String LIBRARY = "linfhash.opencl.library";

    private static final String IN_BATCH =
            "{epochs: 3, pairs: in-batch, optimizer: adam, learningRate: 0.005, batch: {images: 32, steps: 10}}";

    private Path folder = Path.of("");

    @BeforeEach
    void trainOnAllPairsOfBatches() throws IOException {
        folder = root.resolve("out");
        Path protocol = root.resolve("protocols").resolve("tiny.yaml");
        Files.writeString(protocol, Files.readString(protocol).replace("{epochs: 2, pairsPerEpoch: 1280}", IN_BATCH));
    }

    @AfterEach
    void forgetLibrary() {
        System.clearProperty(LIBRARY);
    }

    private int reproduce(String methods, String... more) {
        List<String> words =
                new ArrayList<>(List.of("run", "--protocol", "tiny", "--methods", methods, "--out", folder.toString()));
        words.addAll(List.of(more));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return run(words.toArray(String[]::new));
    }

    private static void needDevice() {
        List<String> devices = TrainingDevice.openCl().devices();
        assumeTrue(devices.get(0).endsWith("can be used"), () -> "no OpenCL device: " + devices);
    }

    private JsonNode results() throws IOException {
        return new JsonMapper().readTree(folder.resolve("results.json").toFile());
    }

    @Test
    void encodersAreTrainedOnOpenClAndResultsSaySo() throws IOException {
        needDevice();
        assertThat(reproduce("nnh,deep-linf", "--device", "opencl", "--format", "csv"))
                .as(err.toString())
                .isZero();
        String first = out.toString();
        JsonNode results = results();
        assertThat(results.at("/environment/backend").asText()).doesNotContain("OpenCL");
        assertThat(results.at("/runs").size()).isEqualTo(2 * 2 * 2);
        for (JsonNode run : results.at("/runs")) {
            assertThat(run.at("/device").asText()).startsWith("OpenCL on ");
            assertThat(run.at("/curves/loss").size()).isEqualTo(3);
        }
        assertThat(folder.resolve("index.html")).content().contains("Trained on OpenCL on ");
        assertThat(err.toString()).doesNotContain("the processor trains");

        assertThat(reproduce("nnh,deep-linf", "--device", "opencl", "--selected-only", "--format", "csv"))
                .isZero();
        assertThat(out.toString()).isEqualTo(first);

        // Runs of another device are others: none of those of before is taken for one of these.
        assertThat(reproduce("nnh", "--format", "csv")).as(err.toString()).isZero();
        assertThat(results().at("/runs").size()).isEqualTo(2 * 2);
        assertThat(results().findValuesAsText("device")).containsOnly("cpu");
    }

    /** Rows with pairs from lists, and methods that are no encoders: the processor has them, with and without a device alike. */
    @Test
    void theProcessorTrainsWhatADeviceCannot() throws IOException {
        needDevice();
        assertThat(reproduce("ksh,snnh", "--format", "csv")).as(err.toString()).isZero();
        assertThat(err.toString()).doesNotContain("the processor trains");
        List<String> finished = runs();
        assertThat(finished).hasSize(2 * 2 * 2);
        JsonNode before = results().at("/runs");

        assertThat(reproduce("ksh,nnh,snnh", "--device", "opencl"))
                .as(err.toString())
                .isZero();
        assertThat(err.toString())
                .containsOnlyOnce("--device opencl: the processor trains what the device cannot: ksh (no encoder);"
                        + " snnh (training.pairs is fixed-list instead of in-batch)");
        JsonNode after = results().at("/runs");
        assertThat(after).hasSize(3 * 2 * 2);
        for (JsonNode run : after) {
            boolean onDevice = run.at("/method").asText().equals("nnh");
            assertThat(run.at("/device").asText().equals("cpu")).isEqualTo(!onDevice);
            if (!onDevice) {
                // Those of the first command were taken over as they are, seconds included.
                assertThat(before).contains(run);
            }
        }
        assertThat(runs()).containsAll(finished).hasSize(3 * 2 * 2);
    }

    private List<String> runs() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void noDeviceStandsInForAnother() throws IOException {
        System.setProperty(LIBRARY, root.resolve("none.so").toString());
        assertThat(reproduce("nnh", "--device", "opencl")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--device opencl: there is no OpenCL library");
        assertThat(reproduce("nnh", "--device", "cuda")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--device cuda: this program was built without the Maven profile cuda");
        assertThat(reproduce("nnh", "--device", "tpu")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(folder).doesNotExist();

        assertThat(run("doctor", "--format", "csv")).isZero();
        assertThat(out.toString()).contains("opencl,").contains("there is no OpenCL library");
    }

    @Test
    void doctorListsDevices() {
        needDevice();
        assertThat(run("doctor", "--format", "csv")).isZero();
        assertThat(out.toString()).containsPattern("opencl,.*compute units.*driver .*can be used");
    }

    @Test
    void optionsAreSearchedOnOpenCl() throws IOException {
        needDevice();
        Path space = Files.writeString(root.resolve("space.yaml"), """
                schema: linfhash-tuning/2
                description: For a test.
                trials: 4
                folds: 2
                trainings: 1
                criteria: [map]
                epochs: {finalists: 1, factors: [2]}
                bits: [8]
                methods:
                  nnh:
                    training.pairs: {values: [in-batch]}
                    training.optimizer: {values: [adam]}
                    training.epochs: {values: [2]}
                    training.learningRate: {from: 0.001, to: 0.01}
                  ksh:
                    anchors: {values: [10, 20]}
                """);
        Path trace = root.resolve("trace.json");
        String[] words = {
            "tune", "--protocol", "tiny", "--space", space.toString(), "--out", trace.toString(), "--device", "opencl"
        };
        assertThat(run(with(words, "--methods", "nnh"))).as(err.toString()).isZero();
        assertThat(out.toString()).contains("name: nnh", "learningRate:", "--device opencl");
        assertThat(new JsonMapper().readTree(trace.toFile()).toString()).contains("\"map\"");
        // The defaults take their pairs from a list: the processor trains them.
        assertThat(err.toString()).contains(". The defaults reach map ");

        assertThat(run(with(words, "--methods", "nnh,ksh", "--force"))).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--device opencl cannot train ksh: no encoder; leave it out of --methods");
    }

    private static String[] with(String[] words, String... more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
