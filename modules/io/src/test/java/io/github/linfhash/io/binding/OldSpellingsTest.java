package io.github.linfhash.io.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldSpellingsTest {
    @TempDir
    Path folder;

    record File(Map<String, Object> quantizers, Inner center, List<String> metrics) {}

    record Inner(int normalize) {}

    private File read(String yaml) throws IOException {
        return StrictReader.read(Files.writeString(folder.resolve("a.yaml"), yaml), File.class);
    }

    @Test
    void oldAndPresentKeysAreTheSame() throws IOException {
        assertThat(read("""
                quantisers: {training: {optimiser: adam, neighbours: 3}, training.losses.csq.quantisation: 1, other: x}
                centre: {normalise: 2}
                metrics: [neighbourRecall@10, map]
                """))
                .isEqualTo(read("""
                quantizers: {training: {optimizer: adam, neighbors: 3}, training.losses.csq.quantization: 1, other: x}
                center: {normalize: 2}
                metrics: [neighborRecall@10, map]
                """))
                .isEqualTo(new File(
                        Map.of(
                                "training",
                                Map.of("optimizer", "adam", "neighbors", 3),
                                "training.losses.csq.quantization",
                                1,
                                "other",
                                "x"),
                        new Inner(2),
                        List.of("neighborRecall@10", "map")));
    }

    @Test
    void jsonAndGivenValuesAreReadAlike() {
        byte[] json =
                "{\"quantisers\":{},\"centre\":{\"normalise\":1},\"metrics\":[]}".getBytes(StandardCharsets.UTF_8);
        assertThat(StrictReader.readJson("a", json, File.class)).isEqualTo(new File(Map.of(), new Inner(1), List.of()));
        assertThat(StrictReader.convert("a", Map.of("normalise", 4), Inner.class))
                .isEqualTo(new Inner(4));
    }

    @Test
    void aTreeHasPresentKeysToo() {
        byte[] json = "{\"runs\":[{\"metrics\":{\"neighbourRecall@1\":0.5,\"quantisation@queries\":2}}]}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(StrictReader.tree("a", json).at("/runs/0/metrics").fieldNames())
                .toIterable()
                .containsExactly("neighborRecall@1", "quantization@queries");
    }

    @Test
    void wordsOfPeopleStay() throws IOException {
        assertThat(read("""
                quantizers: {note: the neighbours of the centre}
                center: {normalize: 2}
                metrics: [neighbours, centre]
                """).metrics()).containsExactly("neighbours", "centre");
    }

    @Test
    void anErrorStillSaysWhere() {
        assertThatThrownBy(() -> read("quantisers: {}\ncentre: {normalise: much}\nmetrics: []\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2");
    }
}
