package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.experiment.device.TrainingDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Encoders trained on another device, from the command line. */
class DeviceTest extends ProgramOnTinyHome {
    private static final String RUN = "run --protocol tiny --out F/out --methods ";
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
        succeed(RUN + "nnh,deep-linf --device opencl --format csv");
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

        assertThat(succeed(RUN + "nnh,deep-linf --device opencl --selected-only --format csv"))
                .isEqualTo(first);

        // Runs of another device are others: none of those of before is taken for one of these.
        succeed(RUN + "nnh --format csv");
        assertThat(results().at("/runs").size()).isEqualTo(2 * 2);
        assertThat(results().findValuesAsText("device")).containsOnly("cpu");
    }

    /** Rows with pairs from lists, and methods that are no encoders: the processor has them, with and without a device alike. */
    @Test
    @Tag("slow")
    void theProcessorTrainsWhatADeviceCannot() throws IOException {
        needDevice();
        succeed(RUN + "ksh,snnh --format csv");
        assertThat(err.toString()).doesNotContain("the processor trains");
        List<String> finished = runs();
        assertThat(finished).hasSize(2 * 2 * 2);
        JsonNode before = results().at("/runs");

        succeed(RUN + "ksh,nnh,snnh --device opencl");
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
        assertThat(badInput(RUN + "nnh --device opencl")).contains("--device opencl: there is no OpenCL library");
        assertThat(badInput(RUN + "nnh --device cuda"))
                .contains("--device cuda: this program was built without the Maven profile cuda");
        badInput(RUN + "nnh --device tpu");
        assertThat(folder).doesNotExist();

        assertThat(succeed("doctor --format csv")).contains("opencl,", "there is no OpenCL library");
    }

    @Test
    void doctorListsDevices() {
        needDevice();
        assertThat(succeed("doctor --format csv")).containsPattern("opencl,.*compute units.*driver .*can be used");
    }

    @Test
    @Tag("slow")
    void optionsAreSearchedOnOpenCl() throws IOException {
        needDevice();
        Files.writeString(root.resolve("space.yaml"), """
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
        String command = "tune --protocol tiny --space F/space.yaml --out F/trace.json --device opencl --methods ";
        succeed(command + "nnh");
        assertThat(out.toString()).contains("name: nnh", "learningRate:", "--device opencl");
        assertThat(new JsonMapper()
                        .readTree(root.resolve("trace.json").toFile())
                        .toString())
                .contains("\"map\"");
        // The defaults take their pairs from a list: the processor trains them.
        assertThat(err.toString()).contains(". The defaults reach map ");

        assertThat(badInput(command + "nnh,ksh --force"))
                .contains("--device opencl cannot train ksh: no encoder; leave it out of --methods");
    }
}
