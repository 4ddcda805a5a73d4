package io.github.linfhash.advisor.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.codes.InvalidFileException;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyRows;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuantizerFolderTest {
    private static final int WIDTH = 16;

    @TempDir
    Path folder;

    static Stream<QuantizerSpec.Configured> small() {
        return Quantizers.PORTABLE.stream().flatMap(spec -> spec.smallest(WIDTH).stream());
    }

    /** The last byte is of a value, so that the file stays an array of the same type and shape. */
    @ParameterizedTest
    @MethodSource("small")
    void everyFileHasItsSumAndAServiceRefusesArraysThatDiffer(QuantizerSpec.Configured one) throws IOException {
        FeatureMatrix vectors =
                Blobs.classes(new Blobs.Sizes(3, WIDTH, 60, 1), 1).train();
        PortableQuantizer fitted =
                (PortableQuantizer) one.quantizer().fit(vectors, Similarity.DOT, new RandomStreams(2));
        new QuantizerFolder(one, Similarity.DOT, 2, false, List.of(), "a command", null)
                .write(folder, vectors, vectors, fitted);
        Path card = folder.resolve(QuantizerFolder.CARD);
        JsonNode sums = StrictReader.tree("card", Files.readAllBytes(card)).path("sha256");
        FittedQuantizer sound = FittedQuantizer.load(folder);
        try (CodeIndex index = CodeIndex.ofFolder(sound, folder)) {
            assertThat(index.size()).isEqualTo(60);
        }
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(file -> !file.equals(card)).toList();
        }
        assertThat(sums.size()).isEqualTo(files.size());
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            assertThat(sums.path(name).asText()).as(name).isEqualTo(Digests.sha256(file));
            if (name.endsWith(".npy")) {
                byte[] content = Files.readAllBytes(file);
                content[content.length - 1] ^= 1;
                Files.write(file, content);
                assertThatThrownBy(() -> CodeIndex.ofFolder(FittedQuantizer.load(folder), folder))
                        .isInstanceOf(InvalidFileException.class)
                        .hasMessageStartingWith(
                                file + ": expected the file that quantizer.json describes, found another");
                content[content.length - 1] ^= 1;
                Files.write(file, content);
            }
        }
    }

    /** The arrays of the model have the order of the quantizer. */
    @ParameterizedTest
    @MethodSource("small")
    void arraysOfCodesAreInAlphabeticalOrder(QuantizerSpec.Configured one) throws IOException {
        FeatureMatrix vectors =
                Blobs.classes(new Blobs.Sizes(3, WIDTH, 60, 1), 1).train();
        PortableQuantizer fitted =
                (PortableQuantizer) one.quantizer().fit(vectors, Similarity.DOT, new RandomStreams(2));
        new QuantizerFolder(one, Similarity.DOT, 2, false, List.of(), "a command", null)
                .write(folder, vectors, vectors, fitted);
        JsonNode card = StrictReader.tree("card", Files.readAllBytes(folder.resolve(QuantizerFolder.CARD)));
        List<String> names = new ArrayList<>();
        card.path("arrays").fieldNames().forEachRemaining(names::add);
        List<String> ofCodes = names.subList(fitted.parts().arrays().size(), names.size());
        assertThat(ofCodes).contains("codes.npy").isSorted();
    }

    @Test
    void foldersOfEarlierVersionsHaveNoSums() throws IOException {
        QuantizerSpec.Configured one = small().findFirst().orElseThrow();
        FeatureMatrix vectors =
                Blobs.classes(new Blobs.Sizes(3, WIDTH, 60, 1), 1).train();
        PortableQuantizer fitted =
                (PortableQuantizer) one.quantizer().fit(vectors, Similarity.DOT, new RandomStreams(2));
        new QuantizerFolder(one, Similarity.DOT, 2, false, List.of(), "a command", null)
                .write(folder, vectors, vectors, fitted);
        Path card = folder.resolve(QuantizerFolder.CARD);
        ObjectNode json = (ObjectNode) StrictReader.tree("card", Files.readAllBytes(card));
        json.remove("sha256");
        AtomicFiles.write(card, StrictReader.toJsonFile(json));
        try (CodeIndex index = CodeIndex.ofFolder(FittedQuantizer.load(folder), folder)) {
            assertThat(index.size()).isEqualTo(60);
        }
    }

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
        new QuantizerFolder(int8, Similarity.DOT, 2, false, List.of(), "a command", null)
                .write(folder, outside, PreparedVectors.of(Similarity.DOT, outside, "vectors"), fitted);
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

    /** More bytes of codes than an array has room for: 2,147,500,032. */
    @Test
    @Tag("slow")
    void moreThanTwoGigabytesOfCodesAreWritten() throws IOException {
        int d = 4096;
        int n = 524_292;
        QuantizerSpec.Configured int8 = Quantizers.PORTABLE.stream()
                .filter(spec -> spec.name().equals("int8"))
                .flatMap(spec -> spec.within(d, d + 4).stream())
                .findFirst()
                .orElseThrow();
        FeatureMatrix outside = FeatureMatrix.reading(n, d, (from, count, target, offset) -> {
            for (int i = 0; i < count * d; i++) {
                target[offset + i] = ((from + i / d) * 31 + i % d) % 255 - 127;
            }
        });
        PortableQuantizer fitted =
                (PortableQuantizer) int8.quantizer().fit(outside.part(0, 100), Similarity.DOT, new RandomStreams(2));
        new QuantizerFolder(int8, Similarity.DOT, 2, false, List.of(), "a command", null)
                .write(folder, outside, outside, fitted);
        try (NpyRows codes = NpyRows.open(folder.resolve("codes.npy"))) {
            assertThat(codes.rows()).isEqualTo(n);
            assertThat((long) codes.rows() * codes.columns() * codes.type().bytes())
                    .isGreaterThan(Integer.MAX_VALUE);
            codes.skip(n - 3);
            assertThat(codes.next(3).toBytes())
                    .isEqualTo(Objects.requireNonNull(
                                    fitted.arrays(outside.part(n - 3, 3)).get("codes"))
                            .toBytes());
        }
        assertThat(NpyFile.read(folder.resolve("scales.npy")).rows()).isEqualTo(n);
    }
}
