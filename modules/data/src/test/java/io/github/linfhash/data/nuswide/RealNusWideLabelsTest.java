package io.github.linfhash.data.nuswide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.core.features.LabelSets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RealNusWideLabelsTest {
    @Test
    void theMostFrequentConceptsAreThoseKnown() {
        String folder = System.getenv().getOrDefault("LINFHASH_NUS_WIDE", "");
        assumeTrue(!folder.isEmpty(), "skipped: the environment variable LINFHASH_NUS_WIDE names no NUS-WIDE folder");
        NusWideLabels truth = NusWideLabels.read(Path.of(folder));
        assertThat(truth.labels().size()).isEqualTo(269_648);
        assertThat(truth.concepts()).hasSize(81);
        int[] counts = truth.labels().counts();
        int[] frequent = IntStream.range(0, 81)
                .boxed()
                .sorted(Comparator.comparing(c -> -counts[c]))
                .limit(21)
                .mapToInt(c -> c)
                .toArray();
        assertThat(IntStream.of(frequent).mapToObj(truth.concepts()::get))
                .isEqualTo(List.of(
                        "sky",
                        "clouds",
                        "person",
                        "water",
                        "animal",
                        "grass",
                        "buildings",
                        "window",
                        "plants",
                        "lake",
                        "ocean",
                        "road",
                        "flowers",
                        "sunset",
                        "reflection",
                        "rocks",
                        "vehicle",
                        "snow",
                        "tree",
                        "beach",
                        "mountain"));
        assertThat(counts[frequent[0]]).isEqualTo(74_190);
        assertThat(counts[frequent[20]]).isEqualTo(5_099);
        // As printed by the users of this subset, for example in the data sets of DeepHash.
        LabelSets kept = truth.labels().keep(frequent);
        assertThat(IntStream.range(0, kept.size()).filter(row -> kept.count(row) > 0))
                .hasSize(195_834);
    }
}
