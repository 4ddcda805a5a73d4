package io.github.linfhash.advisor.export;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.advisor.advice.DriftProfile;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.codes.Query;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FittedRecordTest {
    private static final int DIMENSION = 16;
    private static final int K = 5;
    private static final List<Integer> SIZES = List.of(100, 240);

    @TempDir
    private Path folder;

    private final Blobs blobs = Blobs.classes(new Blobs.Sizes(6, DIMENSION, 300, 40), 3);

    /** Vectors of several norms, so that similarities differ. */
    private static FeatureMatrix scaled(FeatureMatrix vectors) {
        float[] values = vectors.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 1 + (i / DIMENSION) % 7 * 0.1f;
        }
        return FeatureMatrix.owning(vectors.rows(), DIMENSION, values);
    }

    private DriftProfile.Sample sample() {
        return new DriftProfile.Sample(scaled(blobs.train()), scaled(blobs.test()), false);
    }

    private FittedQuantizer written(String name, int bytes, Similarity similarity) throws IOException {
        QuantizerSpec.Configured one = Quantizers.PORTABLE.stream()
                .filter(spec -> spec.name().equals(name))
                .flatMap(spec -> spec.within(DIMENSION, bytes).stream())
                .findFirst()
                .orElseThrow();
        FeatureMatrix raw = sample().database();
        FeatureMatrix prepared = PreparedVectors.of(similarity, raw, "vectors");
        PortableQuantizer fitted = (PortableQuantizer) one.quantizer().fit(prepared, similarity, new RandomStreams(2));
        new QuantizerFolder(one, similarity, 2, false, List.of(), "a command", null)
                .write(folder, raw, prepared, fitted);
        return FittedQuantizer.load(folder);
    }

    private DriftProfile profile(FittedQuantizer quantizer) {
        Similarity similarity = quantizer.similarity();
        return DriftProfile.of(DriftProfile.Coder.of(quantizer), similarity, sample(), K, SIZES);
    }

    private static float[] row(FeatureMatrix matrix, int i) {
        float[] row = new float[matrix.dimension()];
        matrix.copyRow(i, row);
        return row;
    }

    /** Among the first vectors: exact neighbors by sorting, and candidates by sorting estimates, ties by row. */
    private static double recall(FittedQuantizer quantizer, DriftProfile.Sample sample, int size, int oversampling) {
        double sum = 0;
        for (int q = 0; q < sample.queries().rows(); q++) {
            float[] asked = row(sample.queries(), q);
            Query query = quantizer.query(asked);
            List<Integer> exact =
                    first(size, K, i -> quantizer.similarity().distance(asked, row(sample.database(), i)));
            List<Integer> candidates =
                    first(size, K * oversampling, i -> query.distance(quantizer.encode(row(sample.database(), i))));
            sum += exact.stream().filter(candidates::contains).count() / (double) K;
        }
        return sum / sample.queries().rows();
    }

    private static List<Integer> first(int size, int count, IntToDoubleFunction distance) {
        double[] distances = IntStream.range(0, size).mapToDouble(distance).toArray();
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distances[i]))
                .limit(count)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void recallIsThatOfPlainLoops(Similarity similarity) throws IOException {
        FittedQuantizer quantizer = written("pq", 4, similarity);
        DriftProfile.Found found = profile(quantizer).found();
        assertThat(found.recall().keySet()).containsExactlyElementsOf(SIZES);
        for (int size : SIZES) {
            for (int factor : DriftProfile.OVERSAMPLINGS) {
                DriftProfile.Interval interval =
                        Objects.requireNonNull(found.recall().get(size)).get(factor);
                // Estimates of 4 bytes are rarely equal; where they are, recall is an expectation.
                assertThat(Objects.requireNonNull(interval).mean())
                        .isCloseTo(recall(quantizer, sample(), size, factor), within(0.005));
            }
        }
    }

    @Test
    void theNumbersOfTheVectorsAreThoseOfPlainLoops() throws IOException {
        FeatureMatrix vectors = sample().database();
        DriftProfile profile = profile(written("pq", 4, Similarity.EUCLIDEAN));
        double norms = 0;
        double[] mean = new double[DIMENSION];
        for (int i = 0; i < vectors.rows(); i++) {
            double squares = 0;
            for (int j = 0; j < DIMENSION; j++) {
                squares += Math.pow(vectors.get(i, j), 2);
                mean[j] += vectors.get(i, j) / (double) vectors.rows();
            }
            norms += Math.sqrt(squares) / vectors.rows();
        }
        double spread = 0;
        for (int i = 0; i < vectors.rows(); i++) {
            for (int j = 0; j < DIMENSION; j++) {
                spread += Math.pow(vectors.get(i, j) - mean[j], 2) / vectors.rows();
            }
        }
        assertThat(profile.found().meanNorm()).isCloseTo(norms, within(1e-9));
        assertThat(profile.found().spread()).isCloseTo(Math.sqrt(spread), within(1e-9));
        for (int j = 0; j < DIMENSION; j++) {
            assertThat((double) profile.mean().get(0, j)).isCloseTo(mean[j], within(1e-6));
        }
    }

    @Test
    void theRecordComesBackAndChangesNoQuantizer() throws IOException {
        FittedQuantizer before = written("rotated-sign", 2, Similarity.COSINE);
        assertThat(FittedRecord.read(folder, DIMENSION)).isEmpty();
        String card = Files.readString(folder.resolve("quantizer.json"));
        DriftProfile profile = profile(before);
        FittedRecord.write(folder, profile);
        DriftProfile read = FittedRecord.read(folder, DIMENSION).orElseThrow();
        assertThat(read).isEqualTo(profile);
        // What was there stays as it was, up to the list of files.
        assertThat(Files.readString(folder.resolve("quantizer.json")))
                .startsWith(card.substring(0, card.indexOf("\"others\"")))
                .contains("\"mean.npy\"", "\"fitted\": {");
        FittedQuantizer after = FittedQuantizer.load(folder);
        float[] vector = row(sample().queries(), 0);
        assertThat(after.encode(vector)).isEqualTo(before.encode(vector));
    }

    @Test
    void damagedRecordsAreRefused() throws IOException {
        FittedQuantizer quantizer = written("rotated-sign", 2, Similarity.COSINE);
        FittedRecord.write(folder, profile(quantizer));
        Path card = folder.resolve("quantizer.json");
        String sound = Files.readString(card);
        assertBadInput(() -> readChanged(sound, "\"neighbors\": 5", "\"neighbors\": 0"))
                .hasMessageContaining("quantizer.json, fitted")
                .hasMessageContaining("found neighbors 0");
        assertBadInput(() -> readChanged(sound, "\"queriesDrawn\"", "\"drawn\""))
                .hasMessageContaining("unknown key")
                .hasMessageContaining("found 'drawn'");
        assertBadInput(() -> readChanged(sound, "\"fitted\": {", "\"fitted\": 7, \"other\": {"))
                .hasMessageContaining("quantizer.json, fitted");
        assertBadInput(() -> readChanged(sound, "\"mean\": 0", "\"mean\": 2"))
                .hasMessageContaining("expected 0 <= low <= mean <= high <= 1");
        Files.writeString(card, sound);
        FeatureArrays.write(folder.resolve("mean.npy"), blobs.test());
        assertBadInput(() -> FittedRecord.read(folder, DIMENSION))
                .hasMessageContaining("mean.npy: expected one vector of dimension 16, found 40");
        Files.delete(folder.resolve("mean.npy"));
        assertBadInput(() -> FittedRecord.read(folder, DIMENSION)).hasMessageContaining("mean.npy");
        // A service does not read the record.
        assertThat(FittedQuantizer.load(folder).bytes()).isEqualTo(2);
    }

    private void readChanged(String sound, String from, String to) throws IOException {
        assertThat(sound).contains(from);
        Files.writeString(folder.resolve("quantizer.json"), sound.replace(from, to));
        FittedRecord.read(folder, DIMENSION);
    }
}
