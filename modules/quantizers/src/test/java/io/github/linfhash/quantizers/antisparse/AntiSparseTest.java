package io.github.linfhash.quantizers.antisparse;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.Samples;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.testing.Blobs;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AntiSparseTest {
    private static final Blobs BLOBS = Samples.blobs(400, 40, 32, 6);

    private static double recall(AntiSparse.Options options) {
        FloatNeighbors truth = FloatNeighbors.find(BLOBS.train(), BLOBS.test(), 10, Similarity.EUCLIDEAN);
        Quantizer.Encoded codes = new AntiSparse(options)
                .fit(BLOBS.train(), Similarity.EUCLIDEAN, new RandomStreams(1))
                .encode(BLOBS.train());
        double[] found = new NeighborRecall(List.of(2)).of(truth, codes, codes.estimates(BLOBS.test()))[0];
        return Arrays.stream(found).average().orElseThrow();
    }

    /** As published, with more bits than dimensions and with fewer; floats against codes tell more than bits against bits. */
    @Test
    void codesOfQueriesFindNeighbors() {
        double longer = recall(new AntiSparse.Options(128, 32, 100, Distance.HAMMING));
        double shorter = recall(new AntiSparse.Options(24, 12, 100, Distance.HAMMING));
        double asymmetric = recall(new AntiSparse.Options(128, 32, 100, Distance.ASYMMETRIC));
        assertThat(shorter).isGreaterThan(0.2);
        assertThat(longer).isGreaterThan(shorter);
        assertThat(asymmetric).isGreaterThan(longer);
    }

    @Test
    void bytesCountTheFactorAndTheTerm() {
        Quantizer.Fitted hamming = new AntiSparse(new AntiSparse.Options(64, 20, 10, Distance.HAMMING))
                .fit(BLOBS.train(), Similarity.DOT, new RandomStreams(1));
        Quantizer.Fitted asymmetric = new AntiSparse(new AntiSparse.Options(64, 20, 10, Distance.ASYMMETRIC))
                .fit(BLOBS.train(), Similarity.DOT, new RandomStreams(1));
        assertThat(hamming.bytes()).isEqualTo(8);
        assertThat(asymmetric.bytes()).isEqualTo(16);
    }

    /** Of 384 dimensions, at and around as many bits. */
    @Test
    void framesAreTwiceAsWideAsWhatTheyRepresent() {
        assertThat(Stream.of(8, 9, 56, 57, 64, 104, 105, 392)
                        .flatMap(bytes -> AntiSparse.SPEC.within(384, bytes).stream())
                        .map(one -> (AntiSparse.Options) one.options()))
                .extracting(options -> options.bits() + ", " + options.dimensions())
                .containsExactly("8, 4", "384, 192", "392, 196", "448, 224", "768, 384", "776, 384", "3072, 384");
    }

    @Test
    void aFrameHasToBeRedundant() {
        assertBadInput(() -> new AntiSparse.Options(32, 32, 10, Distance.HAMMING))
                .hasMessage("dimensions: expected fewer than the 32 bits, found 32");
    }
}
