package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Preparation;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.results.schema.ProtocolSummary.FeatureSummary;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results of a protocol that adds mirrored training images, from the command line to the page. */
class MirroredResultsTest extends ProgramOnTinyHome {
    private static final String PUBLISHED = "published: {table: T2, sameData: false}";

    /** Two protocols without a printed table that differ in the mirrored images alone. */
    @BeforeEach
    void writeProtocols() throws IOException {
        Path folder = root.resolve("protocols");
        String tiny = Files.readString(folder.resolve("tiny.yaml")).replace("seeds: [0, 1]", "seeds: [0]");
        Files.writeString(
                folder.resolve("plain.yaml"),
                tiny.replace("name: tiny", "name: plain").replace(PUBLISHED + "\n", ""));
        Files.writeString(
                folder.resolve("mirrored.yaml"),
                tiny.replace("name: tiny", "name: mirrored").replace(PUBLISHED, "augment: mirror"));
    }

    private FeatureMatrix mirrored() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = new ProtocolFiles(home.protocols()).read("mirrored");
        FeatureData data = new Preparation(home, home.protocols(), Progress.NONE).prepare(protocol, null);
        return Objects.requireNonNull(data.mirrored());
    }

    private void refused(String said, String command, Object... arguments) {
        assertThat(badInput(command, arguments)).contains(said).doesNotContain("\tat ");
    }

    @Test
    void resultsSayItAndAreJoinedWithNoPlainOnes() throws IOException {
        String options = " --methods ksh --bits 8 --seeds 0";
        assertThat(succeed("run --protocol plain" + options)).doesNotContainIgnoringCase("mirror");
        succeed("run --protocol mirrored" + options);
        assertThat(err.toString()).contains("supervised methods were also trained on mirror images");
        Path results = root.resolve("reports/out/mirrored/results.json");
        Path others = root.resolve("reports/out/plain/results.json");
        FeatureSummary features = ResultsJson.read(others).protocol().features();
        assertThat(ResultsJson.read(results).protocol().features().hash())
                .isEqualTo(Digests.sha256(features.hash() + "/" + mirrored().sha256()));
        assertThat(ResultsJson.read(results).protocol().conventions()).containsEntry("augment", "mirror");
        assertThat(ResultsJson.read(others).protocol().conventions()).doesNotContainKey("augment");
        assertThat(ResultsJson.read(results).protocol().sizes())
                .isEqualTo(ResultsJson.read(others).protocol().sizes());
        assertThat(ResultsJson.read(results).runs().get(0).codesHash())
                .isNotEqualTo(ResultsJson.read(others).runs().get(0).codesHash());
        assertThat(Files.readString(results.resolveSibling("index.html")))
                .contains("Supervised methods were also trained on mirror images: ", "Convention: augment");

        refused(
                "expected results of the protocol mirrored or none, found those of plain",
                "run --protocol mirrored --out F/reports/out/plain" + options);
        refused("expected the same hash of the protocol", "results compare %s %s", others, results);
        refused("expected the same hash of the protocol", "paper claims %s %s", others, results);
        succeed("results accept --protocol plain --methods=ksh --bits=8 --seeds=0");
        refused(
                "expected results of the protocol plain, found mirrored",
                "results check --protocol plain --results %s",
                results);
    }
}
