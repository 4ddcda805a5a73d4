package io.github.linfhash.encoders.layers;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import java.util.List;

/** Compares the tensor library's products, in the three forms that networks use, with plain loops. */
public final class ProductCheck {
    private static final double TOLERANCE = 1e-3;
    private static final int ROWS = 67;
    private static final int INNER = 157;
    private static final int COLUMNS = 131;

    private ProductCheck() {}

    private static final class Examined {
        static final List<String> FAULTS = examine();

        private static List<String> examine() {
            ArithmeticCheck check = new ArithmeticCheck();
            ProductCheck.examine(check);
            return check.faults();
        }
    }

    /** What differs from plain loops in this process, in words; looked at once. Empty if nothing does. */
    public static List<String> faults() {
        return Examined.FAULTS;
    }

    static void examine(ArithmeticCheck check) {
        double[] a = check.values(ROWS * INNER);
        double[] b = check.values(INNER * COLUMNS);
        double[] turnedA = ArithmeticCheck.transpose(a, ROWS, INNER);
        double[] turnedB = ArithmeticCheck.transpose(b, INNER, COLUMNS);
        double[] expected = ArithmeticCheck.product(a, b, ROWS, INNER, COLUMNS);

        FloatMatrix product = FloatMatrix.zeros(ROWS, COLUMNS);
        FloatMatrix left = matrix(new double[a.length], ROWS, INNER);
        FloatMatrix right = matrix(b, INNER, COLUMNS);
        // Twice, with other values: a product that is prepared once must read them anew.
        product.setProduct(1, left, right);
        left.copyFrom(columnMajor(a, ROWS, INNER));
        product.setProduct(1, left, right);
        check.compare("product of tensors", expected, values(product), TOLERANCE);

        product.setTransposedProduct(matrix(turnedA, INNER, ROWS), matrix(b, INNER, COLUMNS));
        check.compare("product of a transposed tensor", expected, values(product), TOLERANCE);

        product.addOuterProduct(0, 1, matrix(a, ROWS, INNER), matrix(turnedB, COLUMNS, INNER));
        check.compare("outer product of tensors", expected, values(product), TOLERANCE);
    }

    private static FloatMatrix matrix(double[] rowMajor, int rows, int columns) {
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        matrix.copyFrom(columnMajor(rowMajor, rows, columns));
        return matrix;
    }

    private static float[] columnMajor(double[] rowMajor, int rows, int columns) {
        float[] columnMajor = new float[rowMajor.length];
        double[] turned = ArithmeticCheck.transpose(rowMajor, rows, columns);
        for (int i = 0; i < turned.length; i++) {
            columnMajor[i] = (float) turned[i];
        }
        return columnMajor;
    }

    private static double[] values(FloatMatrix matrix) {
        float[] columnMajor = new float[matrix.length()];
        matrix.copyTo(columnMajor);
        double[] values = new double[columnMajor.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = columnMajor[i];
        }
        return ArithmeticCheck.transpose(values, matrix.columns(), matrix.rows());
    }
}
