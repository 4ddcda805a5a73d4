package io.github.linfhash.quantizers.advice;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.files.SealedCache;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.neighbors.CodeMeasures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was measured of quantizers, as {@link SealedCache} does, so that an interrupted run goes on: a float64 array of the numbers of a
 * {@link Run}, its recalls last.
 */
public final class MeasureCache {
    /** Keeps nothing. */
    public static final MeasureCache NONE = new MeasureCache(null, "", Progress.NONE);

    private static final int NUMBERS = 5;

    private final @Nullable SealedCache cache;
    private final String program;
    private final Progress progress;

    private MeasureCache(@Nullable SealedCache cache, String program, Progress progress) {
        this.cache = cache;
        this.program = program;
        this.progress = progress;
    }

    /**
     * Keeps files in a folder.
     *
     * @param program names the code, so that nothing is taken for what other code would measure
     */
    public static MeasureCache in(Path folder, String program, Progress progress) {
        return new MeasureCache(new SealedCache(folder), program, progress);
    }

    /** A quantizer with one seed. */
    record Run(
            int bytes,
            long modelBytes,
            double trainSeconds,
            double encodeSeconds,
            double nanosPerDistance,
            CodeMeasures.Values values) {}

    /** What runs measure with: vectors and parts. */
    OfData with(
            FeatureMatrix database,
            FeatureMatrix queries,
            Similarity similarity,
            List<Integer> oversamplings,
            List<CodeMeasures.Part> parts) {
        String data = cache == null
                ? ""
                : String.join(
                        "\n",
                        program,
                        database.sha256(),
                        queries.sha256(),
                        similarity.name(),
                        oversamplings.toString(),
                        parts.stream()
                                .map(part ->
                                        part.rows() + " " + part.neighbors().perQuery())
                                .collect(Collectors.joining(",")));
        return new OfData(data, parts.size(), oversamplings.size(), queries.rows());
    }

    /** What is kept of the same vectors. */
    final class OfData {
        private final String data;
        private final int parts;
        private final int factors;
        private final int queries;

        private OfData(String data, int parts, int factors, int queries) {
            this.data = data;
            this.parts = parts;
            this.factors = factors;
            this.queries = queries;
        }

        /** A run: read if it was kept, measured and kept if not. */
        Run get(QuantizerSpec.Configured one, long seed, Supplier<Run> measurement) throws IOException {
            if (cache == null) {
                return measurement.get();
            }
            String content = String.join("\n", data, one.name(), one.options().toString(), Long.toString(seed));
            SealedCache.Form<Run> form = new SealedCache.Form<>("measured", "measurements", this::read, this::write);
            return cache.get(form, content, measurement::get, progress);
        }

        private void write(Path file, Run run) throws IOException {
            double[] numbers = new double[NUMBERS + parts * factors * queries];
            numbers[0] = run.bytes;
            numbers[1] = run.modelBytes;
            numbers[2] = run.trainSeconds;
            numbers[3] = run.encodeSeconds;
            numbers[4] = run.nanosPerDistance;
            int at = NUMBERS;
            for (int part = 0; part < parts; part++) {
                for (int factor = 0; factor < factors; factor++) {
                    System.arraycopy(run.values.recall(part, factor), 0, numbers, at, queries);
                    at += queries;
                }
            }
            NpyFile.write(file, NpyArray.ofDoubles(numbers));
        }

        private Run read(Path file) {
            NpyArray array = NpyFile.read(file);
            List<Integer> shape = List.of(NUMBERS + parts * factors * queries);
            if (array.type() != NpyType.FLOAT64 || !array.shape().equals(shape)) {
                throw new InputException(file + ": expected float64 of shape " + shape + ", found " + array.type()
                        + " of shape " + array.shape());
            }
            double[][][] recall = new double[parts][factors][queries];
            int at = NUMBERS;
            for (double[][] ofPart : recall) {
                for (double[] ofFactor : ofPart) {
                    for (int q = 0; q < queries; q++) {
                        ofFactor[q] = array.real(at++);
                    }
                }
            }
            return new Run(
                    (int) array.real(0),
                    (long) array.real(1),
                    array.real(2),
                    array.real(3),
                    array.real(4),
                    CodeMeasures.Values.ofRecall(recall));
        }
    }
}
