package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.encoders.algebra.Matrix;
import java.util.ArrayList;
import java.util.List;

/** Orthogonal matching pursuit as defined: explicit residuals, and normal equations solved afresh for each atom. */
final class NaiveOmp {
    private NaiveOmp() {}

    /** The code of a signal, N values. */
    static double[] code(Matrix atoms, double[] signal, int sparsity) {
        List<Integer> support = new ArrayList<>();
        double[] code = new double[atoms.rows()];
        double[] residual = signal.clone();
        while (support.size() < sparsity) {
            support.add(strongest(atoms, residual, support));
            code = leastSquares(atoms, signal, support);
            residual = residual(atoms, signal, code);
        }
        return code;
    }

    static double[] residual(Matrix atoms, double[] signal, double[] code) {
        double[] residual = signal.clone();
        for (int j = 0; j < code.length; j++) {
            for (int i = 0; i < signal.length; i++) {
                residual[i] -= code[j] * atoms.get(j, i);
            }
        }
        return residual;
    }

    private static int strongest(Matrix atoms, double[] residual, List<Integer> support) {
        int best = -1;
        double largest = -1;
        for (int j = 0; j < atoms.rows(); j++) {
            double product = 0;
            for (int i = 0; i < residual.length; i++) {
                product += atoms.get(j, i) * residual[i];
            }
            if (!support.contains(j) && Math.abs(product) > largest) {
                best = j;
                largest = Math.abs(product);
            }
        }
        return best;
    }

    /** Gauss-Jordan elimination on the normal equations of the support. */
    private static double[] leastSquares(Matrix atoms, double[] signal, List<Integer> support) {
        int size = support.size();
        double[][] system = new double[size][size + 1];
        for (int a = 0; a < size; a++) {
            for (int i = 0; i < signal.length; i++) {
                double value = atoms.get(support.get(a), i);
                for (int b = 0; b < size; b++) {
                    system[a][b] += value * atoms.get(support.get(b), i);
                }
                system[a][size] += value * signal[i];
            }
        }
        for (int pivot = 0; pivot < size; pivot++) {
            for (int a = 0; a < size; a++) {
                double factor = a == pivot ? 0 : system[a][pivot] / system[pivot][pivot];
                for (int b = 0; b <= size; b++) {
                    system[a][b] -= factor * system[pivot][b];
                }
            }
        }
        double[] code = new double[atoms.rows()];
        for (int a = 0; a < size; a++) {
            code[support.get(a)] = system[a][size] / system[a][a];
        }
        return code;
    }
}
