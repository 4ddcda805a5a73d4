package io.github.linfhash.encoders.algebra;

import io.github.linfhash.core.features.FeatureMatrix;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A preallocated r x c matrix of float32 in ND4J's memory, column-major, whose products run in ND4J's BLAS and whose
 * values move to and from Java arrays in bulk.
 *
 * <p>A column is one image, so a block of images in row-major order is this matrix as it lies in memory. Elementwise
 * work is done on Java arrays: an ND4J operation costs 5 to 20 microseconds whatever its size, a bulk copy one. With a
 * GPU backend every copy first brings the host's side up to date, or marks it as the newer one.
 */
public final class FloatMatrix {
    private static final int PREPARED = 8;

    private final int rows;
    private final int columns;
    private final INDArray array;
    private final FloatBuffer host;
    private final List<PreparedProduct> products = new ArrayList<>();

    private FloatMatrix(int rows, int columns, INDArray array) {
        this.rows = rows;
        this.columns = columns;
        this.array = array;
        this.host = array.data().asNioFloat();
    }

    /** A matrix of zeros. */
    public static FloatMatrix zeros(int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a matrix cannot be " + rows + " x " + columns);
        }
        return new FloatMatrix(rows, columns, Nd4j.create(DataType.FLOAT, new long[] {rows, columns}, 'f'));
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The number of values, r * c. */
    public int length() {
        return rows * columns;
    }

    /** Copies all values, column-major, to the start of {@code target}. */
    public void copyTo(float[] target) {
        affinity().ensureLocation(array, Location.HOST);
        host.get(0, target, 0, length());
    }

    /** Replaces all values by the first r * c of {@code source}, column-major. */
    public void copyFrom(float[] source) {
        host.put(0, source, 0, length());
        affinity().tagLocation(array, Location.HOST);
    }

    /** Replaces the first columns by consecutive rows of features, which have as many values as this has rows. */
    public void copyRows(FeatureMatrix features, int from, int count) {
        features.copyRows(from, count, host.duplicate());
        affinity().tagLocation(array, Location.HOST);
    }

    /**
     * Gathers rows of a row-major block of images: column j becomes row {@code indices[j]}.
     *
     * @param images any number of rows of r values
     * @param indices as many as there are columns
     */
    public void gather(float[] images, int[] indices) {
        for (int column = 0; column < columns; column++) {
            host.put(column * rows, images, indices[column] * rows, rows);
        }
        affinity().tagLocation(array, Location.HOST);
    }

    /** Sets this to {@code alpha * a * b}. */
    public void setProduct(double alpha, FloatMatrix a, FloatMatrix b) {
        multiply(a, b, new Form(false, false, alpha, 0));
    }

    /** Sets this to {@code transpose(a) * b}. */
    public void setTransposedProduct(FloatMatrix a, FloatMatrix b) {
        multiply(a, b, new Form(true, false, 1, 0));
    }

    /** Sets this to {@code beta * this + alpha * a * transpose(b)}. */
    public void addOuterProduct(double beta, double alpha, FloatMatrix a, FloatMatrix b) {
        multiply(a, b, new Form(false, true, alpha, beta));
    }

    /** Which product: {@code this = alpha * a * b + beta * this}, a or b transposed or not. */
    private record Form(boolean transposeA, boolean transposeB, double alpha, double beta) {}

    private void multiply(FloatMatrix a, FloatMatrix b, Form form) {
        for (PreparedProduct product : products) {
            if (product.a == a && product.b == b && product.form.equals(form)) {
                product.run();
                return;
            }
        }
        if (products.size() == PREPARED) {
            products.remove(0);
        }
        PreparedProduct product = new PreparedProduct(a, b, form);
        products.add(product);
        product.run();
    }

    /**
     * A product of ND4J's with its arguments in place. To make one costs three times as much as to compute a small one, and a training
     * asks for the same few in each of its steps.
     */
    private final class PreparedProduct {
        private final FloatMatrix a;
        private final FloatMatrix b;
        private final Form form;
        private final Mmul operation;
        private final OpContext context;

        PreparedProduct(FloatMatrix a, FloatMatrix b, Form form) {
            this.a = a;
            this.b = b;
            this.form = form;
            MMulTranspose transposed = MMulTranspose.builder()
                    .transposeA(form.transposeA())
                    .transposeB(form.transposeB())
                    .build();
            this.operation = new Mmul(a.array, b.array, array, form.alpha(), form.beta(), transposed);
            this.context = Nd4j.getExecutioner().buildContext();
            context.setInputArrays(a.array, b.array);
            context.setOutputArrays(array);
            context.setTArguments(operation.tArgs());
            context.setIArguments(operation.iArgs());
        }

        void run() {
            Nd4j.getExecutioner().exec(operation, context);
        }
    }

    private static AffinityManager affinity() {
        return Nd4j.getAffinityManager();
    }
}
