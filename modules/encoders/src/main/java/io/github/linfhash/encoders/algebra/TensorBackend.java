package io.github.linfhash.encoders.algebra;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import io.github.linfhash.core.arithmetic.NativeLibraries;
import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The tensor library that the encoders compute with. */
public final class TensorBackend {
    private static final String ND4J = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";
    private static final String OPENBLAS = "/META-INF/maven/org.bytedeco/openblas/pom.properties";

    private static final int OLDEST = 37;
    private static final int NEWEST = 89;

    private TensorBackend() {}

    /** Loads the library and ends: OpenBLAS says only while it is loaded which kernel it takes. */
    public static void main(String[] words) {
        describe();
    }

    /**
     * Returns the backend's name with the versions of ND4J and of the BLAS beside it, such as "CpuBackend, ND4J 1.0.0-M2.1,
     * OpenBLAS 0.3.31-1.5.13 for training", and the kernel of BLAS where the user has chosen one instead of the processor's own: it
     * decides last bits as they do. Loads the backend on the first call.
     *
     * @throws InputException if the native libraries cannot be unpacked or loaded, such as on a full disk
     */
    public static String describe() {
        try {
            return Nd4j.getBackend().getClass().getSimpleName() + ", ND4J " + version(ND4J) + ", OpenBLAS "
                    + version(OPENBLAS) + " for training" + chosenKernel(System.getenv("OPENBLAS_CORETYPE"));
        } catch (LinkageError | RuntimeException e) {
            throw NativeLibraries.notLoaded("ND4J", e);
        }
    }

    static String chosenKernel(@Nullable String coreType) {
        return coreType == null || coreType.isBlank() ? "" : " with OPENBLAS_CORETYPE=" + coreType.strip();
    }

    private static String version(String artifact) {
        try (InputStream in = Nd4j.class.getResourceAsStream(artifact)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "of unknown version");
        } catch (IOException e) {
            throw new UncheckedIOException("the version in " + artifact + " cannot be read", e);
        }
    }

    /** Whether products run on a GPU. */
    public static boolean onGpu() {
        return Nd4j.getExecutioner().type() == ExecutionerType.CUDA;
    }

    /**
     * Checks that the loaded backend has code for the GPU it uses, if it uses one, and computes right.
     *
     * @throws InputException if the GPU's compute capability is not from 3.7 to 8.9, or products are wrong
     */
    public static void requireUsable() {
        if (onGpu()) {
            NativeOps device = NativeOpsHolder.getInstance().getDeviceNativeOps();
            int number = Nd4j.getAffinityManager().getDeviceForCurrentThread();
            requireComputeCapability(device.getDeviceMajor(number), device.getDeviceMinor(number));
        }
        ArithmeticCheck.requireNone(
                "the tensor library", productFaults(), "linfhash doctor shows what it computes with");
    }

    /** ND4J 1.0.0-M2.1 holds machine code for compute capability 3.7 to 8.6, which 8.9 runs too, and nothing to compile. */
    static void requireComputeCapability(int major, int minor) {
        int capability = 10 * major + minor;
        if (capability < OLDEST || capability > NEWEST) {
            throw new InputException("The CUDA backend runs on GPUs of compute capability 3.7 to 8.9, but this one has "
                    + major + "." + minor + "; build without the Maven profile cuda to use the CPU.");
        }
    }

    /** Compares products, in the three forms that networks use, with plain loops, once in a process; empty if nothing differs. */
    public static List<String> productFaults() {
        return ProductCheck.FAULTS;
    }

    /**
     * How the tensor library computes in this process.
     *
     * @param blas the vendor of the matrix products
     * @param blasThreads threads of one matrix product
     * @param ompThreads threads of one other operation
     * @param maxBytes what may be allocated outside the Java heap, in bytes
     */
    public record Setting(String blas, int blasThreads, int ompThreads, long maxBytes) {
        /** The setting of this process; loads the library on the first call. */
        public static Setting current() {
            TensorBackend.describe();
            Blas blas = Nd4j.factory().blas();
            return new Setting(
                    blas.getBlasVendor().toString(),
                    blas.getMaxThreads(),
                    NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads(),
                    Pointer.maxBytes());
        }
    }

    /** Products of the tensor library and of plain loops. */
    static final class ProductCheck {
        private static final double TOLERANCE = 1e-3;
        private static final int ROWS = 67;
        private static final int INNER = 157;
        private static final int COLUMNS = 131;

        static final List<String> FAULTS = faults();

        private ProductCheck() {}

        private static List<String> faults() {
            ArithmeticCheck check = new ArithmeticCheck();
            examine(check);
            return check.faults();
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
}
