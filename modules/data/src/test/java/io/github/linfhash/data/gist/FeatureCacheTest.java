package io.github.linfhash.data.gist;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.cache.FeatureCache;
import io.github.linfhash.data.images.ImageShape;
import io.github.linfhash.data.images.LabeledImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
    private static final GistOptions OPTIONS = new GistOptions(List.of(4), 2, 4, GistConvention.LMGIST);

    @TempDir
    private Path folder;

    private final Watch watch = new Watch();

    /** Counts computations, and keeps what is said. */
    private static final class Watch implements Progress {
        private final List<String> tasks = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        @Override
        public Task begin(String name, long steps) {
            tasks.add(name);
            return Task.SILENT;
        }

        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }
    }

    private FeatureMatrix features() throws IOException {
        return new Gist(OPTIONS).extract(images(), new FeatureCache(folder), watch);
    }

    private static LabeledImages images() {
        UniformRandomProvider random = new RandomStreams(0).stream("pixels");
        byte[] pixels = new byte[3 * 16 * 16];
        random.nextBytes(pixels);
        return LabeledImages.owning(
                new ImageShape(16, 16, 1), pixels, ClassLabels.of(new int[] {0, 1, 0}), List.of("a", "b"));
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".npy"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void computesOnce() throws IOException {
        FeatureMatrix first = features();
        assertThat(watch.tasks).hasSize(1);
        assertThat(features().sha256()).isEqualTo(first.sha256());
        assertThat(watch.tasks).hasSize(1);
        assertThat(watch.notes).isEmpty();
    }

    @Test
    void computesADamagedFileAgainAndSaysSo() throws IOException {
        FeatureMatrix first = features();
        byte[] good = Files.readAllBytes(file());
        byte[] flipped = good.clone();
        // The last bit of a value in the middle: still a number, and a file of the right size.
        flipped[good.length - 40] ^= 1;
        for (byte[] bad : List.of(flipped, Arrays.copyOf(good, good.length / 2), new byte[0])) {
            Files.write(file(), bad);
            assertThat(features().sha256()).isEqualTo(first.sha256());
            assertThat(file()).hasBinaryContent(good);
        }
        assertThat(watch.tasks).hasSize(4);
        assertThat(watch.notes).hasSize(3).allSatisfy(note -> assertThat(note).contains(file().toString()));
    }

    @Test
    void deletesWhatAKilledProcessLeft() throws IOException {
        Path left = folder.resolve(".gist-0.npy.999999999999999999.01234567-89ab-cdef-0123-456789abcdef.part");
        Files.setLastModifiedTime(
                Files.writeString(left, "half"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        features();
        assertThat(left).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeWrittenCostsTimeAlone() throws IOException {
        FeatureMatrix kept = features();
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThat(new Gist(OPTIONS)
                        .extract(images(), new FeatureCache(file), watch)
                        .sha256())
                .isEqualTo(kept.sha256());
        assertThat(watch.notes).singleElement().asString().contains("could not be kept");
        assertThat(file).hasContent("not a folder");
    }
}
