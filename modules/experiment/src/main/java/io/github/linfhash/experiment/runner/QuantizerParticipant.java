package io.github.linfhash.experiment.runner;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.registry.ConfiguredQuantizer;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.protocol.QuantizerEntry.TrainedOn;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.CodeMeasures;
import io.github.linfhash.quantizers.neighbors.LabelMetrics;
import io.github.linfhash.results.schema.Configuration;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * A quantizer, fitted to the database of a run, or to half of it.
 *
 * @param quantizer the quantizer with its options at all code lengths
 */
public record QuantizerParticipant(ConfiguredQuantizer quantizer) implements Participant {
    private static final int HASHED_QUERIES = 10;
    private static final int FIRST = 10;

    @Override
    public String entry() {
        return quantizer.entry().entry();
    }

    @Override
    public boolean makes(int bits, long seed) {
        return quantizer.at().containsKey(bits);
    }

    private QuantizerSpec.Configured at(int bits) {
        return Objects.requireNonNull(quantizer.at().get(bits));
    }

    @Override
    public String hash(int bits, long seed) {
        QuantizerSpec.Configured configured = at(bits);
        List<Object> of = new ArrayList<>(List.of("quantizer", configured.name(), configured.options()));
        if (quantizer.entry().training() != TrainedOn.DATABASE) {
            of.add(quantizer.entry().training().name());
        }
        return StrictReader.hash(of);
    }

    @Override
    public Configuration configuration(List<Integer> lengths) {
        return quantizer.configuration();
    }

    @Override
    public String trainedOn(int bits, TrainingDevice device) {
        return RunResult.CPU;
    }

    @Override
    public MeasuredRun measure(RunKey run, PreparedSplit all, Conventions conventions, TrainingContext context) {
        PreparedSplit.Neighborhood whole = neighborhood(all);
        List<int[]> halves = List.of();
        PreparedSplit split = all;
        if (quantizer.entry().training() != TrainedOn.DATABASE) {
            halves = halves(whole.database().rows(), context.random());
            split = all.among(halves.get(0));
        }
        PreparedSplit.Neighborhood near = neighborhood(split);
        FeatureMatrix learned = quantizer.entry().training() == TrainedOn.OTHER_HALF
                ? whole.database().select(halves.get(1))
                : near.database();
        long start = System.nanoTime();
        Quantizer.Fitted fitted = at(run.bits()).quantizer().fit(learned, near.similarity(), context.random());
        long trained = System.nanoTime();
        Quantizer.Encoded codes = fitted.encode(near.database());
        Quantizer.Estimates estimates = codes.estimates(near.queries());
        long encoded = System.nanoTime();
        CodeMeasures.Values values = new CodeMeasures(
                        StandardMetrics.OVERSAMPLINGS,
                        List.of(new CodeMeasures.Part(codes.size(), near.truth())),
                        0,
                        new LabelMetrics(split.relevance(), FIRST),
                        null)
                .of(codes, estimates);
        LabelMetrics.PerQuery ranked = values.labels().orElseThrow();
        List<Metric.Value> metrics = new ArrayList<>();
        metrics.add(Metric.Value.mean(StandardMetrics.MAP.quantity(), ranked.averagePrecision()));
        metrics.addAll(MeasuredRun.neighborValues(oversampling -> values.recall(0, oversampling), ranked.precision()));
        metrics.add(Metric.Value.of(StandardMetrics.BYTES, fitted.bytes()));
        metrics.add(Metric.Value.of(
                StandardMetrics.BYTES_AT_N, fitted.bytes() + (double) fitted.modelBytes() / codes.size()));
        long evaluated = System.nanoTime();
        Map<String, Double> seconds = Map.of(
                StandardMetrics.TRAIN.key(), (trained - start) / 1e9,
                StandardMetrics.ENCODE.key(), (encoded - trained) / 1e9,
                StandardMetrics.EVALUATE.key(), (evaluated - encoded) / 1e9);
        return new MeasuredRun(hash(codes, estimates), 0, fitted.modelBytes(), metrics, Map.of(), seconds);
    }

    private static PreparedSplit.Neighborhood neighborhood(PreparedSplit split) {
        PreparedSplit.Neighborhood near = split.neighborhood();
        if (near == null) {
            throw new IllegalStateException("a protocol with quantizers has neighbors");
        }
        return near;
    }

    /** Two halves of the rows, ascending each; of an odd number the first has one row less. */
    static List<int[]> halves(int rows, RandomStreams random) {
        int[] order = new PermutationSampler(random.stream("halves"), rows, rows).sample();
        int[] first = Arrays.copyOf(order, rows / 2);
        int[] second = Arrays.copyOfRange(order, rows / 2, rows);
        Arrays.sort(first);
        Arrays.sort(second);
        return List.of(first, second);
    }

    /** Quantizers keep their codes to themselves: what tells two apart is what they say of the first queries. */
    private static String hash(Quantizer.Encoded codes, Quantizer.Estimates estimates) {
        MessageDigest digest = Digests.sha256();
        ByteBuffer distances = ByteBuffer.allocate(Float.BYTES * codes.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int query = 0; query < Math.min(HASHED_QUERIES, estimates.queries()); query++) {
            Distances of = estimates.forQuery(query);
            distances.clear();
            for (int i = 0; i < codes.size(); i++) {
                distances.putFloat(of.to(i));
            }
            digest.update(distances.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
