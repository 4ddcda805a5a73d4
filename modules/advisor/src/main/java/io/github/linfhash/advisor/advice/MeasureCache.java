package io.github.linfhash.advisor.advice;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.files.SealedCache;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.CodeMeasures;
import io.github.linfhash.quantizers.neighbors.LabelMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps measurements of quantizers in a {@link SealedCache}, so that an interrupted request can be resumed. A file is a float64 array: the numbers
 * of a {@link Run}, the shape of its recalls, and the recalls.
 */
public final class MeasureCache {
    /** Keeps nothing. */
    public static final MeasureCache NONE = new MeasureCache(null, "", Progress.NONE);

    private static final int NUMBERS = 9;

    /** The version of the files. */
    private static final String FORM = "2";

    private final @Nullable SealedCache cache;
    private final String decisive;
    private final Progress progress;

    private MeasureCache(@Nullable SealedCache cache, String decisive, Progress progress) {
        this.cache = cache;
        this.decisive = decisive;
        this.progress = progress;
    }

    /**
     * Keeps files in a folder.
     *
     * @param decisive names the code that measures, so that measurements of other code are not used
     */
    public static MeasureCache in(Path folder, String decisive, Progress progress) {
        return new MeasureCache(new SealedCache(folder), decisive, progress);
    }

    /**
     * A quantizer with one seed.
     *
     * @param learned whether it was fitted to vectors that are not searched
     * @param values of the queries
     * @param besides means that are measured with the first seed only
     */
    record Run(
            int bytes,
            long modelBytes,
            boolean learned,
            double trainSeconds,
            double encodeSeconds,
            double nanosPerDistance,
            CodeMeasures.Values values,
            Besides besides) {}

    /**
     * Mean recall at each oversampling; empty where it was not measured.
     *
     * @param seen among vectors that the quantizer was fitted to
     * @param fresh among as many new ones, of the same queries
     * @param sampled of queries that were drawn from the vectors, where others were given
     */
    record Besides(List<Double> seen, List<Double> fresh, List<Double> sampled) {}

    /** Returns this cache for measurements that also depend on something else, such as labels. */
    MeasureCache dependingOn(String more) {
        return new MeasureCache(cache, decisive + "\n" + more, progress);
    }

    /**
     * Returns the cache of runs on some vectors and queries.
     *
     * @param vectors a text that identifies the vectors and how they are divided
     */
    OfData with(String vectors, FeatureMatrix queries, AdviceRequest.Question question) {
        String data = cache == null
                ? ""
                : String.join(
                        "\n",
                        FORM,
                        decisive,
                        vectors,
                        queries.sha256(),
                        question.similarity().name(),
                        question.oversamplings() + " " + question.mostOversampling(),
                        Integer.toString(question.neighbors()));
        return new OfData(data, question.oversamplings().size(), queries.rows());
    }

    /** The cache of runs on the same vectors. */
    final class OfData {
        private final String data;
        private final int factors;
        private final int queries;

        private OfData(String data, int factors, int queries) {
            this.data = data;
            this.factors = factors;
            this.queries = queries;
        }

        /** Returns a run from the cache, or measures and keeps it. */
        Run get(QuantizerSpec.Configured one, long seed, Supplier<Run> measurement) throws IOException {
            if (cache == null) {
                return measurement.get();
            }
            String content = String.join("\n", data, one.name(), one.options().toString(), Long.toString(seed));
            SealedCache.Form<Run> form = new SealedCache.Form<>("measured", "measurements", this::read, this::write);
            return cache.get(form, content, measurement::get, progress);
        }

