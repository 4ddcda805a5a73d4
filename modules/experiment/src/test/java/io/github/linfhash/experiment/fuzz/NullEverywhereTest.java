package io.github.linfhash.experiment.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.experiment.models.TrainedModel;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.tuning.SearchSpace;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.results.claims.ClaimsFile;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.testing.fuzz.NullChecks;
import io.github.linfhash.testing.fuzz.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Null in each place of each kind of file: it is refused in one sentence, or means the same as leaving the key out. */
class NullEverywhereTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));
    private static final int AT_ONCE = 4;

    @TempDir
    Path folder;

    private Path file = Path.of("unset");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("cifar10.yaml");
    }

    private Path written(String text) throws IOException {
        return Files.writeString(file, text);
    }

    /** One configuration of each method, and another one of the first; few methods at a time, as each null reads all that are there. */
    @Test
    void inAProtocolAndTheOptionsOfItsMethods() throws IOException {
        ObjectNode protocol = (ObjectNode) new YAMLMapper().readTree(protocol());
        List<JsonNode> methods = new ArrayList<>();
        for (JsonNode method : protocol.path("methods")) {
            if (method.path("variant").asText("tuned").equals("tuned")
                    || method.path("name").asText().equals("ksh")) {
                methods.add(method);
            }
        }
        assertThat(methods).hasSizeGreaterThan(15);
        for (int from = 0; from < methods.size(); from += AT_ONCE) {
            everywhereInAProtocol(only(protocol, methods.subList(from, Math.min(from + AT_ONCE, methods.size())))
                    .toString());
        }
    }

    /** Returns a protocol of some of its methods, with what it says of these. */
    private static ObjectNode only(ObjectNode protocol, List<JsonNode> methods) {
        ObjectNode part = protocol.deepCopy();
        part.putArray("methods").addAll(methods);
        List<String> names =
                methods.stream().map(method -> method.path("name").asText()).toList();
        ((ArrayNode) part.path("variants"))
                .removeIf(variant -> !names.contains(variant.path("method").asText()));
        ((ObjectNode) part.at("/quick/options")).retain(names);
        part.remove("shown");
        return part;
    }

    @Test
    @Tag("slow")
    void inAProtocolAndTheOptionsOfAllItsConfigurations() throws IOException {
        everywhereInAProtocol(protocol());
    }

    /** The protocol with the most methods, with a variant. */
    private static String protocol() throws IOException {
        return Files.readString(HOME.resolve("protocols/cifar10.yaml"))
                + "\nvariants:\n  - {name: tied, method: deep-linf, variant: tuned, options: {stageWeights: tied}}\n";
    }

    private void everywhereInAProtocol(String content) throws IOException {
        NullChecks.everywhere(content, text -> {
            Protocol protocol = new ProtocolFiles(folder).read(written(text).toString());
            List<Object> said = new ArrayList<>(List.of(protocol));
            for (MethodEntry entry : protocol.methods()) {
                Map<String, Object> quick = protocol.quick().optionsOf(entry.name());
                for (Map<String, Object> overrides : List.of(Map.<String, Object>of(), quick)) {
                    ConfiguredMethod<?> configured = MethodRegistry.standard().configure(protocol, entry, overrides);
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
            NullChecks.everywhere(
                    Files.readString(HOME.resolve("datasets").resolve(name + ".yaml")),
                    text -> DatasetManifest.read(written(text)));
        }
    }

    @Test
    void inWhatASearchTries() throws IOException {
        NullChecks.everywhere(yaml("search-yaml"), text -> SearchSpace.read(written(text)));
    }

    @Test
    void inClaims() throws IOException {
        NullChecks.everywhere(yaml("claims-yaml"), text -> StrictReader.read(written(text), ClaimsFile.class));
    }

    @Test
    void inExpectedResults() throws IOException {
        NullChecks.everywhere(yaml("expected-yaml"), text -> StrictReader.read(written(text), Expected.class));
    }

    @Test
    void inAModel() throws IOException {
        byte[] seed = NullChecks.seed(new ExperimentTargets(), "model-parts", "itq");
        long members = new String(Parts.split(seed, 2).get(0), StandardCharsets.UTF_8)
                .lines()
                .count();
        byte[][] parts = Parts.split(seed, (int) members + 1).toArray(byte[][]::new);
        NullChecks.everywhere(new String(parts[1], StandardCharsets.UTF_8), text -> {
            parts[1] = text.getBytes(StandardCharsets.UTF_8);
            ModelParts.write(file, Parts.join(parts));
            TrainedModel model = Models.read(file);
            return List.of(
                    model.card(), model.preprocessor().state(), model.function().state());
        });
    }

    private static String yaml(String target) throws IOException {
        return new String(NullChecks.seed(new ExperimentTargets(), target, "small"), StandardCharsets.UTF_8);
    }
}
