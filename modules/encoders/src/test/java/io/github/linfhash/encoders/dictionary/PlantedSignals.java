package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.algebra.RandomMatrices;
import io.github.linfhash.encoders.dictionary.KSvd.Dictionary;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/** Signals that are sparse in a known random dictionary, plus white noise at a given signal-to-noise ratio. */
record PlantedSignals(Matrix atoms, Matrix signals) {
    /** Coefficients are uniform in [-1, 1); the noise of each signal has the ratio exactly. */
    static PlantedSignals generate(int count, Matrix atoms, int sparsity, double decibels) {
        int n = atoms.columns();
        UniformRandomProvider random = new RandomStreams(11).stream("planted");
        double[] noise = RandomMatrices.unitRows(count, n, 12).toArray();
        double[] signals = new double[count * n];
        for (int i = 0; i < count; i++) {
            double square = 0;
            double[] signal = combination(atoms, sparsity, random);
            for (double value : signal) {
                square += value * value;
            }
            double noiseNorm = Math.sqrt(square) * Math.pow(10, -decibels / 20);
            for (int d = 0; d < n; d++) {
                signals[i * n + d] = signal[d] + noiseNorm * noise[i * n + d];
            }
        }
        return new PlantedSignals(atoms, Matrix.owning(count, n, signals));
    }

    private static double[] combination(Matrix atoms, int sparsity, UniformRandomProvider random) {
        double[] signal = new double[atoms.columns()];
        for (int atom : new PermutationSampler(random, atoms.rows(), sparsity).sample()) {
            double coefficient = random.nextDouble(-1, 1);
            for (int d = 0; d < signal.length; d++) {
                signal[d] += coefficient * atoms.get(atom, d);
            }
        }
        return signal;
    }

    /** The share of planted atoms with an inner product above 0.99 in magnitude with a learned one. */
    double recovered(Dictionary learned) {
        Matrix products = atoms.times(learned.matrix());
        int found = 0;
        for (int i = 0; i < products.rows(); i++) {
            double best = 0;
            for (int j = 0; j < products.columns(); j++) {
                best = Math.max(best, Math.abs(products.get(i, j)));
            }
            found += best > 0.99 ? 1 : 0;
        }
        return (double) found / products.rows();
    }
}
