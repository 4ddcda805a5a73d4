package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.layers.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How far a training is: the weights now, those of its loss too, the best ones so far where images are held out, sums for their mean, and the curves. */
final class TrainingState {
    private final Map<String, float[]> weights = new LinkedHashMap<>();
    private final Map<String, float[]> best = new LinkedHashMap<>();
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

    /** Notes a finished epoch: its measurements, and the weights that it ended with. */
    void finishEpoch(Map<String, Double> measured, List<Parameter> parameters) {
        measured.forEach((name, value) ->
                curves.computeIfAbsent(name, unused -> new ArrayList<>()).add(value));
        copy(parameters, weights);
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
}
