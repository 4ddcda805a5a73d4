package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.layers.Optimiser;
import io.github.linfhash.encoders.layers.Parameter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How far a training is: the weights now, those of its loss too, the best ones so far where images are held out, sums for their mean, and the curves. */
final class TrainingState {
    private final Map<String, float[]> weights = new LinkedHashMap<>();
    private final Map<String, float[]> best = new LinkedHashMap<>();
    private final Map<String, float[]> descent = new LinkedHashMap<>();
    private final Map<String, float[]> sums = new LinkedHashMap<>();
    private final Map<String, List<Double>> curves = new LinkedHashMap<>();
    private int epochs;
    private int bestEpoch;
    private int summed;

    /** The number of finished epochs. */
    int epochs() {
        return epochs;
    }

    /** The number of epochs since the best one. */
    int epochsWithoutGain() {
        return epochs - bestEpoch;
    }

    /** Notes a finished epoch: its measurements, and the weights and the state of the optimiser that it ended with. */
    void finishEpoch(Map<String, Double> measured, List<Parameter> parameters, Optimiser optimiser) {
        measured.forEach((name, value) ->
                curves.computeIfAbsent(name, unused -> new ArrayList<>()).add(value));
        copy(parameters, weights);
        descent.clear();
        descent.putAll(optimiser.state());
        epochs++;
    }

    /** Notes that the epoch just finished is the best one so far. */
    void markBest() {
        bestEpoch = epochs;
        best.clear();
        weights.forEach((name, values) -> best.put(name, values.clone()));
    }

    /** Takes the weights of the epoch just finished into their mean. */
    void addToMean() {
        summed++;
        weights.forEach((name, values) -> {
            float[] sum = sums.computeIfAbsent(name, unused -> new float[values.length]);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += values[i];
            }
        });
    }

    /** Gives parameters the mean of the weights that were taken into it, if any were. */
    void restoreMean(List<Parameter> parameters) {
        Map<String, float[]> means = new LinkedHashMap<>();
        sums.forEach((name, values) -> {
            float[] mean = values.clone();
            for (int i = 0; i < mean.length; i++) {
                mean[i] /= summed;
            }
            means.put(name, mean);
        });
        if (!means.isEmpty()) {
            restore(parameters, means);
        }
    }

    /** The smallest value of a curve so far, or infinity. */
    double smallest(String curve) {
        return curves.getOrDefault(curve, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** Gives parameters the best weights, if any epoch was marked. */
    void restoreBest(List<Parameter> parameters) {
        if (!best.isEmpty()) {
            restore(parameters, best);
        }
    }

    /** The curves, one value for each epoch. */
    Map<String, double[]> curves() {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        curves.forEach((name, values) -> arrays.put(
                name, values.stream().mapToDouble(Double::doubleValue).toArray()));
        return arrays;
    }

    /** Gives parameters and optimiser what they had after the last finished epoch, if there is one. */
    void restoreLast(List<Parameter> parameters, Optimiser optimiser) {
        if (!weights.isEmpty()) {
            restore(parameters, weights);
        }
        optimiser.restore(parameters, descent);
    }

    /**
     * Writes the state: epochs, best epoch, the number of averaged epochs and the named
     * arrays of the weights, the best weights, the optimiser, the sums of averaged weights, and the curves.
     */
    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(epochs);
        out.writeInt(bestEpoch);
        out.writeInt(summed);
        NamedArrays.writeFloats(weights, out);
        NamedArrays.writeFloats(best, out);
        NamedArrays.writeFloats(descent, out);
        NamedArrays.writeFloats(sums, out);
        NamedArrays.writeDoubles(curves(), out);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException if the stream ends early or holds an impossible count
     */
    static TrainingState readFrom(DataInputStream in) throws IOException {
        TrainingState state = new TrainingState();
        state.epochs = in.readInt();
        state.bestEpoch = in.readInt();
        state.summed = in.readInt();
        state.weights.putAll(NamedArrays.readFloats(in));
        state.best.putAll(NamedArrays.readFloats(in));
        state.descent.putAll(NamedArrays.readFloats(in));
        state.sums.putAll(NamedArrays.readFloats(in));
        NamedArrays.readDoubles(in)
                .forEach((name, values) -> state.curves.put(
                        name, new ArrayList<>(Arrays.stream(values).boxed().toList())));
        return state;
    }

    private static void copy(List<Parameter> parameters, Map<String, float[]> target) {
        for (Parameter parameter : parameters) {
            target.put(parameter.name(), parameter.toArray());
        }
    }

    private static void restore(List<Parameter> parameters, Map<String, float[]> source) {
        for (Parameter parameter : parameters) {
            parameter.assign(Objects.requireNonNull(source.get(parameter.name())));
        }
    }

    /** Named arrays in a stream: their number, then for each the name, the length and the values, all big-endian. */
    private static final class NamedArrays {
        private NamedArrays() {}

        static void writeFloats(Map<String, float[]> arrays, DataOutputStream out) throws IOException {
            out.writeInt(arrays.size());
            for (Map.Entry<String, float[]> entry : arrays.entrySet()) {
                float[] values = entry.getValue();
                out.writeUTF(entry.getKey());
                out.writeInt(values.length);
                ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length));
                bytes.asFloatBuffer().put(values);
                out.write(bytes.array());
            }
        }

        static void writeDoubles(Map<String, double[]> arrays, DataOutputStream out) throws IOException {
            out.writeInt(arrays.size());
            for (Map.Entry<String, double[]> entry : arrays.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue().length);
                for (double value : entry.getValue()) {
                    out.writeDouble(value);
                }
            }
        }

        static Map<String, float[]> readFloats(DataInputStream in) throws IOException {
            Map<String, float[]> arrays = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                float[] values = new float[count(in, Float.BYTES)];
                ByteBuffer.wrap(in.readNBytes(Float.BYTES * values.length))
                        .asFloatBuffer()
                        .get(values);
                arrays.put(name, values);
            }
            return arrays;
        }

        static Map<String, double[]> readDoubles(DataInputStream in) throws IOException {
            Map<String, double[]> arrays = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                double[] values = new double[count(in, Double.BYTES)];
                for (int i = 0; i < values.length; i++) {
                    values[i] = in.readDouble();
                }
                arrays.put(name, values);
            }
            return arrays;
        }

        /** A length that the rest of an in-memory stream can hold. */
        private static int count(DataInputStream in, int width) throws IOException {
            int count = in.readInt();
            if (count < 0 || count > in.available() / width) {
                throw new EOFException("an array of " + count + " values is longer than the rest of the file");
            }
            return count;
        }
    }
}
