package io.github.linfhash.experiment.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizerFolderTest {
    @TempDir
    Path folder;

    /** 10,000 x 1,000 values are encoded in three parts, none of which has half of them. */
    @Test
    void vectorsOutsideOfMemoryAreEncodedInParts() throws IOException {
        int n = 10_000;
        int d = 1000;
        UniformRandomProvider random = new RandomStreams(1).stream("vectors");
        float[] values = new float[n * d];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        FeatureMatrix inside = FeatureMatrix.owning(n, d, values);
        AtomicInteger most = new AtomicInteger();
        FeatureMatrix outside = FeatureMatrix.reading(n, d, (from, count, target, offset) -> {
            most.accumulateAndGet(target.length / d, Math::max);
            inside.copyRows(from, count, target, offset);
        });
        QuantizerSpec.Configured int8 = Quantizers.PORTABLE.stream()
                .filter(spec -> spec.name().equals("int8"))
                .flatMap(spec -> spec.within(d, d + 4).stream())
                .findFirst()
                .orElseThrow();
        PortableQuantizer fitted =
                (PortableQuantizer) int8.quantizer().fit(outside, Similarity.DOT, new RandomStreams(2));
        new QuantizerFolder(int8, Similarity.DOT, 2, false, List.of(), "a command")
                .write(folder, outside, Similarity.DOT.prepare(outside, "vectors"), fitted);
        assertThat(most.get()).isBetween(n / 4, n / 2);
        Map<String, NpyArray> expected = fitted.arrays(inside);
        assertThat(expected).containsKeys("codes", "scales");
        for (Map.Entry<String, NpyArray> array : expected.entrySet()) {
            NpyArray written = NpyFile.read(folder.resolve(array.getKey() + ".npy"));
            assertThat(written.shape()).isEqualTo(array.getValue().shape());
            assertThat(written.type()).isEqualTo(array.getValue().type());
            assertThat(written.toBytes()).isEqualTo(array.getValue().toBytes());
        }
    }
}
