package io.github.linfhash.encoders.quantization;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.encoders.admm.AdmmSolution;
import io.github.linfhash.encoders.admm.AdmmSolver;
import io.github.linfhash.encoders.admm.StoppingRule;
import io.github.linfhash.encoders.algebra.Matrix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * An experiment for theorem 1.1 of Wang et al. (IJCAI 2016), after Lyubarskii and Vershynin (2010): how far coefficients,
 * and the signals built from them, move when each coefficient is quantized on its own.
 *
 * <p>The paper bounds the error of the l-infinity solution by lambda sqrt(N) / L and that of least squares by sqrt(n) /
 * L. The second bound is that of n coefficients in [-1, 1], so the comparison is loose; therefore least squares is
 * measured on the range of its own coefficients as well.
 */
public final class QuantizationExperiment {
    /** Of a signal's norm above 1. */
    private static final double ROUNDING = 1e-6;

    private static final StoppingRule STOPPING = new StoppingRule(2_000, 1e-6, 1e-6);

    private final Matrix dictionary;
    private final Matrix signals;
    private final int unfinished;
    private final Map<Representation, Coefficients> represented = new EnumMap<>(Representation.class);

    /** Coefficients (m x N), half the range they are quantized on, and the theorem's bound times L. */
    private record Coefficients(Matrix values, double range, double printedBound) {}

    /**
     * Represents the signals.
     *
     * @param dictionary D, n x N, of full rank
     * @param lambda the half-width of the box, above 0
     * @param signals m x n, at least one, of norms up to 1
     * @throws InputException if a signal's norm exceeds 1, there is none, the sizes do not agree or lambda is not positive
     * @throws io.github.linfhash.codes.NonFiniteException if a value is not finite or D not of full rank
     */
    public QuantizationExperiment(Matrix dictionary, double lambda, Matrix signals) {
        requireNormsUpToOne(signals.requireFinite("the signals to be quantized", "check the features"));
        this.dictionary = dictionary;
        this.signals = signals;
        AdmmSolution box = new AdmmSolver(dictionary, AdmmSolver.DEFAULT_BETA).solve(signals, lambda, STOPPING);
        this.unfinished = box.iterations().get(box.iterations().size() - 1).unfinished();
        Matrix least = LeastSquares.solve(dictionary, signals);
        double printed = Math.sqrt(dictionary.rows());
        represented.put(
                Representation.BOX, new Coefficients(box.codes(), lambda, lambda * Math.sqrt(dictionary.columns())));
        represented.put(Representation.LEAST_SQUARES, new Coefficients(least, 1, printed));
        represented.put(Representation.LEAST_SQUARES_FITTED, new Coefficients(least, largestMagnitude(least), printed));
    }

    private static void requireNormsUpToOne(Matrix signals) {
        if (signals.rows() == 0) {
            throw new InputException("The quantization experiment needs at least one signal, found none.");
        }
        double[] squares = squaredDistances(
                signals,
                Matrix.owning(signals.rows(), signals.columns(), new double[signals.rows() * signals.columns()]));
        for (int i = 0; i < squares.length; i++) {
            if (squares[i] > 1 + ROUNDING) {
                throw new InputException("Signals to be quantized must have norms of at most 1, found "
                        + Math.sqrt(squares[i]) + " for signal " + i + ".");
            }
        }
    }

    /**
     * The number of signals whose l-infinity solution is not exact to 1e-6 after 2,000 iterations: their codes are in the
     * box, but other codes in it may represent them better.
     */
    public int unfinishedSignals() {
        return unfinished;
    }

    /**
     * Quantizes every representation with every number of levels.
     *
     * @param levels each at least 2
     * @return one entry for each representation and each number of levels, in this order
     * @throws InputException if a number of levels is below 2
     */
    public List<QuantizationErrors> measure(List<Integer> levels) {
        List<QuantizationErrors> errors = new ArrayList<>();
        represented.forEach((representation, coefficients) -> {
            for (int count : levels) {
                errors.add(measure(representation, coefficients, count));
            }
        });
        return errors;
    }

    private QuantizationErrors measure(Representation representation, Coefficients coefficients, int levels) {
        Matrix exact = coefficients.values();
        UniformQuantizer quantizer = new UniformQuantizer(coefficients.range(), levels);
        double[] values = exact.toArray();
        int outside = 0;
        for (int i = 0; i < values.length; i++) {
            outside += Math.abs(values[i]) > coefficients.range() ? 1 : 0;
            values[i] = quantizer.quantize(values[i]);
        }
        Matrix quantized = Matrix.owning(exact.rows(), exact.columns(), values);
        Matrix rebuilt = quantized.times(dictionary.transpose());
        QuantizationErrors.Errors errors = new QuantizationErrors.Errors(
                spread(squaredDistances(exact, quantized)),
                spread(squaredDistances(exact.times(dictionary.transpose()), rebuilt)),
                spread(squaredDistances(signals, rebuilt)));
        QuantizationErrors.Bounds bounds = new QuantizationErrors.Bounds(
                coefficients.range() * Math.sqrt(exact.columns()) / levels, coefficients.printedBound() / levels);
        return new QuantizationErrors(representation, quantizer, (double) outside / values.length, errors, bounds);
    }

    /** ||a_i - b_i||^2 for each row i. */
    private static double[] squaredDistances(Matrix a, Matrix b) {
        double[] squares = new double[a.rows()];
        for (int i = 0; i < squares.length; i++) {
            for (int j = 0; j < a.columns(); j++) {
                double difference = a.get(i, j) - b.get(i, j);
                squares[i] += difference * difference;
            }
        }
        return squares;
    }

    private static QuantizationErrors.Spread spread(double[] squares) {
        double sum = 0;
        double largest = 0;
        for (double square : squares) {
            sum += Math.sqrt(square);
            largest = Math.max(largest, Math.sqrt(square));
        }
        return new QuantizationErrors.Spread(sum / squares.length, largest);
    }

    private static double largestMagnitude(Matrix matrix) {
        double largest = 0;
        for (double value : matrix.toArray()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
