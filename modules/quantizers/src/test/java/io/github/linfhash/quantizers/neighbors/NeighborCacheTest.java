package io.github.linfhash.quantizers.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.quantizers.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighborCacheTest {
    private static final FeatureMatrix DATABASE = Samples.vectors(200, 6, 1);
    private static final FeatureMatrix QUERIES = Samples.vectors(9, 6, 2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private FloatNeighbors find(FeatureMatrix database, int k, Similarity similarity) throws IOException {
        return new NeighborCache(folder).find(database, QUERIES, k, similarity, Progress.NONE);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".npy")).toList();
        }
    }

    private static void assertSame(FloatNeighbors found, FloatNeighbors expected) {
        assertThat(found.perQuery()).isEqualTo(expected.perQuery());
        assertThat(found.queries()).isEqualTo(expected.queries());
        for (int q = 0; q < expected.queries(); q++) {
            assertThat(found.ids(q)).containsExactly(expected.ids(q));
            assertThat(found.ties(q)).isEqualTo(expected.ties(q));
            for (int rank = 0; rank < expected.perQuery(); rank++) {
                assertThat(found.score(q, rank)).isEqualTo(expected.score(q, rank));
            }
        }
    }

    @Test
    void whatIsKeptIsReadAndNotFoundAgain() throws IOException {
        FloatNeighbors expected = FloatNeighbors.find(DATABASE, QUERIES, 5, Similarity.EUCLIDEAN);
        assertSame(find(DATABASE, 5, Similarity.EUCLIDEAN), expected);
        Path kept = files().get(0);
        Object file = Files.readAttributes(kept, BasicFileAttributes.class).fileKey();
        Files.setLastModifiedTime(kept, FileTime.fromMillis(1000));
        assertSame(find(DATABASE, 5, Similarity.EUCLIDEAN), expected);
        assertThat(files()).hasSize(1);
        // A file that is written anew is moved here, so that it would be another one.
        assertThat(Files.readAttributes(kept, BasicFileAttributes.class).fileKey())
                .isEqualTo(file);
        assertThat(Files.getLastModifiedTime(kept).toMillis())
                .as("what was used last is removed last")
                .isGreaterThan(1000);
    }

    /** Each vector seven times, so that two of them are as near as the last of five. */
    @Test
    void vectorsAsNearAsTheLastAreKept() throws IOException {
        FeatureMatrix copies =
                DATABASE.select(IntStream.range(0, 70).map(i -> i % 10).toArray());
        FloatNeighbors expected = FloatNeighbors.find(copies, QUERIES, 5, Similarity.EUCLIDEAN);
        assertThat(expected.ties(0))
                .hasValueSatisfying(ties -> assertThat(ties.cardinality()).isEqualTo(2));
        find(copies, 5, Similarity.EUCLIDEAN);
        assertSame(find(copies, 5, Similarity.EUCLIDEAN), expected);
    }

    @Test
    void otherVectorsNumbersAndSimilaritiesHaveFilesOfTheirOwn() throws IOException {
        find(DATABASE, 5, Similarity.EUCLIDEAN);
        assertSame(
                find(DATABASE, 4, Similarity.EUCLIDEAN),
                FloatNeighbors.find(DATABASE, QUERIES, 4, Similarity.EUCLIDEAN));
        assertSame(find(DATABASE, 5, Similarity.DOT), FloatNeighbors.find(DATABASE, QUERIES, 5, Similarity.DOT));
        FeatureMatrix other = Samples.vectors(200, 6, 3);
        assertSame(find(other, 5, Similarity.DOT), FloatNeighbors.find(other, QUERIES, 5, Similarity.DOT));
        assertThat(files()).hasSize(4);
    }

    @Test
    void aDamagedFileIsFoundAgain() throws IOException {
        FloatNeighbors expected = find(DATABASE, 5, Similarity.EUCLIDEAN);
        Path kept = files().get(0);
        byte[] content = Files.readAllBytes(kept);
        content[content.length - 40] ^= 1;
        Files.write(kept, content);
        assertSame(find(DATABASE, 5, Similarity.EUCLIDEAN), expected);
    }
}
