package io.github.linfhash.experiment.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.experiment.entries.Task;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.experiment.models.TrainedModel;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.tuning.SearchSpace;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.results.board.SubmissionCard;
import io.github.linfhash.results.claims.ClaimsFile;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.testing.fuzz.FuzzTarget;
import io.github.linfhash.testing.fuzz.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Null in each place of each kind of file: it is refused in one sentence, or means the same as leaving the key out. */
class NullEverywhereTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));

    @TempDir
    Path folder;

    private Path file = Path.of("unset");
    private int refused;

    /** Reads a text of YAML or JSON, and gives what it says. */
    @FunctionalInterface
    private interface Reader {
        Object read(String text) throws IOException;
    }

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("cifar10.yaml");
    }

    private Path written(String text) throws IOException {
        return Files.writeString(file, text);
    }

    @Test
    void inAProtocolAndTheOptionsOfItsMethods() throws IOException {
        everywhere(Files.readString(HOME.resolve("protocols/cifar10.yaml")), text -> {
            Protocol protocol = new ProtocolFiles(folder).read(written(text).toString());
            List<Object> said = new ArrayList<>(List.of(protocol));
            for (MethodEntry entry : protocol.methods()) {
                Map<String, Object> quick = protocol.quick().optionsOf(entry.name());
                for (Map<String, Object> overrides : List.of(Map.<String, Object>of(), quick)) {
                    ConfiguredMethod<?> configured =
                            MethodRegistry.standard().configure(protocol, entry, protocol.bits(), overrides);
                    said.add(configured.optionValues());
                    said.add(configured.optionsAt());
                }
            }
            return said;
        });
    }

    @Test
    void inManifestsOfImagesAndOfVectors() throws IOException {
        for (String name : List.of("cifar10", "nus-wide")) {
            everywhere(
                    Files.readString(HOME.resolve("datasets").resolve(name + ".yaml")),
                    text -> DatasetManifest.read(written(text)));
        }
    }

    @Test
    void inWhatASearchTries() throws IOException {
        everywhere(yaml("search-yaml"), text -> SearchSpace.read(written(text)));
    }

    @Test
    void inClaims() throws IOException {
        everywhere(yaml("claims-yaml"), text -> StrictReader.read(written(text), ClaimsFile.class));
    }

    @Test
    void inExpectedResults() throws IOException {
        everywhere(yaml("expected-yaml"), text -> StrictReader.read(written(text), Expected.class));
    }

    @Test
    void inATaskAndInASubmission() throws IOException {
        everywhere(yaml("task-yaml"), text -> StrictReader.read(written(text), Task.class));
        everywhere(yaml("submission-yaml"), text -> StrictReader.readTexts(written(text), SubmissionCard.class));
    }

    @Test
    void inAModel() throws IOException {
        byte[] seed = seed("model-parts", "itq");
        long members = new String(Parts.split(seed, 2).get(0), StandardCharsets.UTF_8)
                .lines()
                .count();
        byte[][] parts = Parts.split(seed, (int) members + 1).toArray(byte[][]::new);
        everywhere(new String(parts[1], StandardCharsets.UTF_8), text -> {
            parts[1] = text.getBytes(StandardCharsets.UTF_8);
            ModelParts.write(file, Parts.join(parts));
            TrainedModel model = Models.read(file);
            return List.of(
                    model.card(), model.preprocessor().state(), model.function().state());
        });
    }

    private static byte[] seed(String target, String name) throws IOException {
        FuzzTarget found = new ExperimentTargets()
                .targets().stream()
                        .filter(one -> one.name().equals(target))
                        .findFirst()
                        .orElseThrow();
        return Objects.requireNonNull(found.seeds().make().get(name));
    }

    private static String yaml(String target) throws IOException {
        return new String(seed(target, "small"), StandardCharsets.UTF_8);
    }

    private void everywhere(String text, Reader reader) throws IOException {
        JsonNode right = new YAMLMapper().readTree(text);
        reader.read(right.toString());
        refused = 0;
        for (JsonPointer place : places(right, JsonPointer.empty())) {
            check(right, place, reader);
        }
        assertThat(refused).isGreaterThan(5);
    }

    private void check(JsonNode right, JsonPointer place, Reader reader) throws IOException {
        Object said;
        try {
            said = reader.read(changed(right, place, true));
        } catch (InputException e) {
            assertThat(e.getMessage()).as(place.toString()).doesNotContain("Cannot invoke", "\n", "java", "null");
            refused++;
            return;
        }
        assertThat(right.at(place.head()).isObject())
                .as(place + " is in a list")
                .isTrue();
        assertThat(said).as(place.toString()).isEqualTo(reader.read(changed(right, place, false)));
    }

    /** The content with a null in one place, or without that place. */
    private static String changed(JsonNode right, JsonPointer place, boolean isNull) {
        JsonNode copy = right.deepCopy();
        if (copy.at(place.head()) instanceof ArrayNode list) {
            list.set(place.last().getMatchingIndex(), NullNode.instance);
        } else if (copy.at(place.head()) instanceof ObjectNode group && isNull) {
            group.set(place.last().getMatchingProperty(), NullNode.instance);
        } else if (copy.at(place.head()) instanceof ObjectNode group) {
            group.remove(place.last().getMatchingProperty());
        }
        return copy.toString();
    }

    private static List<JsonPointer> places(JsonNode node, JsonPointer at) {
        List<JsonPointer> places = new ArrayList<>();
        node.properties().forEach(entry -> {
            JsonPointer place = at.appendProperty(entry.getKey());
            places.add(place);
            places.addAll(places(entry.getValue(), place));
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            places.add(at.appendIndex(i));
            places.addAll(places(node.get(i), at.appendIndex(i)));
        }
        return places;
    }
}
