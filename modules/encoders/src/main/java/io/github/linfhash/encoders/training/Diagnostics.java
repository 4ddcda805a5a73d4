package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.encoders.layers.Network;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of a network on its training images, measured once an epoch: for each layer k from 1 on, {@code saturation.k}, the share of neurons
 * without a gradient, and {@code dead.k}, the share of units for which that holds on every image; for the outputs x, {@code zeros}, the share of
 * exact zeros, and {@code quantization}, the squared error of mean|x| sign(x) as an approximation of x, relative to the squared norm of x, averaged
 * over the images.
 */
final class Diagnostics {
    private static final int BLOCK = 512;

    private final Network network;
    private final FeatureMatrix images;
    private final float[] values;
    private final Network.Pass pass;

    Diagnostics(Network network, FeatureMatrix images) {
        this.network = network;
        this.images = images;
        this.values = images.toArray();
        this.pass = network.pass(Math.min(BLOCK, images.rows()));
    }

    /** The measurements by name. */
    Map<String, Double> measure() {
        int units = network.outputs();
        LayerCount[] counts = new LayerCount[network.layers().size()];
        for (int k = 0; k < counts.length; k++) {
            counts[k] = new LayerCount(pass.activation(k).length / pass.input().columns());
        }
        double zeros = 0;
        double error = 0;
        int columns = pass.input().columns();
        int[] indices = new int[columns];
        for (int from = 0; from < images.rows(); from += columns) {
            int count = Math.min(columns, images.rows() - from);
            for (int i = 0; i < columns; i++) {
                indices[i] = from + Math.min(i, count - 1);
            }
            pass.input().gather(values, indices);
            float[] x = pass.forward();
            for (int k = 0; k < counts.length; k++) {
                counts[k].add(pass, k, count);
            }
            for (int i = 0; i < count; i++) {
                zeros += zeros(x, i * units, units);
                error += quantizationError(x, i * units, units);
            }
        }
        Map<String, Double> measured = new LinkedHashMap<>();
        for (int k = 0; k < counts.length; k++) {
            measured.put("saturation." + (k + 1), counts[k].saturation(images.rows()));
            measured.put("dead." + (k + 1), counts[k].dead(images.rows()));
        }
        measured.put("zeros", zeros / ((double) images.rows() * units));
        measured.put("quantization", error / images.rows());
        return measured;
    }

    private static int zeros(float[] x, int from, int units) {
        int zeros = 0;
        for (int i = from; i < from + units; i++) {
            zeros += x[i] == 0 ? 1 : 0;
        }
        return zeros;
    }

    /** |x - mean|x| sign(x)|^2 / |x|^2, which is 1 - (sum|x|)^2 / (N |x|^2); 0 for x = 0. */
    static double quantizationError(float[] x, int from, int units) {
        double absolute = 0;
        double squared = 0;
        for (int i = from; i < from + units; i++) {
            absolute += Math.abs(x[i]);
            squared += (double) x[i] * x[i];
        }
        return squared == 0 ? 0 : Math.max(0, 1 - absolute * absolute / (units * squared));
    }

    /** For each unit of a layer, on how many images it was saturated. */
    private static final class LayerCount {
        private final int[] saturated;

        LayerCount(int units) {
            this.saturated = new int[units];
        }

        void add(Network.Pass pass, int layer, int columns) {
            int units = saturated.length;
            for (int index = 0; index < columns * units; index++) {
                saturated[index % units] += pass.saturated(layer, index) ? 1 : 0;
            }
        }

        double saturation(int images) {
            double sum = 0;
            for (int count : saturated) {
                sum += count;
            }
            return sum / ((double) images * saturated.length);
        }

        double dead(int images) {
            double dead = 0;
            for (int count : saturated) {
                dead += count == images ? 1 : 0;
            }
            return dead / saturated.length;
        }
    }
}