        private void write(Path file, Run run) throws IOException {
            int parts = run.values.parts();
            DoubleStream.Builder numbers = DoubleStream.builder();
            DoubleStream.of(
                            run.bytes,
                            (double) run.modelBytes,
                            run.learned ? 1 : 0,
                            run.trainSeconds,
                            run.encodeSeconds,
                            run.nanosPerDistance,
                            parts,
                            run.values.kept(),
                            run.values.rescoredFactors())
                    .forEach(numbers);
            for (int part = 0; part < parts; part++) {
                for (int factor = 0; factor < factors; factor++) {
                    DoubleStream.of(run.values.recall(part, factor)).forEach(numbers);
                    double[][] leavingOut = run.values.leavingOut(part, factor);
                    numbers.add(leavingOut.length);
                    for (double[] group : leavingOut) {
                        DoubleStream.of(group).forEach(numbers);
                    }
                }
            }
            for (int kind = 0; kind < run.values.kept(); kind++) {
                for (int factor = 0; factor < run.values.rescoredFactors(); factor++) {
                    DoubleStream.of(run.values.rescored(kind, factor)).forEach(numbers);
                }
            }
            for (List<Double> measured : List.of(run.besides.seen, run.besides.fresh, run.besides.sampled)) {
                numbers.add(measured.size());
                measured.forEach(numbers::add);
            }
            put(run.values.labels().map(LabelMetrics.PerQuery::averagePrecision), numbers);
            put(run.values.labels().map(LabelMetrics.PerQuery::precision), numbers);
            put(run.values.gain(), numbers);
            NpyFile.write(file, NpyArray.ofDoubles(numbers.build().toArray()));
        }

        private static void put(Optional<double[]> ofQueries, DoubleStream.Builder numbers) {
            double[] values = ofQueries.orElse(new double[0]);
            numbers.add(values.length);
            DoubleStream.of(values).forEach(numbers);
        }

        private Run read(Path file) {
            NpyArray array = NpyFile.read(file);
            if (array.type() != NpyType.FLOAT64 || array.shape().size() != 1) {
                throw new InputException(
                        file + ": expected a row of float64, found " + array.type() + " of shape " + array.shape());
            }
            Numbers numbers = new Numbers(file, array);
            double[] first = numbers.next(NUMBERS);
            int parts = (int) first[6];
            double[][][] recall = new double[parts][factors][];
            double[][][][] leavingOut = new double[parts][factors][][];
            for (int part = 0; part < parts; part++) {
                for (int factor = 0; factor < factors; factor++) {
                    recall[part][factor] = numbers.next(queries);
                    leavingOut[part][factor] = new double[numbers.count()][];
                    for (int group = 0; group < leavingOut[part][factor].length; group++) {
                        leavingOut[part][factor][group] = numbers.next(queries);
                    }
                }
            }
            double[][][] rescored = new double[(int) first[7]][(int) first[8]][];
            for (double[][] kind : rescored) {
                Arrays.setAll(kind, factor -> numbers.next(queries));
            }
            Besides besides = new Besides(numbers.list(), numbers.list(), numbers.list());
            double[] averagePrecision = numbers.next(numbers.count());
            double[] precision = numbers.next(numbers.count());
            double[] gain = numbers.next(numbers.count());
            return new Run(
                    (int) first[0],
                    (long) first[1],
                    first[2] == 1,
                    first[3],
                    first[4],
                    first[5],
                    new CodeMeasures.Values(
                            recall,
                            leavingOut,
                            rescored,
                            precision.length == 0 ? null : new LabelMetrics.PerQuery(averagePrecision, precision),
                            gain.length == 0 ? null : gain),
                    besides);
        }
    }

    /** Numbers of a file, one after another. */
    private static final class Numbers {
        private final Path file;
        private final NpyArray array;
        private int at;

        Numbers(Path file, NpyArray array) {
            this.file = file;
            this.array = array;
        }

        int count() {
            return (int) next(1)[0];
        }

        /** Reads a number, and as many further numbers. */
        List<Double> list() {
            return DoubleStream.of(next(count())).boxed().toList();
        }

        double[] next(int count) {
            if (count < 0 || count > array.shape().get(0) - at) {
                throw new InputException(file + ": expected " + count + " more numbers, found "
                        + (array.shape().get(0) - at));
            }
            double[] next = new double[count];
            for (int i = 0; i < count; i++) {
                next[i] = array.real(at++);
            }
            return next;
        }
    }
}
